package dev.purser.command.secret;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.eventstore.secret.BlindIndex;
import dev.purser.eventstore.secret.Vault;
import java.util.List;

/** Seals personal data with its customer's own key, so that erasing the key erases the person. Thread-safe. */
public interface PersonalData {
    /** Makes the customer's key, durably, before anything is sealed with it. */
    void createKey(CustomerId customerId);

    /** Forgets the key of a customer that never came to be. */
    void forgetKey(CustomerId customerId);

    Sealed seal(CustomerId customerId, String text);

    /**
     * Keyed hashes under which the customer of an external id may be found, and which tell nothing about the id; one
     * for
     * each server key that is still accepted, the one to store first.
     */
    List<String> externalIdIndexes(ProjectId projectId, Mode mode, String externalId);

    static PersonalData of(Vault vault, BlindIndex blindIndex) {
        return new VaultPersonalData(vault, blindIndex);
    }
}
