package dev.purser.gateway.upstream;

import dev.purser.gateway.catalogue.Loopback;
import dev.purser.gateway.catalogue.ModelKind;
import dev.purser.gateway.catalogue.Provider;
import dev.purser.gateway.upstream.UpstreamFailure.Kind;
import dev.purser.gateway.upstream.UpstreamFailure.Remedy;
import dev.purser.gateway.wire.ListAnswer;
import dev.purser.gateway.wire.WireJson;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A provider over HTTP. One client for all calls; redirects are never followed. */
public final class HttpUpstream implements Upstream, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpUpstream.class);
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int MAX_ERROR_BYTES = 64 << 10;

    private final Function<Provider, Optional<String>> apiKeys;
    private final UpstreamTimeouts timeouts;
    private final boolean loopbackOnly;
    private final HttpClient client;

    /**
     * @param apiKeys empty where a provider needs none
     * @param loopbackOnly connect to this machine alone, whatever a name may resolve to by then
     */
    public HttpUpstream(Function<Provider, Optional<String>> apiKeys, UpstreamTimeouts timeouts, boolean loopbackOnly) {
        this.apiKeys = apiKeys;
        this.timeouts = timeouts;
        this.loopbackOnly = loopbackOnly;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (loopbackOnly) {
            builder.proxy(HttpClient.Builder.NO_PROXY);
        }
        this.client = builder.build();
    }

    @Override
    public UpstreamStream stream(UpstreamRequest request) throws UpstreamFailure {
        HttpResponse<TimedBody> response = send(request, "text/event-stream", timeouts.firstByte());
        String type = response.headers().firstValue("content-type").orElse("");
        if (!type.startsWith("text/event-stream")) {
            throw notAStream(response);
        }
        return new SseStream(response.body());
    }

    @Override
    public ObjectNode complete(UpstreamRequest request) throws UpstreamFailure {
        byte[] body = whole(request);
        try {
            if (WireJson.parse(body) instanceof ObjectNode answer) {
                if (answer.path("error").isObject()) {
                    throw UpstreamFailures.inAnswer(answer.path("error"));
                }
                if (answer.path("choices").isArray()) {
                    return answer;
                }
            }
        } catch (WireJson.NotJson e) {
            throw notJson(request);
        }
        throw senseless().afterTheFirstByte();
    }

    @Override
    public ListAnswer list(UpstreamRequest request) throws UpstreamFailure {
        byte[] body = whole(request);
        try {
            ListAnswer answer = ListAnswer.parse(body);
            if (answer != null && answer.rest().path("error").isObject()) {
                throw UpstreamFailures.inAnswer(answer.rest().path("error"));
            }
            if (answer != null && answer.data().length > 0) {
                return answer;
            }
        } catch (WireJson.NotJson e) {
            throw notJson(request);
        }
        throw senseless().afterTheFirstByte();
    }

    private byte[] whole(UpstreamRequest request) throws UpstreamFailure {
        long deadline = System.nanoTime() + timeouts.answer().toNanos();
        HttpResponse<TimedBody> response = send(request, "application/json", timeouts.answer());
        try {
            return read(response.body(), MAX_ANSWER_BYTES, deadline);
        } catch (UpstreamFailure e) {
            throw e.afterTheFirstByte();
        }
    }

    private static UpstreamFailure notJson(UpstreamRequest request) {
        log.warn(
                "provider {} answered something that is not JSON",
                request.offer().provider().id());
        return senseless().afterTheFirstByte();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<TimedBody> send(UpstreamRequest request, String accept, Duration patience)
            throws UpstreamFailure {
        Provider provider = request.offer().provider();
        HttpRequest.Builder builder = HttpRequest.newBuilder(target(request))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .header("User-Agent", "Purser")
                .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.bytes(request.body())));
        Optional<String> apiKey = apiKeys.apply(provider);
        apiKey.ifPresent(key -> builder.header("Authorization", "Bearer " + key));
        TimedBody body = new TimedBody();
        CompletableFuture<HttpResponse<TimedBody>> answer = client.sendAsync(builder.build(), _ -> body);
        request.control().onCancel(() -> {
            answer.cancel(true);
            body.cancel();
        });
        HttpResponse<TimedBody> response = await(provider, answer, patience);
        request.control().onCancel(body::cancel);
        if (response.statusCode() != 200) {
            throw refusal(provider, response, apiKey);
        }
        return response;
    }

    private static HttpResponse<TimedBody> await(
            Provider provider, CompletableFuture<HttpResponse<TimedBody>> answer, Duration patience)
            throws UpstreamFailure {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UpstreamFailure(Kind.TIMEOUT, "The provider did not answer in time.");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UpstreamFailure(Kind.CANCELLED, "The call was stopped.");
        } catch (CancellationException e) {
            throw new UpstreamFailure(Kind.CANCELLED, "The call was stopped.");
        } catch (ExecutionException e) {
            throw unreachable(provider, e.getCause() == null ? e : e.getCause());
        }
    }

    private static UpstreamFailure unreachable(Provider provider, Throwable cause) {
        log.warn("provider {} could not be reached: {}", provider.id(), cause.toString());
        if (cause instanceof HttpConnectTimeoutException) {
            return new UpstreamFailure(Kind.TIMEOUT, "The provider could not be reached in time.");
        }
        return new UpstreamFailure(
                Kind.BROKEN,
                cause instanceof ConnectException
                        ? "The provider could not be reached."
                        : "The provider broke the connection off.",
                Remedy.RETRY);
    }

    private static UpstreamFailure refusal(
            Provider provider, HttpResponse<TimedBody> response, Optional<String> apiKey) {
        byte[] said;
        try {
            said = read(
                    response.body(),
                    MAX_ERROR_BYTES,
                    System.nanoTime() + Duration.ofSeconds(10).toNanos());
        } catch (UpstreamFailure e) {
            said = new byte[0];
        } finally {
            response.body().cancel();
        }
        return UpstreamFailures.of(
                provider, response.statusCode(), response.headers().firstValue("retry-after"), said, apiKey);
    }

    private static UpstreamFailure notAStream(HttpResponse<TimedBody> response) {
        try {
            byte[] said = read(
                    response.body(),
                    MAX_ERROR_BYTES,
                    System.nanoTime() + Duration.ofSeconds(10).toNanos());
            JsonNode error = WireJson.parse(said).path("error");
            return error.isObject() ? UpstreamFailures.inAnswer(error) : senseless();
        } catch (UpstreamFailure | WireJson.NotJson e) {
            return senseless();
        } finally {
            response.body().cancel();
        }
    }

    private static UpstreamFailure senseless() {
        return new UpstreamFailure(Kind.BROKEN, "The provider's answer makes no sense.");
    }

    private static byte[] read(TimedBody body, int limit, long deadline) throws UpstreamFailure {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            List<ByteBuffer> buffers = body.next(Duration.ofNanos(deadline - System.nanoTime()));
            if (buffers == null) {
                return all.toByteArray();
            }
            for (ByteBuffer buffer : buffers) {
                if (all.size() + buffer.remaining() > limit) {
                    body.cancel();
                    throw new UpstreamFailure(Kind.BROKEN, "The provider's answer is too large.");
                }
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                all.writeBytes(bytes);
            }
        }
    }

    private URI target(UpstreamRequest request) throws UpstreamFailure {
        Provider provider = request.offer().provider();
        URI base = provider.baseUrl();
        if (base == null) {
            throw new IllegalArgumentException(provider.id() + " has no address");
        }
        URI target = URI.create(base + path(request.offer().kind()));
        return loopbackOnly ? pinned(target) : target;
    }

    private static String path(ModelKind kind) {
        return switch (kind) {
            case CHAT -> "/chat/completions";
            case EMBEDDING -> "/embeddings";
            case IMAGE -> "/images/generations";
        };
    }

    /** The address itself in place of the name: nothing is looked up again between the check and the connection. */
    private static URI pinned(URI target) throws UpstreamFailure {
        InetAddress address = Loopback.addressOf(target)
                .orElseThrow(() -> new UpstreamFailure(
                        Kind.BROKEN, "With sandbox payments only upstreams on loopback are called."));
        String host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        try {
            return new URI(target.getScheme(), null, host, target.getPort(), target.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
