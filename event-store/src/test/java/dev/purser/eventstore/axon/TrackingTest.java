package dev.purser.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.SampleLedger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger through Axon's own reading interfaces. */
class TrackingTest {

    private SampleLedger ledger;
    private EventStore store;

    @BeforeEach
    void start() {
        ledger = new SampleLedger();
        store = ledger.eventStore();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void aTailingStreamDeliversInOrderRightAfterTheCommit() throws Exception {
        ledger.open("acc1");
        try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
            assertThat(stream.nextAvailable().trackingToken().position()).hasValue(1);
            // Reaches the end, and from there on waits to be woken.
            assertThat(stream.hasNextAvailable(50, TimeUnit.MILLISECONDS)).isFalse();
            for (int i = 2; i <= 6; i++) {
                ledger.credit("acc1", i);
                long before = System.nanoTime();
                TrackedEventMessage<?> next = stream.nextAvailable();
                assertThat(next.trackingToken().position()).hasValue(i);
                assertThat(next).isInstanceOf(DomainEventMessage.class);
                assertThat(next.getMetaData().get("actor")).isEqualTo("test");
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
                        .isLessThan(900);
            }
        }
    }

    @Test
    void aStreamContinuesAfterAToken() throws Exception {
        ledger.open("acc1");
        ledger.credit("acc1", 1);
        ledger.credit("acc1", 2);
        try (BlockingStream<TrackedEventMessage<?>> all = store.openStream(null)) {
            TrackedEventMessage<?> first = all.nextAvailable();
            try (BlockingStream<TrackedEventMessage<?>> rest = store.openStream(first.trackingToken())) {
                assertThat(rest.nextAvailable().trackingToken().position()).hasValue(2);
            }
        }
        assertThat(store.createHeadToken().position()).hasValue(3);
        assertThat(store.createTailToken()).isNull();
    }

    @Test
    void anAggregatesEventsAreReadWithTheirSequence() {
        ledger.open("acc1");
        ledger.credit("acc1", 1);
        List<? extends DomainEventMessage<?>> events =
                store.readEvents("acc1").asStream().toList();
        assertThat(events).extracting(DomainEventMessage::getSequenceNumber).containsExactly(0L, 1L);
        assertThat(store.lastSequenceNumberFor("acc1")).hasValue(1L);
        assertThat(store.lastSequenceNumberFor("none")).isEmpty();
    }
}
