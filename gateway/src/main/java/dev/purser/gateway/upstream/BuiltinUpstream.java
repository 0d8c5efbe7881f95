package dev.purser.gateway.upstream;

import dev.purser.gateway.metering.InputBound;
import dev.purser.gateway.wire.ListAnswer;
import dev.purser.gateway.wire.WireJson;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The models that need no network: the same request makes the same text, token by token, with true usage. */
public final class BuiltinUpstream implements Upstream {
    private static final int MAX_ANSWER_TOKENS = 65_536;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Clock clock;
    private final Duration tokenDelay;

    /** @param tokenDelay the pause before each token of a stream, so that it looks like one */
    public BuiltinUpstream(Clock clock, Duration tokenDelay) {
        this.clock = clock;
        this.tokenDelay = tokenDelay;
    }

    @Override
    public UpstreamStream stream(UpstreamRequest request) throws UpstreamFailure {
        requireFits(request);
        return new Frames(request, answer(request));
    }

    @Override
    public ObjectNode complete(UpstreamRequest request) throws UpstreamFailure {
        requireFits(request);
        BuiltinAnswer answer = answer(request);
        ObjectNode whole = envelope(request, "chat.completion");
        var choices = whole.putArray("choices");
        int count = choices(request.body());
        for (int choice = 0; choice < count; choice++) {
            ObjectNode message = NODES.objectNode().put("role", "assistant");
            if (answer.toolCall() == null) {
                message.put("content", String.join("", answer.tokens()));
            } else {
                message.putNull("content");
                message.putArray("tool_calls").add(answer.toolCall());
            }
            ObjectNode made = choices.addObject().put("index", choice);
            made.set("message", message);
            made.putNull("logprobs").put("finish_reason", answer.finishReason());
        }
        whole.set("usage", usage(request, answer, count));
        return whole;
    }

    @Override
    public ListAnswer list(UpstreamRequest request) throws UpstreamFailure {
        return switch (request.offer().kind()) {
            case EMBEDDING -> BuiltinEmbeddings.answer(request);
            case IMAGE -> BuiltinImages.answer(request, clock);
            case CHAT -> throw new IllegalArgumentException(request.offer().name() + " chats");
        };
    }

    private static void requireFits(UpstreamRequest request) throws UpstreamFailure {
        int limit = request.offer().contextWindow();
        if (InputBound.builtin(request.body()) > limit) {
            throw new UpstreamFailure(
                    UpstreamFailure.Kind.BAD_REQUEST, "The messages are longer than the model's " + limit + " tokens.");
        }
    }

    private static BuiltinAnswer answer(UpstreamRequest request) throws UpstreamFailure {
        BuiltinAnswer answer = BuiltinAnswer.to(request.offer(), request.body());
        if (answer.completionTokens() * choices(request.body()) > MAX_ANSWER_TOKENS) {
            throw new UpstreamFailure(
                    UpstreamFailure.Kind.BAD_REQUEST,
                    "All choices together must have at most " + MAX_ANSWER_TOKENS + " tokens.");
        }
        return answer;
    }

    private ObjectNode envelope(UpstreamRequest request, String object) {
        return NODES.objectNode()
                .put("id", "chatcmpl-" + request.requestId())
                .put("object", object)
                .put("created", clock.instant().getEpochSecond())
                .put("model", request.offer().upstreamId());
    }

    private String frame(UpstreamRequest request, int choice, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = envelope(request, "chat.completion.chunk");
        ObjectNode made = chunk.putArray("choices").addObject().put("index", choice);
        made.set("delta", delta);
        made.putNull("logprobs");
        if (finishReason == null) {
            made.putNull("finish_reason");
        } else {
            made.put("finish_reason", finishReason);
        }
        return WireJson.text(chunk);
    }

    private static ObjectNode usage(UpstreamRequest request, BuiltinAnswer answer, int choices) {
        long prompt = InputBound.builtin(request.body());
        long completion = answer.completionTokens() * choices;
        return NODES.objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }

    private static int choices(JsonNode body) {
        return body.path("n").asInt(1);
    }

    /** The frames of an answer, each made when it is its turn, at a readable pace. */
    private final class Frames implements UpstreamStream {
        private final UpstreamRequest request;
        private final BuiltinAnswer answer;
        private final int choices;
        private int choice;
        private int made;
        private boolean closed;

        Frames(UpstreamRequest request, BuiltinAnswer answer) {
            this.request = request;
            this.answer = answer;
            this.choices = choices(request.body());
        }

        @Override
        public @Nullable String next(Duration patience) throws UpstreamFailure {
            if (!tokenDelay.isZero()) {
                pause();
            }
            if (request.control().cancelled()) {
                throw new UpstreamFailure(UpstreamFailure.Kind.CANCELLED, "The call was stopped.");
            }
            if (closed) {
                return null;
            }
            return choice < choices ? nextOfChoice() : nextOfEnd();
        }

        private String nextOfChoice() {
            int step = made++;
            if (step == 0) {
                ObjectNode opening = NODES.objectNode().put("role", "assistant").put("content", "");
                return frame(request, choice, opening, null);
            }
            if (step <= answer.tokens().size()) {
                ObjectNode word =
                        NODES.objectNode().put("content", answer.tokens().get(step - 1));
                return frame(request, choice, word, null);
            }
            if (answer.toolCall() != null && step == answer.tokens().size() + 1) {
                ObjectNode call = NODES.objectNode();
                call.putArray("tool_calls").add(answer.toolCall().deepCopy().put("index", 0));
                return frame(request, choice, call, null);
            }
            String finish = frame(request, choice, NODES.objectNode(), answer.finishReason());
            choice++;
            made = 0;
            return finish;
        }

        private @Nullable String nextOfEnd() {
            return switch (made++) {
                case 0 -> {
                    ObjectNode last = envelope(request, "chat.completion.chunk");
                    last.putArray("choices");
                    last.set("usage", usage(request, answer, choices));
                    yield WireJson.text(last);
                }
                case 1 -> DONE;
                default -> null;
            };
        }

        @Override
        public void close() {
            closed = true;
        }

        private void pause() throws UpstreamFailure {
            try {
                Thread.sleep(tokenDelay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UpstreamFailure(UpstreamFailure.Kind.CANCELLED, "The call was stopped.");
            }
        }
    }
}
