package dev.purser.eventstore;

import org.axonframework.eventsourcing.eventstore.EventStore;

/** The ledger of accounts for tests of other packages. */
public final class SampleLedger implements AutoCloseable {

    private final Ledger ledger = Ledger.start();

    /** Axon's view of the log. */
    public EventStore eventStore() {
        return ledger.engine.eventStore();
    }

    /** Opens an account. */
    public void open(String account) {
        ledger.open(account);
    }

    /** Credits an account. */
    public long credit(String account, long amount) {
        return ledger.credit(account, amount);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
