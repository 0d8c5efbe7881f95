package dev.purser.domain.payout;

/** Where the money of a payout is. */
public enum PayoutStatus {
    /** Reserved; whether it was transferred is not known yet. */
    IN_FLIGHT("in_flight"),
    PAID("paid"),
    /** Back on the margin account. */
    FAILED("failed");

    private final String wireName;

    PayoutStatus(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
