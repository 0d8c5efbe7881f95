package dev.purser.app.node;

import dev.purser.app.node.CommandJson.Request;
import dev.purser.app.node.CommandJson.Unreadable;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.edge.EdgeRequest;
import dev.purser.edge.Problem;
import dev.purser.edge.request.Bodies;
import dev.purser.eventstore.NotLeading;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What nodes ask each other: to decide a command, and who leads. Bodies are at most 4 MiB. */
final class InternalRoutes {
    /** "Misdirected request": this node does not lead, and nothing was stored. */
    static final int NOT_LEADING = 421;

    private static final Logger log = LoggerFactory.getLogger(InternalRoutes.class);
    private static final int MAX_COMMAND_BYTES = 4 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Ledger local;
    private final Leadership leadership;

    /** @param local decides here and nowhere else */
    InternalRoutes(Ledger local, Leadership leadership) {
        this.local = local;
        this.leadership = leadership;
    }

    /** Answers a request of another node; false when there is no such route. */
    boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String route = request.getMethod() + " " + request.getRequestURI();
        switch (route) {
            case "GET " + NodeClient.LEAD -> write(response, JSON.writeValueAsBytes(leadership.view()));
            case "POST " + NodeClient.COMMANDS -> decide(request, response);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!leadership.isLeading()) {
            response.setStatus(NOT_LEADING);
            return;
        }
        Request asked;
        try {
            asked = CommandJson.request(Bodies.read(request, MAX_COMMAND_BYTES));
        } catch (Unreadable e) {
            log.warn("a command of another node was refused: {}", e.getMessage());
            throw new Problem(400, "invalid_request", String.valueOf(e.getMessage()));
        }
        try {
            write(response, CommandJson.answered(send(asked.command(), asked)));
        } catch (LedgerUnavailable e) {
            if (e.outcomeKnown() && (e.getCause() instanceof NotLeading || !leadership.isLeading())) {
                response.setStatus(NOT_LEADING);
            } else {
                writeFailure(request, response, e);
            }
        } catch (RuntimeException e) {
            writeFailure(request, response, e);
        }
    }

    @SuppressWarnings("unchecked") // the other node's ledger paired them
    private <R> Object send(LedgerCommand<R> command, Request asked) {
        Ledger.Remember<R> remember = (Ledger.Remember<R>) asked.remember();
        if (remember != null) {
            return local.send(command, asked.cause(), remember);
        }
        Ledger.Forget forget = asked.forget();
        return forget == null ? local.send(command, asked.cause()) : local.send(command, asked.cause(), forget);
    }

    private static void writeFailure(HttpServletRequest request, HttpServletResponse response, RuntimeException failure)
            throws IOException {
        byte[] told = CommandJson.failed(failure);
        if (told == null) {
            log.error("{}: a command of another node failed", EdgeRequest.id(request), failure);
            throw failure;
        }
        write(response, told);
    }

    private static void write(HttpServletResponse response, byte[] json) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
