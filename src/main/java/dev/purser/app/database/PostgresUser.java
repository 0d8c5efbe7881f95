package dev.purser.app.database;

import com.sun.security.auth.module.UnixSystem;
import dev.purser.app.storage.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Where Purser runs as root, the server is started as nobody: in a user namespace of
 * its own (files keep root as their owner), or where that is not allowed by giving the user id up (files belong to nobody).
 */
enum PostgresUser {
    SAME,
    NAMESPACE,
    NOBODY;

    private static final int NOBODY_ID = 65_534;

    static PostgresUser detect() {
        if (new UnixSystem().getUid() != 0) {
            return SAME;
        }
        for (PostgresUser user : List.of(NAMESPACE, NOBODY)) {
            if (user.canRun("true")) {
                return user;
            }
        }
        throw new StartRefused("PostgreSQL does not run as root, and neither unshare nor setpriv works here. "
                + "Start Purser as an ordinary user, or name a PostgreSQL of your own: SPRING_DATASOURCE_URL.");
    }

    List<String> command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix());
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    private List<String> prefix() {
        return switch (this) {
            case SAME -> List.of();
            case NAMESPACE -> List.of("unshare", "--user", "--");
            case NOBODY ->
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--");
        };
    }

    /** Gives the server the directory that it lives in, where the server is another user than the one who made it. */
    void moveInto(Path home) throws IOException {
        if (this == NOBODY) {
            own(home);
            openTheWayTo(home);
        }
    }

    /** Gives the server files below its home that were written for it. */
    void own(Path files) throws IOException {
        if (this != NOBODY) {
            return;
        }
        for (Path path : Trees.walk(files)) {
            Files.setAttribute(path, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Nobody must be able to walk through the data directory, though not to list it; above it nothing is changed. */
    private void openTheWayTo(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        }
        if (!canRun("test", "-x", directory.toString())) {
            throw new StartRefused("PostgreSQL runs as nobody here and cannot reach " + directory
                    + ": a directory above it is closed to other users. Use another one: PURSER_DATA_DIR.");
        }
    }

    private boolean canRun(String... command) {
        List<String> whole = new ArrayList<>(prefix());
        whole.addAll(List.of(command));
        try {
            return new ProcessBuilder(whole)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
