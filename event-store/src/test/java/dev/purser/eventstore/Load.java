package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.Account.TooLittle;
import dev.purser.eventstore.Outcome.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.axonframework.modelling.command.ConcurrencyException;

/** Callers that send commands to accounts, each with a reference of its own, until they are told to stop. */
final class Load {

    static final int CALLERS = 128;
    static final int ACCOUNTS = 50;

    /** How long chaos lasts where it is not given by something that must have happened. */
    static final Duration LASTING = Duration.ofSeconds(Long.getLong("purser.chaos.seconds", 3));

    private final LedgerEngine engine;
    private final Consumer<Outcome> outcomes;
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean over;

    private Load(LedgerEngine engine, Consumer<Outcome> outcomes) {
        this.engine = engine;
        this.outcomes = outcomes;
    }

    /** Opens the accounts and starts the callers; references begin with the given text. */
    static Load start(LedgerEngine engine, long seed, String prefix, Consumer<Outcome> outcomes) {
        for (int account = 0; account < ACCOUNTS; account++) {
            openWhateverHappens(engine, "acc" + account);
        }
        Load load = new Load(engine, outcomes);
        for (int caller = 0; caller < CALLERS; caller++) {
            SplittableRandom random = new SplittableRandom(seed + caller);
            String references = prefix + "c" + caller + "-";
            load.callers.add(Thread.startVirtualThread(() -> load.call(references, random)));
        }
        return load;
    }

    private static void openWhateverHappens(LedgerEngine engine, String account) {
        while (true) {
            try {
                engine.send(new Account.Open("somebody"), account, Map.of(), null);
                return;
            } catch (OutcomeUnknown | LedgerUnavailable | ConcurrencyException e) {
                // Opening is idempotent.
            }
        }
    }

    private void call(String references, SplittableRandom random) {
        for (int i = 0; !over; i++) {
            command(references + i, random);
        }
    }

    /** Lets the callers end and waits until each has got its answer. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread caller : callers) {
            assertThat(caller.join(Duration.ofSeconds(60)))
                    .as("every caller is answered")
                    .isTrue();
        }
    }

    private void command(String reference, SplittableRandom random) {
        String account = "acc" + random.nextInt(ACCOUNTS);
        Object command = random.nextInt(3) == 0
                ? new Account.Credit(random.nextInt(20), reference)
                : new Account.Debit(random.nextInt(20), reference);
        boolean keyed = random.nextInt(4) == 0;
        boolean repeated = false;
        while (true) {
            Outcome outcome = outcome(command, reference, account, keyed);
            if (outcome.kind() == Kind.FOUND_DONE && !repeated) {
                outcome = new Outcome(Kind.SURPRISE, reference, account, 0);
            }
            // What the second sending came to tells of the first only if it was successful.
            if (!repeated || outcome.kind() == Kind.ACKNOWLEDGED || outcome.kind() == Kind.FOUND_DONE) {
                outcomes.accept(outcome);
            }
            if (outcome.kind() != Kind.UNKNOWN || !keyed || over) {
                return;
            }
            repeated = true;
        }
    }

    private Outcome outcome(Object command, String reference, String account, boolean keyed) {
        try {
            Long balance = engine.send(command, account, Map.of(), keyed ? Answers.under(reference) : null);
            return new Outcome(Kind.ACKNOWLEDGED, reference, account, balance);
        } catch (TooLittle refusal) {
            return new Outcome(Kind.REFUSED, reference, account, refusal.balance());
        } catch (UniqueClaimViolated done) {
            return new Outcome(Kind.FOUND_DONE, reference, account, 0);
        } catch (OutcomeUnknown e) {
            return new Outcome(Kind.UNKNOWN, reference, account, 0);
        } catch (ConcurrencyException | LedgerUnavailable | LedgerOverloaded e) {
            pauseAMoment();
            return new Outcome(Kind.FAILED, reference, account, 0);
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            return new Outcome(Kind.SURPRISE, reference, account, 0);
        }
    }

    // As a caller does who is told to come back a little later.
    private static void pauseAMoment() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
