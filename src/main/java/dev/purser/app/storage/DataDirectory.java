package dev.purser.app.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data directory, held by at most one process at a time. The lock belongs to the process: when it dies, however it
 * dies, the directory is free again.
 */
public final class DataDirectory implements AutoCloseable {
    static final String LOCK_FILE = "purser.lock";

    private final Path root;
    private final FileChannel lockChannel;

    private DataDirectory(Path root, FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /** Creates the directory where it is missing (mode 0700) and takes its lock, else {@link StartRefused}. */
    public static DataDirectory open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            SecretFiles.createPrivateDirectory(root);
            return new DataDirectory(root.toRealPath(), lock(root.resolve(LOCK_FILE)));
        } catch (IOException e) {
            throw new StartRefused("The data directory " + root + " cannot be used: " + e, e);
        }
    }

    /** Whether another process holds the directory now. Asking creates nothing. */
    public static boolean isInUse(Path directory) {
        Path file = directory.resolve(LOCK_FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                lock.release();
            }
            return lock == null;
        } catch (IOException e) {
            throw new StartRefused("The data directory " + directory + " cannot be used: " + e, e);
        }
    }

    public Path root() {
        return root;
    }

    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** The content of a secret file (mode 0600); made from {@code firstContent} when it does not exist yet. */
    public String secret(String name, Supplier<String> firstContent) {
        try {
            Path directory = root.resolve("secrets");
            SecretFiles.createPrivateDirectory(directory);
            return SecretFiles.readOrCreate(directory.resolve(name), firstContent);
        } catch (IOException e) {
            throw new UncheckedIOException("The secret file " + name + " below " + root + " cannot be used", e);
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (tryLock(channel) == null) {
                throw new StartRefused("The data directory " + file.getParent()
                        + " is in use by another Purser (process " + read(channel)
                        + "). Stop that one, or give this one a directory of its own: PURSER_DATA_DIR.");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(32);
        channel.read(content, 0);
        String pid = StandardCharsets.US_ASCII.decode(content.flip()).toString().strip();
        return pid.isEmpty() ? "unknown" : pid;
    }
}
