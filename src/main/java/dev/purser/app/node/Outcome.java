package dev.purser.app.node;

/** What came of one try to have a command decided. */
sealed interface Outcome<R> {

    record Answered<R>(R result) implements Outcome<R> {}

    /** The ledger's own refusal, whatever node told it. */
    record Refused<R>(RuntimeException refusal) implements Outcome<R> {}

    /** Nothing was stored: it may be tried elsewhere. */
    record NotStored<R>(Throwable why) implements Outcome<R> {}

    /** It may have been stored. */
    record Doubtful<R>(Throwable why) implements Outcome<R> {}
}
