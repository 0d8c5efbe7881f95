package dev.purser.projection.request;

/** How far a metered call has come. */
public enum RequestStatus {
    /** Under way. */
    HELD("held"),
    /** Billed. */
    SETTLED("settled"),
    /** Failed before anything was used. */
    RELEASED("released"),
    /** Never heard of again; a late bill still settles it. */
    EXPIRED("expired");

    private final String wireName;

    RequestStatus(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
