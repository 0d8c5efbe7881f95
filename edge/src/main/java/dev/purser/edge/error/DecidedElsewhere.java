package dev.purser.edge.error;

/**
 * This node may not answer the request, because another began to lead while it was at work. Nothing that must not happen
 * twice has happened. It is no answer: whatever relays requests between nodes catches it and asks the node that leads.
 */
public final class DecidedElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecidedElsewhere() {
        super("another node leads", null, false, false);
    }
}
