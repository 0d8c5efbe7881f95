package dev.purser.app.node;

import dev.purser.app.node.Reply.Answer;
import dev.purser.app.node.Reply.Lost;
import dev.purser.app.node.Reply.NotSent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks other nodes over HTTP/1.1 with keep-alive. Tells a request that certainly was not sent from one whose answer is
 * missing. At most 4,096 requests at once; thread-safe, meant for virtual threads.
 */
final class NodeClient implements AutoCloseable {
    static final String COMMANDS = "/internal/commands";
    static final String LEAD = "/internal/lead";

    private static final int MAX_EXCHANGES = 4_096;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LEAD_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LOOK_UP_FROM_WAITING = Duration.ofMillis(50);

    /** How long a node that has lost the lead may still answer what cannot be asked again. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final NodeSecret secret;
    private final Semaphore exchanges = new Semaphore(MAX_EXCHANGES);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** A client that shows this secret. */
    NodeClient(NodeSecret secret) {
        this.secret = secret;
    }

    /** A request to a node; fails for a path that is no part of an address. */
    HttpRequest.Builder request(String address, String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://" + address + pathAndQuery))
                .setHeader(NodeSecret.HEADER, secret.shown());
    }

    /**
     * Asks and waits.
     *
     * @param pointless whether the answer is not worth waiting for any more, because the node does not lead any more
     * @param repeatable whether the request may be made again without having its effect twice
     */
    Reply exchange(HttpRequest request, Duration atMost, BooleanSupplier pointless, boolean repeatable) {
        if (!exchanges.tryAcquire()) {
            return new NotSent(new IOException("too many requests to other nodes at once"));
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = await(answer, atMost, pointless, repeatable ? Duration.ZERO : GRACE);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return new Lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lost(e);
        } finally {
            answer.cancel(true);
            exchanges.release();
        }
    }

    /** Who leads, by what another node knows; empty when it knows nothing or cannot be asked. */
    Optional<LeadView> leadKnownTo(String address) {
        HttpRequest request = request(address, LEAD).timeout(LEAD_TIMEOUT).build();
        if (exchange(request, LEAD_TIMEOUT, () -> false, true) instanceof Answer answer && answer.status() == 200) {
            return Optional.of(JSON.readValue(answer.body(), LeadView.class));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> answer, Duration atMost, BooleanSupplier pointless, Duration grace)
            throws ExecutionException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + atMost.toNanos();
        long pointlessSince = 0;
        while (true) {
            try {
                return answer.get(LOOK_UP_FROM_WAITING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                boolean pointlessNow = pointless.getAsBoolean();
                pointlessSince = pointlessNow && pointlessSince == 0 ? now : pointlessSince;
                if (now - end > 0 || (pointlessNow && now - pointlessSince >= grace.toNanos())) {
                    throw e;
                }
            }
        }
    }

    private static Reply failed(Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> new NotSent(refused);
            case HttpConnectTimeoutException notConnected -> new NotSent(notConnected);
            case UnresolvedAddressException unknown -> new NotSent(unknown);
            default -> new Lost(cause);
        };
    }
}
