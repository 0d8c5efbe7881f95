package dev.purser.app.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/** Java and the process's limits. */
final class MachineChecks {
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long NEEDED_HEAP_MEBIBYTES = 256;
    private static final long NEEDED_FILES = 20_000;

    void examine(Consumer<Finding> teller) {
        teller.accept(java());
        teller.accept(memory());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            teller.accept(openFiles(system.getMaxFileDescriptorCount()));
        }
    }

    private static Finding java() {
        return Finding.ok("Java", Runtime.version() + " of " + System.getProperty("java.vendor"));
    }

    private static Finding memory() {
        long mebibytes = Runtime.getRuntime().maxMemory() / MEBIBYTE;
        String text =
                mebibytes + " MiB of heap at most, " + Runtime.getRuntime().availableProcessors() + " processors";
        return mebibytes >= NEEDED_HEAP_MEBIBYTES
                ? Finding.ok("Memory", text)
                : Finding.warn("Memory", text + "; at least " + NEEDED_HEAP_MEBIBYTES + " MiB are advised (-Xmx)");
    }

    private static Finding openFiles(long limit) {
        String text = limit + " at most";
        return limit >= NEEDED_FILES
                ? Finding.ok("Open files", text)
                : Finding.warn("Open files", text + "; 10,000 clients at once need " + NEEDED_FILES + " (ulimit -n)");
    }
}
