package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.Account.TooLittle;
import dev.purser.eventstore.log.StoredEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerEngineTest {

    private Ledger ledger;

    @BeforeAll
    void start() {
        ledger = Ledger.start();
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void answersFromTheAggregateAndStoresWhatItDecided() {
        ledger.open("acc1");
        assertThat(ledger.credit("acc1", 100)).isEqualTo(100);
        assertThat(ledger.debit("acc1", 30)).isEqualTo(70);

        List<StoredEvent> events = ledger.engine.log().stream("acc1");
        assertThat(events)
                .extracting(event -> event.decode(ledger.engine.codec()))
                .containsExactly(
                        new Account.Event.AccountOpened("somebody"),
                        new Account.Event.AccountCredited(100, null),
                        new Account.Event.AccountDebited(30, null));
        assertThat(events).extracting(StoredEvent::metadataMap).containsOnly(Map.of("actor", "test"));
        assertThat(events).allMatch(StoredEvent::isIntact);
    }

    @Test
    void refusesWithTheHandlersOwnException() {
        ledger.open("acc2");
        assertThatThrownBy(() -> ledger.debit("acc2", 1)).isInstanceOf(TooLittle.class);
        assertThat(ledger.balance("acc2")).isZero();
    }
}
