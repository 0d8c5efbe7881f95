package dev.purser.domain.customer;

/** Whether a customer may spend; a deleted one is a name no more, only its money history. */
public enum CustomerStatus {
    ACTIVE("active"),
    BLOCKED("blocked"),
    DELETED("deleted");

    private final String wireName;

    CustomerStatus(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
