package dev.purser.edge.error;

import java.io.IOException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Recognises failures that only say that nobody listens any more. */
final class ClientGone {
    private ClientGone() {}

    static boolean is(Throwable thrown) {
        return thrown instanceof IOException && DisconnectedClientHelper.isClientDisconnectedException(thrown);
    }
}
