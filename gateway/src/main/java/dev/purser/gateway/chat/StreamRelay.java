package dev.purser.gateway.chat;

import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.edge.Problem;
import dev.purser.edge.error.ErrorBody;
import dev.purser.edge.error.Problems;
import dev.purser.edge.json.Json;
import dev.purser.gateway.metering.Measured;
import dev.purser.gateway.metering.UsageMeter;
import dev.purser.gateway.settlement.OpenCall;
import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.gateway.upstream.UpstreamStream;
import dev.purser.gateway.wire.SseWriter;
import dev.purser.gateway.wire.SseWriter.ClientGone;
import dev.purser.gateway.wire.WireJson;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One streamed answer on its way from the provider to the client, from its first chunk on: what was used is billed
 * however the stream ends, before its last byte goes out.
 */
final class StreamRelay {
    private static final Logger log = LoggerFactory.getLogger(StreamRelay.class);
    private static final byte[] DONE = UpstreamStream.DONE.getBytes(StandardCharsets.US_ASCII);
    private static final String USAGE = "usage";
    private static final String OBJECT = "chat.completion.chunk";

    private final Clock clock;
    private final RelayTimes times;
    private final ChatRequest asked;
    private final DisconnectPolicy whenClientGone;
    private final OpenCall call;
    private final UsageMeter meter;
    private @Nullable ObjectNode reported;

    StreamRelay(Clock clock, RelayTimes times, ChatRequest asked, DisconnectPolicy whenClientGone, OpenCall call) {
        this.clock = clock;
        this.times = times;
        this.asked = asked;
        this.whenClientGone = whenClientGone;
        this.call = call;
        this.meter = new UsageMeter(call.offer(), call.worstCase(), asked.choices());
    }

    void run(BegunStream begun, HttpServletResponse response) {
        call.begin(() -> meter.measured(false));
        try (UpstreamStream open = begun.stream()) {
            relay(open, begun.chunks(), begun.first(), response);
        }
    }

    private void relay(UpstreamStream stream, ChunkReader chunks, ObjectNode first, HttpServletResponse response) {
        SseWriter client = null;
        Identity identity = Identity.of(first, call.requestId(), clock.instant().getEpochSecond());
        try {
            meter.observe(first);
            client = new SseWriter(response);
            for (ObjectNode chunk = first; chunk != null; chunk = next(stream, chunks)) {
                show(chunk, identity, client);
            }
        } catch (ClientGone e) {
            settleUnheard(stream, chunks);
            return;
        } catch (UpstreamFailure e) {
            log.info("request {} broke off: {}", call.requestId(), e.message());
            settleBroken(client, new Problem(e.kind().status(), e.kind().code(), e.message()));
            return;
        } catch (RuntimeException e) {
            log.error("request {} failed in mid-stream", call.requestId(), e);
            settleBroken(client, Problems.of(e));
            return;
        }
        finish(identity, client);
    }

    private @Nullable ObjectNode next(UpstreamStream stream, ChunkReader chunks) throws UpstreamFailure {
        ObjectNode chunk = chunks.next(stream, times.idle());
        if (chunk != null) {
            meter.observe(chunk);
        }
        return chunk;
    }

    private void show(ObjectNode chunk, Identity identity, SseWriter client) throws ClientGone {
        if (chunk.path(USAGE) instanceof ObjectNode usage) {
            reported = usage;
        }
        if (Chunk.carriesOnlyUsage(chunk)) {
            return;
        }
        identity.complete(chunk, OBJECT, call.offer().name());
        if (asked.usageAsked()) {
            chunk.putNull(USAGE);
        } else {
            chunk.remove(USAGE);
        }
        client.write(WireJson.bytes(chunk));
    }

    private void finish(Identity identity, SseWriter client) {
        Measured measured = meter.measured(false);
        try {
            call.capture(measured);
        } catch (LedgerUnavailable e) {
            log.warn("request {} could not be settled at once", call.requestId());
            writeError(client, Problems.of(e));
            return;
        }
        try {
            if (asked.usageAsked()) {
                ObjectNode last = JsonNodeFactory.instance.objectNode();
                identity.complete(last, OBJECT, call.offer().name());
                last.putArray("choices");
                last.set(USAGE, UsageShown.of(measured.usage(), meter.believed(), reported));
                client.write(WireJson.bytes(last));
            }
            client.write(DONE);
        } catch (ClientGone e) {
            log.debug("the client of request {} left at the very end", call.requestId());
        }
    }

    private void settleBroken(@Nullable SseWriter client, Problem problem) {
        try {
            call.capture(meter.measured(false));
        } catch (LedgerUnavailable e) {
            log.warn("request {} could not be settled at once", call.requestId());
        }
        if (client != null) {
            writeError(client, problem);
        }
    }

    /** Nobody listens any more: the rest is read for its usage figure, or not at all, as the project has chosen. */
    private void settleUnheard(UpstreamStream stream, ChunkReader chunks) {
        try {
            if (whenClientGone == DisconnectPolicy.DRAIN) {
                long deadline = System.nanoTime() + times.drain().toNanos();
                ObjectNode chunk;
                do {
                    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                    chunk = chunks.next(stream, left.compareTo(times.idle()) < 0 ? left : times.idle());
                    if (chunk != null) {
                        meter.observe(chunk);
                    }
                } while (chunk != null);
            }
        } catch (UpstreamFailure | RuntimeException e) {
            log.debug("request {} was not drained to its end", call.requestId());
        } finally {
            stream.close();
        }
        try {
            call.capture(meter.measured(true));
        } catch (LedgerUnavailable e) {
            log.warn("request {} could not be settled at once", call.requestId());
        }
    }

    private void writeError(SseWriter client, Problem problem) {
        try {
            client.write(Json.bytes(ErrorBody.openAi(problem, call.requestId())));
        } catch (ClientGone e) {
            log.debug("the client of request {} left before the error", call.requestId());
        }
    }
}
