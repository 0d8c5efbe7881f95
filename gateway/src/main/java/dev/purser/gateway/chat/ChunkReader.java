package dev.purser.gateway.chat;

import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.gateway.upstream.UpstreamFailures;
import dev.purser.gateway.upstream.UpstreamStream;
import dev.purser.gateway.wire.WireJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the chunks of one answer up to its proper end, and tells a proper end from a broken stream. */
final class ChunkReader {
    private final int choices;
    private int finished;
    private boolean usageSeen;
    private boolean over;

    ChunkReader(int choices) {
        this.choices = choices;
    }

    /** Null at the proper end. */
    @Nullable
    ObjectNode next(UpstreamStream stream, Duration patience) throws UpstreamFailure {
        if (over) {
            return null;
        }
        String data = stream.next(patience);
        if (data == null && !(finished >= choices || usageSeen)) {
            throw new UpstreamFailure(UpstreamFailure.Kind.BROKEN, "The provider broke the answer off.");
        }
        if (data == null || data.strip().equals(UpstreamStream.DONE)) {
            over = true;
            return null;
        }
        ObjectNode chunk = parse(data);
        JsonNode error = chunk.path("error");
        if (error.isObject() || error.isString()) {
            throw UpstreamFailures.inAnswer(error);
        }
        finished += Chunk.finished(chunk);
        usageSeen |= Chunk.carriesOnlyUsage(chunk);
        return chunk;
    }

    private static ObjectNode parse(String data) throws UpstreamFailure {
        try {
            if (WireJson.parse(data) instanceof ObjectNode chunk) {
                return chunk;
            }
        } catch (WireJson.NotJson e) {
            throw new UpstreamFailure(UpstreamFailure.Kind.BROKEN, "The provider's answer makes no sense.");
        }
        throw new UpstreamFailure(UpstreamFailure.Kind.BROKEN, "The provider's answer makes no sense.");
    }
}
