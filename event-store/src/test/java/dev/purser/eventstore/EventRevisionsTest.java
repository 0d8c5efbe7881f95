package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.Account.Event.AccountCredited;
import dev.purser.eventstore.Account.Event.AccountDebited;
import dev.purser.eventstore.Account.Event.AccountOpened;
import dev.purser.eventstore.codec.EncodedEvent;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.codec.EventTypes;
import dev.purser.eventstore.codec.JsonEventCodec;
import dev.purser.eventstore.codec.PayloadDictionary;
import dev.purser.eventstore.codec.UnknownEventType;
import dev.purser.eventstore.codec.Upcasters;
import dev.purser.eventstore.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log written by an older and by a newer version of the software. */
class EventRevisionsTest {

    private static final EventTypes TYPES_NOW = EventTypes.builder()
            .add(AccountOpened.class)
            .add(AccountDebited.class)
            .add(AccountCredited.class, "AccountCredited", 3)
            .build();

    // Once the amount was called value and was a text.
    private static final Upcasters STEPS = Upcasters.builder()
            .add("AccountCredited", 1, json -> {
                json.set("amount", json.remove("value"));
                return json;
            })
            .add(
                    "AccountCredited",
                    2,
                    json -> json.put("amount", Long.parseLong(json.get("amount").stringValue())))
            .build(TYPES_NOW);

    private Ledger ledger;

    @BeforeEach
    void start() {
        ledger = Ledger.start();
        ledger.open("acc1");
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    /** Credits as a version wrote them that had this name, revision and form. */
    private record WrittenAs(String type, int revision, String form) implements EventCodec {

        private static final EventCodec NOW = new JsonEventCodec(Account.EVENTS);

        @Override
        public EncodedEvent encode(Object event) {
            return event instanceof AccountCredited credited
                    ? new EncodedEvent(
                            type,
                            (short) revision,
                            form.formatted(credited.amount()).getBytes(StandardCharsets.UTF_8))
                    : NOW.encode(event);
        }

        @Override
        public Object decode(String type, short revision, byte[] payload) {
            return NOW.decode(type, revision, payload);
        }

        @Override
        public Class<?> typeOf(String type, short revision) {
            return NOW.typeOf(type, revision);
        }
    }

    private void creditBy(WrittenAs version, long amount) {
        run(version);
        ledger.credit("acc1", amount);
    }

    private void run(EventCodec codec) {
        ledger.engine.stop();
        ledger.engine = ledger.newEngine(builder -> builder.codec(codec));
        ledger.engine.start();
    }

    @Test
    void anOldRevisionIsReadByAggregateAndReaderAndStaysAsItIsStored() {
        creditBy(new WrittenAs("AccountCredited", 1, "{\"value\":\"%d\"}"), 5);
        List<StoredEvent> before = ledger.engine.log().stream("acc1");

        run(new JsonEventCodec(TYPES_NOW, STEPS, PayloadDictionary.none()));

        assertThat(ledger.credit("acc1", 7)).isEqualTo(12);
        List<StoredEvent> after = ledger.engine.log().stream("acc1");
        assertThat(after)
                .extracting(event -> event.decode(ledger.engine.codec()))
                .containsExactly(
                        new AccountOpened("somebody"), new AccountCredited(5, null), new AccountCredited(7, null));
        assertThat(after).extracting(StoredEvent::revision).containsExactly((short) 1, (short) 1, (short) 3);
        assertThat(after).allMatch(StoredEvent::isIntact);
        assertThat(after.get(1).payload()).isEqualTo(before.get(1).payload());
        assertThat(after.get(1).contentHash()).isEqualTo(before.get(1).contentHash());
        assertThat(ledger.engine.codec().typeOf("AccountCredited", (short) 1)).isEqualTo(AccountCredited.class);
    }

    @Test
    void aStreamWithAnEventOfANewerVersionIsRefusedClearlyAndNothingIsStored() {
        creditBy(new WrittenAs("AccountCredited", 4, "{\"much\":%d}"), 5);
        ledger.open("acc2");

        run(new JsonEventCodec(TYPES_NOW, STEPS, PayloadDictionary.none()));

        assertThatThrownBy(() -> ledger.credit("acc1", 1))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("stream acc1")
                .hasMessageContaining("AccountCredited, revision 4")
                .hasMessageContaining("written by a newer version")
                .hasRootCauseInstanceOf(UnknownEventType.class);
        assertThat(ledger.engine.log().stream("acc1")).hasSize(2);
        assertThat(ledger.credit("acc2", 1))
                .as("other streams are as they were")
                .isEqualTo(1);
    }

    @Test
    void aStreamWithAnEventOfAnUnknownNameIsRefusedClearly() {
        creditBy(new WrittenAs("AccountBlessed", 1, "{\"much\":%d}"), 5);

        ledger.restart();

        assertThatThrownBy(() -> ledger.balance("acc1"))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("AccountBlessed, revision 1");
    }
}
