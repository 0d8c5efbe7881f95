package dev.purser.app.wiring;

import dev.purser.payments.job.Rounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/** What is done for payments from time to time: begins when the ledger is open, ends before it closes. */
final class PaymentJobs implements SmartLifecycle {
    private static final int PHASE = LedgerLifecycle.PHASE + 1;

    private final List<Rounds> rounds = new ArrayList<>();
    private final BooleanSupplier turn;
    private volatile boolean running;

    /** @param turn whether it is this node that works now */
    PaymentJobs(BooleanSupplier turn) {
        this.turn = turn;
    }

    /** Before the start only. */
    void add(String name, Runnable work, Duration interval) {
        rounds.add(new Rounds(name, work, turn, interval));
    }

    @Override
    public void start() {
        rounds.forEach(Rounds::start);
        running = true;
    }

    @Override
    public void stop() {
        rounds.forEach(Rounds::close);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
