package dev.purser.app.node;

import java.net.http.HttpHeaders;

/** What came of asking another node. */
sealed interface Reply {

    /** It answered. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Answer(int status, HttpHeaders headers, byte[] body) implements Reply {}

    /** It was not reached: nothing has happened there. */
    record NotSent(Throwable why) implements Reply {}

    /** It was asked and did not answer: it may have done what it was asked to. */
    record Lost(Throwable why) implements Reply {}
}
