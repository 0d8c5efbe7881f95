package dev.purser.projection.session;

import dev.purser.domain.session.SessionEvent;
import dev.purser.domain.session.SessionEvent.SessionMinted;
import dev.purser.domain.session.SessionEvent.SessionRefreshed;
import dev.purser.domain.session.SessionEvent.SessionRevoked;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.projection.engine.ProjectedEvent;
import dev.purser.projection.engine.Projection;
import dev.purser.projection.table.ReadTable;
import dev.purser.projection.table.Rows;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows the sessions and, in their wallets' bills, what they spend. */
public final class SessionProjection implements Projection {
    @Override
    public String name() {
        return "session";
    }

    @Override
    public List<ReadTable<?>> tables() {
        return List.of(SessionRow.TABLE);
    }

    /** A bill is of its wallet's stream and changes its session's row. */
    @Override
    public String sequenceKey(ProjectedEvent event) {
        return event.payload() instanceof UsageDebited debited && debited.sessionId() != null
                ? debited.sessionId().value()
                : event.stream();
    }

    @Override
    public void apply(Rows rows, List<ProjectedEvent> events) throws SQLException {
        Set<String> ids = new HashSet<>();
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof SessionEvent) {
                ids.add(event.stream());
            } else if (event.payload() instanceof UsageDebited debited && debited.sessionId() != null) {
                ids.add(debited.sessionId().value());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        Map<String, SessionRow> sessions = rows.load(SessionRow.TABLE, ids);
        for (ProjectedEvent event : events) {
            if (event.payload() instanceof SessionEvent sessionEvent) {
                add(sessions, event, sessionEvent);
            } else if (event.payload() instanceof UsageDebited debited && debited.sessionId() != null) {
                SessionRow session = existing(sessions, debited.sessionId().value());
                if (!session.has(event)) {
                    session.spend(debited.charged().nanos());
                    session.reach(event);
                }
            }
        }
        rows.store(SessionRow.TABLE, sessions.values());
    }

    private static void add(Map<String, SessionRow> sessions, ProjectedEvent event, SessionEvent sessionEvent) {
        if (sessionEvent instanceof SessionMinted minted) {
            sessions.computeIfAbsent(event.stream(), _ -> new SessionRow(event, minted));
            return;
        }
        SessionRow session = existing(sessions, event.stream());
        if (session.has(event)) {
            return;
        }
        switch (sessionEvent) {
            case SessionMinted _ -> throw new IllegalStateException("cannot be reached");
            case SessionRefreshed refreshed -> session.lastUntil(refreshed.expiresAt());
            case SessionRevoked _ -> session.revoke(event.recordedAt());
        }
        session.reach(event);
    }

    private static SessionRow existing(Map<String, SessionRow> sessions, String id) {
        SessionRow session = sessions.get(id);
        if (session == null) {
            throw new IllegalStateException("session " + id + " was never minted");
        }
        return session;
    }
}
