package dev.purser.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void isMadeForItsOwnerOnly() throws Exception {
        Path directory = temporary.resolve("a/b/data");

        try (DataDirectory data = DataDirectory.open(directory)) {
            assertThat(data.root()).isEqualTo(directory.toRealPath());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void isHeldByOneAtATime() {
        Path directory = temporary.resolve("data");
        try (DataDirectory first = DataDirectory.open(directory)) {
            assertThat(DataDirectory.isInUse(first.root())).isTrue();
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("in use by another Purser")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("PURSER_DATA_DIR");
        }
        assertThat(DataDirectory.isInUse(directory)).isFalse();
        DataDirectory.open(directory).close();
    }

    @Test
    void keepsASecretAsItWasFirstMade() {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            assertThat(data.secret("word", () -> "first")).isEqualTo("first");
            assertThat(data.secret("word", () -> "second")).isEqualTo("first");
        }
    }

    @Test
    void aFileInItsPlaceIsRefused() throws Exception {
        Path file = Files.writeString(temporary.resolve("data"), "x");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be used");
    }
}
