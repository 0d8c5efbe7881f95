package dev.purser.edge.request;

import dev.purser.domain.CustomerId;
import dev.purser.domain.HoldId;
import dev.purser.domain.KeyId;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.edge.Problem;
import java.util.function.Function;

/**
 * Ids as they come in paths. An id is also the name of a stream, and its prefix says what it is the stream of: one with
 * another prefix must never reach the ledger, which would take the command for the wrong aggregate.
 */
public final class PathIds {
    private PathIds() {}

    public static CustomerId customer(String id) {
        return parse(id, "cus", "customer", CustomerId::new);
    }

    public static WalletId wallet(String id) {
        return parse(id, "wal", "wallet", WalletId::new);
    }

    public static SessionId session(String id) {
        return parse(id, "ses", "session", SessionId::new);
    }

    public static HoldId hold(String id) {
        return parse(id, "hld", "hold", HoldId::new);
    }

    public static OrganizationId organization(String id) {
        return parse(id, "org", "organization", OrganizationId::new);
    }

    public static ProjectId project(String id) {
        return parse(id, "prj", "project", ProjectId::new);
    }

    public static PayoutId payout(String id) {
        return parse(id, "pyt", "payout", PayoutId::new);
    }

    public static KeyId key(String id) {
        return parse(id, "key", "key", KeyId::new);
    }

    private static <I> I parse(String id, String prefix, String what, Function<String, I> type) {
        if (!id.startsWith(prefix)) {
            throw Problem.notFound(what);
        }
        try {
            return type.apply(id);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(what);
        }
    }
}
