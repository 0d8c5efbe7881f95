package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of JSON objects, one a line, that only grows while it is open. {@link #append} is for one thread at a time;
 * {@link #force} may be called by many at once, which then share one flush to the disk.
 */
final class Journal implements AutoCloseable {
    private static final String FILE = "journal.jsonl";

    private final Path file;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final Object flushing = new Object();
    private final FileChannel channel;
    private final AtomicLong written = new AtomicLong();
    private long forced;
    private volatile @Nullable IOException failure;

    private Journal(Path file, FileChannel lockChannel, FileLock lock, FileChannel channel) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Reads what there is, then replaces it by the lines of {@code compacted} and opens it for more.
     *
     * @throws IllegalStateException if another process has this directory, or a line other than the last cannot be read
     */
    static Journal open(Path directory, Consumer<ObjectNode> reader, Supplier<Stream<ObjectNode>> compacted) {
        try {
            Files.createDirectories(directory);
            FileChannel lockChannel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(lockChannel, directory);
            Path file = directory.resolve(FILE);
            if (Files.exists(file)) {
                read(file, reader);
            }
            return new Journal(file, lockChannel, lock, compact(directory, file, compacted.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileLock lock(FileChannel channel, Path directory) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("Another sandbox uses " + directory);
        }
        return lock;
    }

    /** A last line that was cut off while it was written was never acknowledged. */
    private static void read(Path file, Consumer<ObjectNode> reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int number = 1;
            for (byte[] line = line(in); line != null; number++) {
                byte[] next = line(in);
                try {
                    reader.accept(Json.parse(line));
                } catch (JacksonException | IllegalArgumentException e) {
                    if (next != null) {
                        throw new IllegalStateException(file + " cannot be read from line " + number + " on", e);
                    }
                }
                line = next;
            }
        }
    }

    /** The next line that has its end, or null. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int octet = in.read(); octet != -1; octet = in.read()) {
            if (octet == '\n') {
                return line.toByteArray();
            }
            line.write(octet);
        }
        return null;
    }

    private static FileChannel compact(Path directory, Path file, Stream<ObjectNode> lines) throws IOException {
        Path fresh = directory.resolve(FILE + ".new");
        FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        lines.forEach(line -> {
            try {
                write(channel, line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        channel.force(true);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        return channel;
    }

    private static void write(FileChannel channel, ObjectNode line) throws IOException {
        byte[] json = Json.bytes(line);
        ByteBuffer buffer =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Hands the line to the operating system; it is durable once {@link #force} has returned. */
    void append(ObjectNode line) {
        refuseAfterFailure();
        try {
            write(channel, line);
        } catch (IOException e) {
            throw failed(e);
        }
        written.incrementAndGet();
    }

    /** Returns when everything that was appended before is on the disk. */
    void force() {
        long upTo = written.get();
        synchronized (flushing) {
            refuseAfterFailure();
            if (forced >= upTo) {
                return;
            }
            long now = written.get();
            try {
                channel.force(false);
            } catch (IOException e) {
                throw failed(e);
            }
            forced = now;
        }
    }

    private void refuseAfterFailure() {
        IOException before = failure;
        if (before != null) {
            throw failed(before);
        }
    }

    /** What is in the file after a failed write or flush is not known: only a new start reads it again. */
    private UncheckedIOException failed(IOException e) {
        failure = e;
        return new UncheckedIOException(file + " can no longer be written", e);
    }

    @Override
    public void close() {
        try {
            channel.close();
            lock.close();
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
