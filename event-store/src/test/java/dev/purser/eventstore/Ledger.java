package dev.purser.eventstore;

import dev.purser.eventstore.codec.JsonEventCodec;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An engine with accounts on a database of its own, in the words of the tests. */
public final class Ledger implements AutoCloseable {

    final TestDatabase database;
    LedgerEngine engine;
    private final UnaryOperator<LedgerEngineBuilder> settings;

    private Ledger(TestDatabase database, UnaryOperator<LedgerEngineBuilder> settings) {
        this.database = database;
        this.settings = settings;
        this.engine = newEngine();
        engine.start();
    }

    static Ledger start() {
        return start(builder -> builder);
    }

    static Ledger start(UnaryOperator<LedgerEngineBuilder> settings) {
        return start(TestDatabase.create(), settings);
    }

    static Ledger start(TestDatabase database, UnaryOperator<LedgerEngineBuilder> settings) {
        return new Ledger(database, settings);
    }

    LedgerEngine newEngine() {
        return newEngine(builder -> builder);
    }

    /** An engine on the same database with further settings. */
    LedgerEngine newEngine(UnaryOperator<LedgerEngineBuilder> more) {
        return more.apply(settings.apply(LedgerEngine.builder()
                        .reads(database.reads())
                        .writes(database.writes())
                        .codec(new JsonEventCodec(Account.EVENTS))
                        .registerAggregate(Account.class, Account::new, Account.SNAPSHOTS)))
                .build();
    }

    /** Stops the engine and starts another one on the same database. */
    void restart() {
        engine.stop();
        engine = newEngine();
        engine.start();
    }

    long open(String account) {
        return send(new Account.Open("somebody"), account);
    }

    long credit(String account, long amount) {
        return send(new Account.Credit(amount, null), account);
    }

    long debit(String account, long amount) {
        return send(new Account.Debit(amount, null), account);
    }

    long balance(String account) {
        return send(new Account.Ask(), account);
    }

    long send(Object command, String account) {
        Long answer = engine.send(command, account, Map.of("actor", "test"), null);
        return answer;
    }

    @Override
    public void close() {
        engine.stop();
        database.close();
    }
}
