package dev.purser.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The machine in words, and how long its disk takes to make 8 KiB durable: no commit can be faster. */
final class Machine {
    private static final int SYNCS = 200;
    private static final int PAGE_BYTES = 8_192;

    private Machine() {}

    static String description() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%d cores (%s), %.0f GiB, %s %s %s, Java %s (%s)"
                .formatted(
                        system.getAvailableProcessors(),
                        processor(),
                        system.getTotalMemorySize() / Math.pow(2, 30),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"));
    }

    /** The median of appending a page and waiting for it to be on the disk. */
    static double medianSyncMillis(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "sync", ".tmp");
        long[] nanos = new long[SYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // As in PostgreSQL's log, the space is there before it is written.
            channel.write(ByteBuffer.allocate(PAGE_BYTES * SYNCS), 0);
            channel.force(true);
            for (int index = 0; index < SYNCS; index++) {
                ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).putInt(0, index + 1);
                long before = System.nanoTime();
                channel.write(page, (long) index * PAGE_BYTES);
                channel.force(false);
                nanos[index] = System.nanoTime() - before;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(nanos);
        return nanos[SYNCS / 2] / 1e6;
    }

    private static String processor() throws IOException {
        Path information = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(information)) {
            return "unknown";
        }
        return Files.readAllLines(information).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
