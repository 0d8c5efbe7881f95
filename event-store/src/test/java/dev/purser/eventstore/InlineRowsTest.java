package dev.purser.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.eventstore.inline.ColumnType;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.InlineTable;
import dev.purser.eventstore.inline.NewEvent;
import dev.purser.eventstore.secret.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InlineRowsTest {

    private static final InlineTable BALANCE = InlineTable.named("inline.balance")
            .key("account", ColumnType.TEXT)
            .value("balance", ColumnType.BIGINT)
            .value("note", ColumnType.TEXT)
            .build();
    private static final InlineTable OWNER = InlineTable.named("inline.owner")
            .key("owner", ColumnType.TEXT)
            .value("account", ColumnType.TEXT)
            .build();

    private static Ledger ledger;

    private final String one = Ids.next("acc");
    private final String two = Ids.next("acc");
    private final String anna = Ids.next("own");

    @BeforeAll
    static void start() {
        TestDatabase database = TestDatabase.create();
        database.execute("create table inline.balance (account text primary key, balance bigint, note text)");
        database.execute("create table inline.owner (owner text primary key, account text not null)");
        database.execute("grant select, insert, update, delete on inline.balance, inline.owner to " + TestDatabase.APP);
        ledger = Ledger.start(database, builder -> builder.inlineProjector(InlineRowsTest::ownerOf));
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    // An owner has one account; accounts of nobody in particular are not claimed.
    private static List<InlineRow> ownerOf(NewEvent event) {
        return event.payload() instanceof Account.Event.AccountOpened opened
                        && !opened.owner().equals("somebody")
                ? List.of(OWNER.claim(opened.owner(), event.stream()))
                : List.of();
    }

    private long credit(String account, long amount, InlineRow... rows) {
        Long balance =
                ledger.engine.send(new Account.Credit(amount, null), account, Map.of(), ignored -> List.of(rows));
        return balance;
    }

    @Test
    void rowsOfAResultAreStoredWithTheEvents() {
        ledger.open(one);
        Long balance = ledger.engine.send(
                new Account.Credit(5, null), one, Map.of(), result -> List.of(BALANCE.upsert(one, result, null)));
        assertThat(balance).isEqualTo(5);
        assertThat(ledger.database.query(
                        "select account, balance, note from inline.balance where account = '" + one + "'"))
                .containsExactly(List.of(one, "5", "null"));
    }

    @Test
    void rowsAreStoredForACommandThatMadeNoEvent() {
        ledger.open(one);
        long head = ledger.engine.log().head();
        Long balance = ledger.engine.send(new Account.Ask(), one, Map.of(), Answers.under("k-" + one));
        assertThat(balance).isZero();
        assertThat(ledger.engine.log().head()).isEqualTo(head);
        assertThat(ledger.database.value(
                        "select convert_from(answer, 'UTF8') from inline.idempotency where idempotency_key = 'k-" + one
                                + "'"))
                .isEqualTo("0");
    }

    @Test
    void aDuplicateClaimFailsItsCommandAloneAndNamesTheKey() {
        ledger.open(one);
        ledger.engine.send(new Account.Credit(1, null), one, Map.of(), Answers.under("k1"));
        assertThatThrownBy(() -> ledger.engine.send(new Account.Credit(2, null), one, Map.of(), Answers.under("k1")))
                .isInstanceOfSatisfying(UniqueClaimViolated.class, violated -> {
                    assertThat(violated.table()).isEqualTo("inline.idempotency");
                    assertThat(violated.key()).isEqualTo(List.of("test", "k1"));
                });
        assertThat(ledger.balance(one)).isEqualTo(1);
    }

    @Test
    void ofCommandsWithOneKeyInOneFlushOneSucceedsAndTheOthersOfTheFlushAreStored() throws Exception {
        ledger.open(one);
        ledger.open(two);
        ledger.engine.send(new Account.Credit(1, null), one, Map.of(), Answers.under("old"));
        List<CompletableFuture<Long>> same = new ArrayList<>();
        List<CompletableFuture<Long>> others = new ArrayList<>();
        CompletableFuture<Long> old;
        try (Stall stall = new Stall(ledger.database)) {
            CompletableFuture<Long> first = ledger.engine.dispatch(new Account.Credit(1, null), two, Map.of(), null);
            Thread.sleep(50);
            for (int i = 0; i < 10; i++) {
                same.add(ledger.engine.dispatch(new Account.Credit(10, null), one, Map.of(), Answers.under("same")));
                others.add(
                        ledger.engine.dispatch(new Account.Credit(1, null), one, Map.of(), Answers.under("other" + i)));
            }
            old = ledger.engine.dispatch(new Account.Credit(100, null), one, Map.of(), Answers.under("old"));
            Thread.sleep(300);
            stall.release();
            first.get();
        }
        for (CompletableFuture<Long> other : others) {
            other.get();
        }
        assertThat(same.stream().filter(answer -> succeeded(answer)).count()).isEqualTo(1);
        assertThat(succeeded(old)).isFalse();
        assertThat(ledger.balance(one)).isEqualTo(1 + 10 + 10);
        Audit.of(ledger.engine.log(), ledger.engine.codec());
    }

    private static boolean succeeded(CompletableFuture<Long> answer) {
        try {
            answer.join();
            return true;
        } catch (RuntimeException e) {
            assertThat(e).hasCauseInstanceOf(UniqueClaimViolated.class);
            return false;
        }
    }

    @Test
    void projectedClaimsRefuseASecondAccountOfAnOwner() {
        ledger.send(new Account.Open(anna), one);
        assertThatThrownBy(() -> ledger.send(new Account.Open(anna), two)).isInstanceOf(UniqueClaimViolated.class);
        assertThat(ledger.engine.log().stream(two)).isEmpty();
        assertThat(ledger.database.query("select owner, account from inline.owner where owner = '" + anna + "'"))
                .containsExactly(List.of(anna, one));
    }

    @Test
    void aReleasedKeyCanBeClaimedAgainInTheSameFlushAndLater() {
        ledger.send(new Account.Open(anna), one);
        credit(one, 1, OWNER.release(anna));
        assertThat(ledger.database.query("select owner from inline.owner where owner = '" + anna + "'"))
                .isEmpty();
        ledger.send(new Account.Open(anna), two);
        credit(two, 1, OWNER.release(anna), OWNER.claim(anna, "acc3"));
        assertThat(ledger.database.query("select owner, account from inline.owner where owner = '" + anna + "'"))
                .containsExactly(List.of(anna, "acc3"));
    }

    @Test
    void changesOfOneRowInOneFlushTakeEffectInTheOrderOfTheCommands() throws Exception {
        ledger.open(one);
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        try (Stall stall = new Stall(ledger.database)) {
            InlineRow[] changes = {
                OWNER.claim(anna, one),
                OWNER.upsert(anna, two),
                OWNER.update(List.of(anna), Map.of("account", "acc3")),
                OWNER.release(anna),
                OWNER.claim(anna, "acc4"),
                OWNER.update(List.of(anna), Map.of("account", "acc5")),
                OWNER.update(List.of(anna), Map.of("account", "acc6")),
            };
            for (InlineRow change : changes) {
                int inFlight = answers.size();
                answers.add(
                        ledger.engine.dispatch(new Account.Credit(1, null), one, Map.of(), ignored -> List.of(change)));
                // One after the other into the queue: the order of the commands is the order of their credits.
                while (ledger.engine.commandsInFlight() <= inFlight) {
                    Thread.sleep(1);
                }
            }
            stall.release();
        }
        for (CompletableFuture<Long> answer : answers) {
            answer.get();
        }
        assertThat(ledger.database.query("select owner, account from inline.owner where owner = '" + anna + "'"))
                .containsExactly(List.of(anna, "acc6"));
    }

    @Test
    void anUpdateChangesTheNamedColumnsOnly() {
        ledger.open(one);
        credit(one, 1, BALANCE.upsert(one, 1L, "first"));
        credit(one, 1, BALANCE.update(List.of(one), Map.of("balance", 2L)));
        assertThat(ledger.database.query("select balance, note from inline.balance where account = '" + one + "'"))
                .containsExactly(List.of("2", "first"));
    }

    @Test
    void rowsThatTheDatabaseRefusesFailTheirCommandAlone() throws Exception {
        ledger.open(one);
        ledger.open(two);
        ledger.database.execute("alter table inline.balance add check (balance < 5000)");
        List<CompletableFuture<Long>> good = new ArrayList<>();
        CompletableFuture<Long> bad;
        try (Stall stall = new Stall(ledger.database)) {
            good.add(ledger.engine.dispatch(new Account.Credit(1, null), two, Map.of(), null));
            Thread.sleep(50);
            for (int i = 0; i < 5; i++) {
                good.add(ledger.engine.dispatch(new Account.Credit(1, null), two, Map.of(), null));
            }
            bad = ledger.engine.dispatch(
                    new Account.Credit(1, null), one, Map.of(), ignored -> List.of(BALANCE.upsert(one, 5000L, "")));
            for (int i = 0; i < 5; i++) {
                good.add(ledger.engine.dispatch(new Account.Credit(1, null), two, Map.of(), null));
            }
            Thread.sleep(300);
            stall.release();
        }
        for (CompletableFuture<Long> answer : good) {
            answer.get();
        }
        assertThatThrownBy(bad::join).hasCauseInstanceOf(LedgerUnavailable.class);
        assertThat(ledger.balance(one)).isZero();
        assertThat(ledger.balance(two)).isEqualTo(11);
    }

    @Test
    void valuesOfTheWrongTypeAreRefusedWhereTheRowIsMade() {
        assertThatThrownBy(() -> BALANCE.upsert(one, "five", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BALANCE.upsert(null, 5L, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OWNER.claim("a\0b", one)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BALANCE.update(List.of(one), Map.of("unknown", 1L)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
