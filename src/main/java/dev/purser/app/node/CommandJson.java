package dev.purser.app.node;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.Ledger.Cause;
import dev.purser.domain.Ledger.Forget;
import dev.purser.domain.Ledger.Remember;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.LedgerCommands;
import dev.purser.domain.LedgerUnavailable;
import dev.purser.domain.Rejected;
import dev.purser.domain.Rejection;
import dev.purser.eventstore.codec.JsonEventCodec;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands and their outcomes as nodes tell them each other: JSON under the short names of the records. Unknown properties
 * are ignored, because the other node may be of a newer version. Thread-safe.
 */
final class CommandJson {
    private static final JsonMapper MAPPER = JsonEventCodec.mapper();
    private static final Map<String, Class<?>> COMMANDS = byName(LedgerCommands.types().stream());
    private static final Map<String, Class<?>> REJECTIONS = byName(Stream.of(Rejection.class.getPermittedSubclasses()));

    private CommandJson() {}

    /** A command as it is sent on. */
    record Request(
            LedgerCommand<?> command,
            Cause cause,
            @Nullable Remember<?> remember,
            @Nullable Forget forget) {}

    private record Envelope(
            String type,
            JsonNode command,
            Cause cause,
            @Nullable Answer remember,
            @Nullable Forget forget) {
        Envelope {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(command, "command");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /** What of a {@link Remember} can be told. */
    private record Answer(String scope, String key, byte[] requestHash, int status, byte[] answer) {
        static Answer of(Remember<?> remember) {
            byte[] bytes = remember.constantAnswer()
                    .orElseThrow(() -> new IllegalStateException(
                            "an answer that is made of the result can only be stored by the node that decides"));
            return new Answer(remember.scope(), remember.key(), remember.requestHash(), remember.status(), bytes);
        }

        Remember<?> toRemember() {
            return Remember.constant(scope, key, requestHash, status, answer);
        }
    }

    /** Told by a newer version, or not in JSON at all. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static byte[] request(Request request) {
        return MAPPER.writeValueAsBytes(new Envelope(
                request.command().getClass().getSimpleName(),
                MAPPER.valueToTree(request.command()),
                request.cause(),
                request.remember() == null ? null : Answer.of(request.remember()),
                request.forget()));
    }

    /** Fails with {@link Unreadable} for a command that this version does not know. */
    static Request request(byte[] json) {
        try {
            Envelope envelope = MAPPER.readerFor(Envelope.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(json);
            if (envelope == null) {
                throw new Unreadable("there is no command", null);
            }
            Class<?> type = COMMANDS.get(envelope.type());
            if (type == null) {
                throw new Unreadable("this version has no command " + envelope.type(), null);
            }
            LedgerCommand<?> command = (LedgerCommand<?>) MAPPER.treeToValue(envelope.command(), type);
            Answer remember = envelope.remember();
            return new Request(
                    command, envelope.cause(), remember == null ? null : remember.toRemember(), envelope.forget());
        } catch (JacksonException e) {
            throw new Unreadable("the command cannot be read", e);
        }
    }

    static byte[] answered(Object result) {
        return outcome("answered", MAPPER.valueToTree(result));
    }

    /** Null for a failure that nodes have no words for. */
    static byte @Nullable [] failed(RuntimeException failure) {
        return switch (failure) {
            case Rejected rejected -> {
                ObjectNode named = MAPPER.createObjectNode();
                Rejection rejection = rejected.rejection();
                named.set(rejection.getClass().getSimpleName(), MAPPER.valueToTree(rejection));
                yield outcome("rejected", named);
            }
            case ClaimTaken taken -> outcome("taken", MAPPER.valueToTree(taken.table()));
            case LedgerUnavailable unavailable ->
                outcome(
                        unavailable.outcomeKnown() ? "unavailable" : "unknown",
                        MAPPER.valueToTree(unavailable.getMessage()));
            default -> null;
        };
    }

    /** The outcome of a command: its result, or what its sender is to be thrown. */
    static <R> Outcome<R> outcome(LedgerCommand<R> command, byte[] json) {
        try {
            Map.Entry<String, JsonNode> told = onlyProperty(MAPPER.readTree(json));
            JsonNode value = told.getValue();
            return switch (told.getKey()) {
                case "answered" -> new Outcome.Answered<>(MAPPER.treeToValue(value, resultType(command)));
                case "rejected" -> new Outcome.Refused<>(rejection(value).asException());
                case "taken" -> new Outcome.Refused<>(new ClaimTaken(value.asString()));
                case "unavailable" ->
                    new Outcome.Refused<>(new LedgerUnavailable(value.asString(), true, new FromLeader()));
                default -> new Outcome.Doubtful<>(new FromLeader());
            };
        } catch (JacksonException | IllegalArgumentException e) {
            // It was decided, and this version cannot read how.
            return new Outcome.Doubtful<>(e);
        }
    }

    private static Rejection rejection(JsonNode named) {
        Map.Entry<String, JsonNode> told = onlyProperty(named);
        Class<?> type = REJECTIONS.get(told.getKey());
        if (type == null) {
            return new Rejection.Unknown(told.getKey());
        }
        return (Rejection) MAPPER.treeToValue(told.getValue(), type);
    }

    private static Map.Entry<String, JsonNode> onlyProperty(JsonNode object) {
        return object.properties().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an object with one property was expected"));
    }

    /** The R of the command's {@code LedgerCommand<R>}. */
    private static JavaType resultType(LedgerCommand<?> command) {
        return MAPPER.getTypeFactory()
                .constructType(command.getClass())
                .findSuperType(LedgerCommand.class)
                .containedType(0);
    }

    private static byte[] outcome(String kind, JsonNode value) {
        return MAPPER.writeValueAsBytes(MAPPER.createObjectNode().set(kind, value));
    }

    private static Map<String, Class<?>> byName(Stream<Class<?>> types) {
        return types.collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    }

    /** Stands for what went wrong on the leader, which has it in its own log. */
    static final class FromLeader extends Exception {
        private static final long serialVersionUID = 1L;

        FromLeader() {
            super("told by the node that leads", null, false, false);
        }
    }
}
