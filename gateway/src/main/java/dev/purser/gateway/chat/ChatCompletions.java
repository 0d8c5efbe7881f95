package dev.purser.gateway.chat;

import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection;
import dev.purser.domain.wallet.SessionCap;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;
import dev.purser.gateway.settlement.CallTerms;
import dev.purser.gateway.settlement.CallTerms.IdempotencyKey;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.settlement.OpenCall.Priced;
import dev.purser.gateway.settlement.OpenCalls;
import dev.purser.gateway.upstream.Upstream;
import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.gateway.upstream.UpstreamRequest;
import dev.purser.gateway.upstream.Upstreams;
import dev.purser.projection.access.SessionAccess;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One metered call: choose, hold, relay, settle. Thread-safe. */
final class ChatCompletions {
    /** A session never outlives its mint by more. */
    private static final Duration SESSION_MAX_AGE = Duration.ofHours(24);

    private final ModelChoice models;
    private final OpenCalls calls;
    private final Upstreams upstreams;
    private final Clock clock;
    private final RelayTimes times;

    ChatCompletions(ModelChoice models, OpenCalls calls, Upstreams upstreams, Clock clock, RelayTimes times) {
        this.models = models;
        this.calls = calls;
        this.upstreams = upstreams;
        this.clock = clock;
        this.times = times;
    }

    void answer(
            ChatRequest request,
            Caller.Browser caller,
            String requestId,
            @Nullable IdempotencyKey idempotency,
            HttpServletResponse response)
            throws IOException {
        SessionAccess session = caller.access();
        List<Priced> choice = models.choose(request, session);
        OpenCall call = hold(choice, terms(caller, requestId, idempotency), requestId);
        try {
            Upstream upstream = upstreams.of(call.offer());
            UpstreamRequest out = new UpstreamRequest(
                    call.offer(),
                    ForwardedBody.of(request, call.offer(), session.settings().defaultMaxTokens()),
                    requestId,
                    call.control());
            if (request.stream()) {
                new StreamRelay(clock, times, request, session.settings().disconnectPolicy(), call)
                        .run(upstream, out, response);
            } else {
                new WholeRelay(upstream, clock).run(out, request, call, response);
            }
        } catch (UpstreamFailure e) {
            throw problem(e);
        } finally {
            call.endIfOpen();
        }
    }

    /** The first that the wallet can pay; where none can be, the refusal of the first. */
    private OpenCall hold(List<Priced> choice, CallTerms terms, String requestId) {
        Rejected refusal = null;
        for (Priced priced : choice) {
            try {
                return calls.open(terms, requestId, priced);
            } catch (Rejected e) {
                boolean forMoney = e.rejection() instanceof Rejection.InsufficientCredits
                        || e.rejection() instanceof Rejection.SessionCapReached;
                if (!forMoney) {
                    throw e;
                }
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal == null ? new IllegalStateException("nothing was chosen") : refusal;
    }

    private static CallTerms terms(Caller.Browser caller, String requestId, @Nullable IdempotencyKey idempotency) {
        SessionAccess session = caller.access();
        SessionCap cap = session.maxSpend() == null
                ? null
                : new SessionCap(session.maxSpend(), session.mintedAt().plus(SESSION_MAX_AGE));
        return new CallTerms(
                session.walletId(), session.sessionId(), cap, new Cause(caller.actor(), requestId), idempotency);
    }

    private static Problem problem(UpstreamFailure failure) {
        Map<String, String> headers = failure.retryAfterSeconds().isPresent()
                ? Map.of(
                        "Retry-After",
                        Integer.toString(failure.retryAfterSeconds().getAsInt()))
                : Map.of();
        return new Problem(failure.kind().status(), failure.kind().code(), failure.message(), List.of(), headers);
    }
}
