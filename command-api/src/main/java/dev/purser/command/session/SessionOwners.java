package dev.purser.command.session;

import dev.purser.domain.Mode;
import dev.purser.domain.ProjectId;
import dev.purser.domain.SessionId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose session it is, current to the last durable event. Thread-safe. */
public interface SessionOwners {
    boolean owns(ProjectId projectId, Mode mode, SessionId sessionId);

    static SessionOwners of(JdbcClient jdbc) {
        return (projectId, mode, sessionId) -> jdbc.sql("""
            select 1 from inline.session
            where session_id = :session and project_id = :project and mode = :mode
            """)
                .param("session", sessionId.value())
                .param("project", projectId.value())
                .param("mode", mode.wireName())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
