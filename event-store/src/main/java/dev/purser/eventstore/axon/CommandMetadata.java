package dev.purser.eventstore.axon;

import dev.purser.eventstore.inline.InlineRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** What travels with a command in its Axon metadata: its stream, rows made from its result, and texts for its events. */
public final class CommandMetadata {

    /** The id of the stream that the command is for, a {@link String}. */
    public static final String STREAM = "purser.stream";

    /**
     * A {@code Function<Object, List<InlineRow>>} from the handler's result to rows that are stored with the command's
     * events, or alone if it made none.
     */
    public static final String ROWS = "purser.rows";

    private CommandMetadata() {}

    /** The metadata of a command message. */
    public static MetaData of(
            String stream, Map<String, String> texts, @Nullable Function<Object, List<InlineRow>> rowsOfResult) {
        Map<String, Object> entries = new HashMap<>(texts);
        entries.put(STREAM, stream);
        if (rowsOfResult != null) {
            entries.put(ROWS, rowsOfResult);
        }
        return MetaData.from(entries);
    }

    /** The texts that the command's events carry: every text but what is for the engine alone. */
    static Map<String, String> texts(MetaData command, MetaData event) {
        Map<String, String> texts = new HashMap<>();
        collect(command, texts);
        collect(event, texts);
        return texts;
    }

    private static void collect(MetaData from, Map<String, String> into) {
        from.forEach((key, value) -> {
            if (value instanceof String text && !key.equals(STREAM)) {
                into.put(key, text);
            }
        });
    }

    /** The rows that belong to the command's result. */
    @SuppressWarnings("unchecked") // the entry's type is part of its contract
    static List<InlineRow> rows(MetaData command, @Nullable Object result) {
        Object function = command.get(ROWS);
        if (function == null) {
            return List.of();
        }
        return ((Function<@Nullable Object, List<InlineRow>>) function).apply(result);
    }
}
