package dev.purser.domain.margin;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;

/** Identifies a margin account: an organization has one per mode. */
public record MarginId(OrganizationId organizationId, Mode mode) {
    private static final String LIVE = "ML";
    private static final String TEST = "MT";

    /** The account's stream: "ML" or "MT" and the organization's id. */
    public String streamId() {
        return (mode == Mode.LIVE ? LIVE : TEST) + organizationId.value();
    }

    public static MarginId ofStream(String stream) {
        if (stream.startsWith(LIVE)) {
            return new MarginId(new OrganizationId(stream.substring(LIVE.length())), Mode.LIVE);
        }
        if (stream.startsWith(TEST)) {
            return new MarginId(new OrganizationId(stream.substring(TEST.length())), Mode.TEST);
        }
        throw new IllegalArgumentException("not the stream of a margin account: " + stream);
    }
}
