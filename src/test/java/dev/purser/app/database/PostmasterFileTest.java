package dev.purser.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterFileTest {
    @TempDir
    private Path cluster;

    @Test
    void withoutAFileNothingRuns() throws Exception {
        assertThat(PostmasterFile.read(cluster)).isEmpty();
    }

    @Test
    void aCutOffFileSaysNothing() throws Exception {
        Files.writeString(PostmasterFile.in(cluster), "12a");

        assertThat(PostmasterFile.read(cluster)).isEmpty();
    }

    @Test
    void aNumberThatAnotherProgramHasNowIsStale() throws Exception {
        PostmasterFile file = withProcess(ProcessHandle.current().pid());

        assertThat(file.isServerRunning()).isFalse();
        assertThat(file.isStale()).isTrue();
    }

    @Test
    void aNumberThatNobodyHasNeedsNoCare() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        PostmasterFile file = withProcess(ended.pid());

        assertThat(file.isServerRunning()).isFalse();
        assertThat(file.isStale()).isFalse();
    }

    @Test
    void aProcessThatWorksInTheClusterIsItsServer() throws Exception {
        Process server =
                new ProcessBuilder("sleep", "30").directory(cluster.toFile()).start();
        try {
            assertThat(withProcess(server.pid()).isServerRunning()).isTrue();
            assertThat(withProcess(server.pid()).isStale()).isFalse();
            assertThat(withProcess(server.pid()).port()).contains(5433);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private PostmasterFile withProcess(long pid) throws Exception {
        Files.writeString(PostmasterFile.in(cluster), pid + "\n" + cluster + "\n1800000000\n5433\n");
        return PostmasterFile.read(cluster.toRealPath()).orElseThrow();
    }
}
