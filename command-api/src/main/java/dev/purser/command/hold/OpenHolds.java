package dev.purser.command.hold;

import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection.HoldNotOpen;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.HoldAccess;
import java.util.function.Supplier;

/** Finds a backend's holds, and says of those that are closed how they ended. */
final class OpenHolds {
    private final AccessDirectory directory;

    OpenHolds(AccessDirectory directory) {
        this.directory = directory;
    }

    HoldAccess require(Caller.Backend caller, String id) {
        HoldAccess hold = directory
                .backendHold(caller.access().projectId(), caller.access().mode(), PathIds.hold(id))
                .orElseThrow(() -> Problem.notFound("hold"));
        requireOpen(hold);
        return hold;
    }

    /** Another request may close the hold between the look-up and the command: then this one is told how. */
    <T> T explaining(Caller.Backend caller, HoldAccess hold, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (Rejected rejected) {
            if (rejected.rejection() instanceof HoldNotOpen) {
                require(caller, hold.holdId().value());
            }
            throw rejected;
        }
    }

    private static void requireOpen(HoldAccess hold) {
        switch (hold.status()) {
            case OPEN -> {}
            case CAPTURED -> throw new Problem(409, "hold_captured", "The hold is captured already");
            case RELEASED -> throw new Problem(409, "hold_released", "The hold is released already");
            case EXPIRED -> throw new Problem(409, "hold_expired", "The hold has expired");
        }
    }
}
