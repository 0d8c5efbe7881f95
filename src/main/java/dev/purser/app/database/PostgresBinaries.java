package dev.purser.app.database;

import dev.purser.app.storage.BuildInfo;
import dev.purser.app.storage.StartRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs (initdb, pg_ctl, postgres), unpacked once from the jar of this platform. */
record PostgresBinaries(Path home) {
    private static final Set<PosixFilePermission> RUNNABLE_BY_ALL = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final String VERSION = BuildInfo.property("postgres");

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacks below {@code parent}, unless the same version is already there. */
    static PostgresBinaries unpackBelow(Path parent) throws IOException {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path home = parent.resolve("programs-" + VERSION + "-" + archive.replaceAll("^postgres-|\\.txz$", ""));
        if (Files.isDirectory(home)) {
            return new PostgresBinaries(home);
        }
        if (PostgresBinaries.class.getResource("/" + archive) == null) {
            throw new StartRefused("This build brings no PostgreSQL for this platform (" + archive
                    + "). Name a PostgreSQL of your own: SPRING_DATASOURCE_URL.");
        }
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "unpacking-");
        unpack(archive, fresh);
        Files.setPosixFilePermissions(fresh, RUNNABLE_BY_ALL);
        publish(fresh, home);
        return new PostgresBinaries(home);
    }

    static String archiveName(String operatingSystem, String architecture) {
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        String platform = system.startsWith("mac") ? "darwin" : system.startsWith("linux") ? "linux" : system;
        String processor = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
        return "postgres-" + platform + "-" + processor + ".txz";
    }

    /** Whoever unpacks at the same time makes the same content, so the first one wins and the others take it. */
    private static void publish(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Trees.delete(fresh);
        }
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (InputStream packed = open(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("The archive has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                file, executable ? RUNNABLE_BY_ALL : PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static InputStream open(String archive) throws IOException {
        InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (stream == null) {
            throw new IOException("Missing in the class path: " + archive);
        }
        return stream;
    }
}
