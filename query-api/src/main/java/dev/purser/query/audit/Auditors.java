package dev.purser.query.audit;

import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import java.util.Objects;

/** What every route for auditors asks first. */
final class Auditors {
    private Auditors() {}

    /** An auditor's key belongs to one organization, whose books are all it shows. */
    static OrganizationId organizationOf(Caller.Auditor caller) {
        return Objects.requireNonNull(caller.access().organizationId(), "an auditor's key without organization");
    }
}
