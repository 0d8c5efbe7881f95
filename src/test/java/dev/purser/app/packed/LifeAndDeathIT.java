package dev.purser.app.packed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process stops, is killed, starts again, and who may run it. */
class LifeAndDeathIT {
    @TempDir
    private Path directory;

    @Test
    void stopsCleanlyAndRecoversFromBeingKilled() throws Exception {
        try (PackedPurser purser = new PackedPurser(directory)) {
            purser.start();
            String fingerprintKeys = Files.readString(purser.data().resolve("secrets/fingerprint-keys"));

            assertThat(purser.terminate()).isZero();
            assertThat(purser.log())
                    .contains("Stopping:", "PostgreSQL stopped", "Purser [-] Stopped")
                    .doesNotContain("ERROR");
            assertThat(purser.postgres()).isEmpty();

            purser.start();
            ProcessHandle orphan = purser.postgres().orElseThrow();
            purser.kill();
            assertThat(orphan.isAlive())
                    .as("the database outlives a killed Purser")
                    .isTrue();

            purser.start();
            assertThat(purser.log()).contains("Stopping the PostgreSQL server " + orphan.pid());
            assertThat(purser.postgres().orElseThrow().pid()).isNotEqualTo(orphan.pid());
            assertThat(Files.readString(purser.data().resolve("secrets/fingerprint-keys")))
                    .isEqualTo(fingerprintKeys);
            assertThat(purser.terminate()).isZero();
        }
    }

    @Test
    void theDoctorExaminesAStoppedInstallationAndFindsAFault() throws Exception {
        PackedPurser purser = new PackedPurser(directory);

        PackedPurser.Ended before = purser.run("doctor");
        assertThat(before.output()).contains("embedded PostgreSQL, made at the first start", "Purser can run.");
        assertThat(before.exitCode()).isZero();
        assertThat(purser.data()).doesNotExist();

        PackedPurser.Ended broken = purser.with("PURSER_FINGERPRINT_KEYS", "dG9vIHNob3J0")
                .with("PURSER_PAYMENTS", "stripe")
                .run("doctor");
        assertThat(broken.output())
                .contains("fail  Fingerprint keys", "fail  Payments", "Purser cannot run like this.")
                .doesNotContain("dG9vIHNob3J0");
        assertThat(broken.exitCode()).isEqualTo(1);
    }

    @Test
    void runsAsAnOrdinaryUser() throws Exception {
        int self = (int) new UnixSystem().getUid();
        boolean root = self == 0;
        int ordinary = root ? 65_534 : self;
        Path home = Files.createTempDirectory("purser-ordinary");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Files.copy(PackedPurser.jar(), home.resolve("purser.jar"));
        Path own = Files.createDirectory(home.resolve("own"));
        Files.setAttribute(own, "unix:uid", ordinary, LinkOption.NOFOLLOW_LINKS);
        List<String> launch = new ArrayList<>();
        if (root) {
            launch.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"));
        }
        launch.addAll(List.of(PackedPurser.java(), "-jar", jar.toString()));
        try (PackedPurser purser = new PackedPurser(own)) {
            purser.without("PURSER_DATABASE_EMBEDDED_BINARIESDIR").launchedBy(launch.toArray(String[]::new));
            purser.start();

            assertThat(Files.getAttribute(purser.data().resolve("postgres/cluster"), "unix:uid"))
                    .isEqualTo(ordinary);
            assertThat(purser.postgres().orElseThrow().info().user())
                    .contains(root ? "nobody" : System.getProperty("user.name"));
            assertThat(purser.terminate()).isZero();
        }
        delete(home);
    }

    private static void delete(Path tree) throws Exception {
        Process deletion = new ProcessBuilder(List.of("rm", "-rf", tree.toString())).start();
        assertThat(deletion.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
