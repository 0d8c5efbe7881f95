package dev.purser.gateway.chat;

import dev.purser.gateway.upstream.Upstream;
import dev.purser.gateway.upstream.UpstreamFailure;
import dev.purser.gateway.upstream.UpstreamRequest;
import dev.purser.gateway.upstream.UpstreamStream;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream whose first chunk is here: from now on it costs.
 *
 * @param chunks reads what follows
 */
record BegunStream(UpstreamStream stream, ChunkReader chunks, ObjectNode first) {
    /** @throws UpstreamFailure when not even a first chunk comes */
    static BegunStream open(Upstream upstream, UpstreamRequest request, int choices, Duration patience)
            throws UpstreamFailure {
        UpstreamStream stream = upstream.stream(request);
        boolean begun = false;
        try {
            ChunkReader chunks = new ChunkReader(choices);
            ObjectNode first = chunks.next(stream, patience);
            if (first == null) {
                throw new UpstreamFailure(UpstreamFailure.Kind.BROKEN, "The provider's answer is empty.");
            }
            begun = true;
            return new BegunStream(stream, chunks, first);
        } finally {
            if (!begun) {
                stream.close();
            }
        }
    }
}
