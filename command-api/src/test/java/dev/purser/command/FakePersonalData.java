package dev.purser.command;

import dev.purser.command.secret.PersonalData;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Sealed;
import java.util.ArrayList;
import java.util.List;

/** Seals readably, but only for customers that have a key. */
public final class FakePersonalData implements PersonalData {
    public final List<CustomerId> keys = new ArrayList<>(List.of(TestApi.CUSTOMER));

    @Override
    public void createKey(CustomerId customerId) {
        keys.add(customerId);
    }

    @Override
    public void forgetKey(CustomerId customerId) {
        keys.remove(customerId);
    }

    @Override
    public Sealed seal(CustomerId customerId, String text) {
        if (!keys.contains(customerId)) {
            throw new AssertionError("sealed before there was a key");
        }
        return new Sealed("sealed:" + text);
    }

    @Override
    public List<String> externalIdIndexes(ProjectId projectId, Mode mode, String externalId) {
        String index = projectId + "/" + mode.wireName() + "/" + externalId;
        return List.of("new:" + index, "old:" + index);
    }
}
