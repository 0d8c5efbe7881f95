package dev.purser.app.secret;

import dev.purser.app.storage.StartRefused;

/**
 * What the database remembers of the newest keys of the last start. Starting with other keys would look like success while no
 * token is recognised and no customer can be read, so it is refused.
 */
public record KeyChecks(String fingerprintKey, String encryptionKey) {

    public static KeyChecks of(ServerSecrets secrets) {
        return new KeyChecks(
                secrets.fingerprintKeys().checks().getFirst(),
                secrets.encryptionKeys().checks().getFirst());
    }

    /** Refuses keys among which the remembered ones are missing. */
    public void refuseUnlessAmong(ServerSecrets secrets) {
        refuseUnlessAmong("fingerprint", fingerprintKey, secrets.fingerprintKeys());
        refuseUnlessAmong("encryption", encryptionKey, secrets.encryptionKeys());
    }

    private static void refuseUnlessAmong(String kind, String remembered, SecretKeys keys) {
        if (!keys.checks().contains(remembered)) {
            throw new StartRefused(
                    "The " + kind + " keys are not those of this installation's data. Put the old key back, behind the"
                            + " new one if you are rotating: without it nothing that it protects can be used.");
        }
    }
}
