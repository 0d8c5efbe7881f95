package dev.purser.app.doctor;

import dev.purser.app.database.ExternalDatabaseProperties;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.installation.PaymentProperties;
import dev.purser.app.installation.StripeKeys;
import dev.purser.app.secret.SecretKeys;
import dev.purser.app.secret.SecretProperties;
import dev.purser.app.storage.StartRefused;
import dev.purser.app.storage.StorageProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.env.Environment;

/** Secrets, the choice of payments, and the data directory. */
final class ConfigurationChecks {
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long SCARCE_MEBIBYTES = 2_048;
    private static final long TOO_LITTLE_MEBIBYTES = 200;

    private final ExternalDatabaseProperties external;
    private final SecretProperties secrets;
    private final PaymentProperties payments;
    private final StripeKeys stripe;
    private final Path data;
    private final Environment environment;

    ConfigurationChecks(
            ExternalDatabaseProperties external,
            SecretProperties secrets,
            PaymentProperties payments,
            StripeKeys stripe,
            StorageProperties storage,
            Environment environment) {
        this.external = external;
        this.secrets = secrets;
        this.payments = payments;
        this.stripe = stripe;
        this.data = storage.dir().toAbsolutePath().normalize();
        this.environment = environment;
    }

    void examine(Consumer<Finding> teller) {
        teller.accept(payments());
        teller.accept(keys("PURSER_FINGERPRINT_KEYS", secrets.fingerprint().keys(), "fingerprint-keys"));
        teller.accept(keys("PURSER_ENCRYPTION_KEYS", secrets.encryption().keys(), "encryption-keys"));
        if (external.isAbsent()) {
            examineDataDirectory(teller);
        }
    }

    private Finding payments() {
        try {
            stripe.refuseUnlessApart();
            PaymentMode mode = PaymentMode.decide(
                    payments.payments(), external.isAbsent(), PaymentMode.isStripeKeyGiven(environment));
            return Finding.ok("Payments", mode.word());
        } catch (StartRefused e) {
            return Finding.fail("Payments", String.valueOf(e.getMessage()));
        }
    }

    private Finding keys(String variable, List<String> configured, String fileName) {
        String subject = fileName.startsWith("fingerprint") ? "Fingerprint keys" : "Encryption keys";
        Path file = data.resolve("secrets").resolve(fileName);
        try {
            if (!configured.isEmpty() || !external.isAbsent()) {
                return Finding.ok(subject, SecretKeys.parse(variable, configured) + " from " + variable);
            }
            if (!Files.exists(file)) {
                return Finding.ok(subject, "made at the first start, in " + file);
            }
            return Finding.ok(subject, SecretKeys.parse(file.toString(), Files.readAllLines(file)) + " in " + file);
        } catch (StartRefused e) {
            return Finding.fail(subject, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Finding.fail(subject, "cannot be read: " + e.getMessage());
        }
    }

    private void examineDataDirectory(Consumer<Finding> teller) {
        if (!Files.isDirectory(data)) {
            teller.accept(Finding.ok("Data directory", data + ", made at the first start"));
            return;
        }
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
            teller.accept(
                    mode.endsWith("------")
                            ? Finding.ok("Data directory", data + ", mode " + mode)
                            : Finding.warn(
                                    "Data directory", data + " is open to other users (" + mode + "): chmod 700"));
            teller.accept(freeSpace(Files.getFileStore(data).getUsableSpace() / MEBIBYTE));
        } catch (IOException e) {
            teller.accept(Finding.fail("Data directory", "cannot be read: " + e.getMessage()));
        }
    }

    private static Finding freeSpace(long mebibytes) {
        String text = mebibytes + " MiB free";
        if (mebibytes < TOO_LITTLE_MEBIBYTES) {
            return Finding.fail("Disk", text + ": too little to run");
        }
        return mebibytes < SCARCE_MEBIBYTES ? Finding.warn("Disk", text) : Finding.ok("Disk", text);
    }
}
