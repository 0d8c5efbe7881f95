package dev.purser.projection.books;

import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.LogStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The events of the log that post to accounts, read a page at a time: however long the log and however slow the taker, memory
 * stays small and no connection is held meanwhile. Thread-safe.
 */
public final class MoneyLog {
    private static final int PAGE_EVENTS = 5_000;

    private final LogStream log;
    private final EventCodec codec;

    /** An event and what it posted, which is never nothing. */
    public record MoneyEvent(
            long position, String stream, UUID eventId, Instant recordedAt, String type, Amounts amounts) {}

    /** Takes the events in order. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        void take(MoneyEvent event) throws E;
    }

    public MoneyLog(DataSource dataSource, EventCodec codec) {
        this.log = new LogStream(dataSource);
        this.codec = codec;
    }

    /**
     * Reads the events after one position up to another.
     *
     * @param wanted which of the streams of a page are read at all; asked once per page
     */
    public <E extends Exception> void read(long after, long upTo, UnaryOperator<Set<String>> wanted, Taker<E> taker)
            throws E {
        for (long from = after; from < upTo; from += PAGE_EVENTS) {
            List<LogStream.Entry> page = page(from, Math.min(upTo, from + PAGE_EVENTS));
            Set<String> streams = new HashSet<>();
            page.forEach(entry -> streams.add(entry.stream()));
            Set<String> ours = wanted.apply(streams);
            for (LogStream.Entry entry : page) {
                if (ours.contains(entry.stream())) {
                    take(entry, taker);
                }
            }
        }
    }

    private <E extends Exception> void take(LogStream.Entry entry, Taker<E> taker) throws E {
        Amounts amounts = Amounts.of(codec.decode(entry.type(), entry.revision(), entry.payload()));
        if (!amounts.isEmpty()) {
            taker.take(new MoneyEvent(
                    entry.position(), entry.stream(), entry.eventId(), entry.recordedAt(), entry.type(), amounts));
        }
    }

    private List<LogStream.Entry> page(long after, long upTo) {
        List<LogStream.Entry> entries = new ArrayList<>();
        try {
            log.read(after, upTo, PAGE_EVENTS, chunk -> entries.addAll(chunk.entries()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log was read", e);
        }
        return entries;
    }
}
