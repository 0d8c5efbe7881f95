package dev.purser.edge;

import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.access.SessionAccess;
import dev.purser.projection.access.StaffAccess;

/**
 * Who calls, after every gate has let the request through. A controller method takes the kind it serves as parameter.
 */
public sealed interface Caller {
    /** How the caller appears in the events it causes: a key's or session's id, never a token. */
    String actor();

    record Backend(PlatformAccess access) implements Caller {
        @Override
        public String actor() {
            return access.keyId().value();
        }
    }

    record Browser(SessionAccess access) implements Caller {
        @Override
        public String actor() {
            return access.sessionId().value();
        }
    }

    record Operator(StaffAccess access) implements Caller {
        @Override
        public String actor() {
            return access.keyId().value();
        }
    }

    record Auditor(StaffAccess access) implements Caller {
        @Override
        public String actor() {
            return access.keyId().value();
        }
    }
}
