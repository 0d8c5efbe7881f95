package dev.purser.gateway.metering;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Counts the tokens of a text: exactly where the model's tokenizer is known, else at most that many. Thread-safe. */
@FunctionalInterface
public interface TokenCounter {
    /** No tokenizer makes more than one token of a byte. */
    TokenCounter BYTES = text -> text.getBytes(StandardCharsets.UTF_8).length;

    long count(String text);

    /** @param tokenizer the catalogue's name of it; null: not known */
    static TokenCounter of(@Nullable String tokenizer) {
        return switch (tokenizer) {
            case null -> BYTES;
            case "builtin" -> BuiltinTokens::count;
            case "cl100k_base" -> Known.counter(EncodingType.CL100K_BASE);
            case "o200k_base" -> Known.counter(EncodingType.O200K_BASE);
            default -> throw new IllegalArgumentException("no tokenizer of the name " + tokenizer);
        };
    }

    /** The tables are large and loaded on first use. */
    final class Known {
        /** Above this, counting by bytes is good enough and costs nothing; nasty text takes half a second up to here. */
        private static final int MAX_COUNTED_CHARS = 1 << 18;

        private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

        private Known() {}

        private static TokenCounter counter(EncodingType type) {
            return text -> {
                if (text.length() > MAX_COUNTED_CHARS) {
                    return BYTES.count(text);
                }
                Encoding encoding = REGISTRY.getEncoding(type);
                return encoding.countTokensOrdinary(text);
            };
        }
    }
}
