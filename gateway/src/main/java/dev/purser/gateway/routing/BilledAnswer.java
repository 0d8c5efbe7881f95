package dev.purser.gateway.routing;

import dev.purser.gateway.settlement.Bill;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** A whole answer on its way to the client, after its bill. */
public final class BilledAnswer {
    private BilledAnswer() {}

    /** @param bill empty where the receipt alone has the figure */
    public static void write(byte[] json, Optional<Bill> bill, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.setHeader("Cache-Control", "no-store");
        bill.ifPresent(
                known -> response.setHeader("X-LLMGateway-Cost", known.charged().toString()));
        response.getOutputStream().write(json);
        response.flushBuffer();
    }
}
