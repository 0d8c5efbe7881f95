package dev.purser.gateway.routing;

import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection;
import dev.purser.domain.wallet.SessionCap;
import dev.purser.edge.Caller;
import dev.purser.edge.Problem;
import dev.purser.gateway.catalogue.LiveCatalogue;
import dev.purser.gateway.settlement.CallTerms;
import dev.purser.gateway.settlement.CallTerms.IdempotencyKey;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.settlement.OpenCall.Priced;
import dev.purser.gateway.settlement.OpenCalls;
import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.projection.access.SessionAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every call of every route: choose, hold, ask, settle. Thread-safe. */
public final class MeteredCalls {
    /** A session never outlives its mint by more. */
    private static final Duration SESSION_MAX_AGE = Duration.ofHours(24);

    private final ModelChoice models;
    private final OpenCalls calls;
    private final Attempts attempts;

    public MeteredCalls(LiveCatalogue live, OpenCalls calls, RetrySettings settings) {
        this.models = new ModelChoice(live);
        this.calls = calls;
        this.attempts = new Attempts(settings);
    }

    /** Who calls, under which id and key. */
    public record Client(
            Caller.Browser caller,
            String requestId,
            @Nullable IdempotencyKey idempotency) {
        public SessionAccess session() {
            return caller.access();
        }
    }

    /** What a route does with the answer: bills it, and hands it on. */
    @FunctionalInterface
    public interface Handling<A> {
        void handle(A answer, OpenCall call) throws IOException;
    }

    /**
     * One call from its gates to its end.
     *
     * @param ask asks a provider; nothing is billed for what fails there
     * @param handling begins and captures the call
     * @throws Problem of every gate, and for a failure of the provider
     */
    public <A> void run(Demand demand, Client client, Ask<A> ask, Handling<A> handling) throws IOException {
        OpenCall call = hold(models.choose(demand, client.session()), client);
        try {
            A answer = attempts.first(call, ask);
            handling.handle(answer, call);
        } catch (UpstreamFailure e) {
            throw problem(e);
        } finally {
            call.endIfOpen();
        }
    }

    /** The first that the wallet can pay; where none can be, the refusal of the first. */
    private OpenCall hold(List<List<Priced>> choice, Client client) {
        CallTerms terms = terms(client);
        Rejected refusal = null;
        for (List<Priced> candidates : affordable(choice)) {
            try {
                return calls.open(terms, client.requestId(), candidates);
            } catch (Rejected e) {
                boolean forMoney = e.rejection() instanceof Rejection.InsufficientCredits
                        || e.rejection() instanceof Rejection.SessionCapReached;
                if (!forMoney) {
                    throw e;
                }
                refusal = e;
            }
        }
        throw refusal == null ? new IllegalStateException("nothing was chosen") : refusal;
    }

    /**
     * What is held is enough for the dearest of a model's providers. A wallet that cannot pay for that has the choice of
     * those that cost no more than the first.
     */
    private static List<List<Priced>> affordable(List<List<Priced>> choice) {
        List<List<Priced>> all = new ArrayList<>();
        for (List<Priced> candidates : choice) {
            all.add(candidates);
            Priced first = candidates.getFirst();
            List<Priced> noDearer = candidates.stream()
                    .filter(priced -> !priced.worstCase()
                            .amount()
                            .exceeds(first.worstCase().amount()))
                    .toList();
            if (noDearer.size() < candidates.size()) {
                all.add(noDearer);
            }
        }
        return all;
    }

    private static CallTerms terms(Client client) {
        SessionAccess session = client.session();
        SessionCap cap = session.maxSpend() == null
                ? null
                : new SessionCap(session.maxSpend(), session.mintedAt().plus(SESSION_MAX_AGE));
        return new CallTerms(
                session.walletId(),
                session.sessionId(),
                cap,
                new Cause(client.caller().actor(), client.requestId()),
                client.idempotency());
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
