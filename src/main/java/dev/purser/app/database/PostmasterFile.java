package dev.purser.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a server writes into postmaster.pid while it runs; the file of a killed machine or container outlives it. */
record PostmasterFile(long pid, Path cluster, List<String> lines) {
    private static final int PORT_LINE = 3;

    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(in(cluster));
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new PostmasterFile(Long.parseLong(lines.getFirst().strip()), cluster, lines));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        } catch (NumberFormatException cutOffWhileWriting) {
            return Optional.empty();
        }
    }

    /** The port, once the server has noted it. */
    Optional<Integer> port() {
        return lines.size() > PORT_LINE
                ? Optional.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                : Optional.empty();
    }

    /**
     * Whether that process is still the server, and not another one that was given its number since. After a reboot or
     * in a container numbers come back soon, and a stranger must be neither stopped nor taken for the server.
     */
    boolean isServerRunning() {
        return process().isPresent() && (worksInTheCluster() || arguments().contains(cluster.toString()));
    }

    /**
     * Whether the file certainly says nothing any more although a process has that number: it belongs to another program
     * now, or to a dead server that its parent has not yet collected. PostgreSQL itself would refuse to start over it.
     */
    boolean isStale() {
        return process().isPresent()
                && !isServerRunning()
                && (isZombie() || !arguments().isEmpty());
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }

    private boolean worksInTheCluster() {
        try {
            return Path.of("/proc", Long.toString(pid), "cwd").toRealPath().equals(cluster);
        } catch (IOException notLinuxOrNotOurs) {
            return false;
        }
    }

    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException notLinux) {
            return false;
        }
    }

    private List<String> arguments() {
        return process()
                .flatMap(process -> process.info().arguments())
                .map(List::of)
                .orElse(List.of());
    }
}
