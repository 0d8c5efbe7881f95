package dev.purser.command.secret;

import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import dev.purser.eventstore.secret.BlindIndex;
import dev.purser.eventstore.secret.Vault;
import java.util.Base64;
import java.util.List;

/** Personal data under the keys of the vault. */
final class VaultPersonalData implements PersonalData {
    private final Vault vault;
    private final BlindIndex blindIndex;

    VaultPersonalData(Vault vault, BlindIndex blindIndex) {
        this.vault = vault;
        this.blindIndex = blindIndex;
    }

    @Override
    public void createKey(CustomerId customerId) {
        vault.createKey(customerId.value());
    }

    @Override
    public void forgetKey(CustomerId customerId) {
        vault.erase(customerId.value());
    }

    @Override
    public Sealed seal(CustomerId customerId, String text) {
        return new Sealed(Base64.getEncoder().encodeToString(vault.seal(customerId.value(), text)));
    }

    @Override
    public List<String> externalIdIndexes(ProjectId projectId, Mode mode, String externalId) {
        return blindIndex.candidates(projectId.value(), mode.wireName(), externalId);
    }
}
