package dev.purser.eventstore.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.eventstore.UniqueClaimViolated;
import dev.purser.eventstore.append.Append;
import dev.purser.eventstore.append.QueuedEvent;
import dev.purser.eventstore.append.StreamHead;
import dev.purser.eventstore.append.StreamPart;
import dev.purser.eventstore.append.StreamTail;
import dev.purser.eventstore.inline.ColumnType;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.InlineTable;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** What follows what is stored, and what does not. */
class JudgeTest {

    private static final InlineTable NAME =
            InlineTable.named("inline.name").key("name", ColumnType.TEXT).build();

    private final DurableHeads durable = new DurableHeads(100);
    private final Judge judge = new Judge(durable);
    private final WriterLink noDatabase = new WriterLink(
            () -> {
                throw new SQLException("no test of the judge needs a database");
            },
            Clock.systemUTC(),
            null);

    private static byte[] hash(int fill) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) fill);
        return hash;
    }

    private static StreamHead head(long sequence, int hash) {
        return new StreamHead(sequence, hash(hash));
    }

    /** A part that follows a head with one event of another hash. */
    private static StreamPart part(String stream, StreamHead expected, int newHash) {
        QueuedEvent event = new QueuedEvent(expected.sequence() + 1, new UUID(0, newHash), hash(newHash), new byte[0]);
        return new StreamPart(new StreamTail(stream, expected), expected, List.of(event));
    }

    private static StreamPart read(String stream, StreamHead expected) {
        return new StreamPart(new StreamTail(stream, expected), expected, List.of());
    }

    private static Append append(StreamPart... parts) {
        return new Append(List.of(parts), List.of());
    }

    private static Append append(InlineRow row) {
        return new Append(List.of(), List.of(row));
    }

    private FlushPlan judged(Append... appends) throws SQLException {
        return judge.judge(List.of(appends), Map.of(), true, noDatabase);
    }

    @Test
    void acceptsWhatFollowsTheDurableHeadAndWhatIsChainedBehindIt() throws SQLException {
        durable.putAll(Map.of("a", head(4, 4)));
        Append first = append(part("a", head(4, 4), 5));
        Append second = append(part("a", head(5, 5), 6));
        FlushPlan plan = judged(first, second);
        assertThat(plan.accepted).containsExactly(first, second);
        assertThat(plan.heads)
                .hasEntrySatisfying(
                        "a", now -> assertThat(now.isSameAs(head(6, 6))).isTrue());
    }

    @Test
    void refusesTheRightNumberAfterAnotherEvent() throws SQLException {
        durable.putAll(Map.of("a", head(4, 4)));
        Append stale = append(part("a", head(4, 99), 5));
        FlushPlan plan = judged(stale);
        assertThat(plan.accepted).isEmpty();
        assertThat(plan.refused.get(stale)).isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void refusesWhatIsChainedBehindARefusedOneAndKeepsTheHead() throws SQLException {
        durable.putAll(Map.of("a", head(4, 4)));
        Append stale = append(part("a", head(3, 3), 44));
        Append behind = append(part("a", head(4, 44), 45));
        Append sound = append(part("a", head(4, 4), 5));
        FlushPlan plan = judged(stale, behind, sound);
        assertThat(plan.refused).containsOnlyKeys(stale, behind);
        assertThat(plan.accepted).containsExactly(sound);
    }

    @Test
    void acceptsSeveralStreamsWholeOrNotAtAll() throws SQLException {
        durable.putAll(Map.of("a", head(4, 4), "b", head(7, 7)));
        Append whole = append(part("a", head(4, 4), 5), part("b", head(7, 7), 8));
        Append half = append(part("a", head(5, 5), 6), part("b", head(7, 7), 9));
        Append alone = append(part("a", head(5, 5), 7));
        FlushPlan plan = judged(whole, half, alone);
        assertThat(plan.accepted).containsExactly(whole, alone);
        assertThat(plan.refused).containsOnlyKeys(half);
    }

    @Test
    void refusesADecisionOnAStreamThatWasReadDifferently() throws SQLException {
        durable.putAll(Map.of("a", head(4, 4), "b", head(7, 7)));
        Append sound = append(part("a", head(4, 4), 5), read("b", head(7, 7)));
        Append stale = append(part("a", head(5, 5), 6), read("b", head(7, 8)));
        FlushPlan plan = judged(sound, stale);
        assertThat(plan.accepted).containsExactly(sound);
        assertThat(plan.refused).containsOnlyKeys(stale);
    }

    @Test
    void takesAnUnknownStreamsBeginningAtItsWordOnce() throws SQLException {
        Append begins = append(part("new", StreamHead.NONE, 1));
        Append again = append(part("new", StreamHead.NONE, 2));
        FlushPlan plan = judged(begins, again);
        assertThat(plan.accepted).containsExactly(begins);
        assertThat(plan.refused).containsOnlyKeys(again);
    }

    @Test
    void refusesASecondClaimOfOneKeyAndPutsOffWhatNeedsTheFirst() throws SQLException {
        Append first = append(NAME.claim("x"));
        Append second = append(NAME.claim("x"));
        Append released = append(NAME.release("x"));
        Append after = append(NAME.claim("y"));
        FlushPlan plan = judged(first, second, released, after);
        assertThat(plan.accepted).containsExactly(first);
        assertThat(plan.refused.get(second)).isInstanceOf(UniqueClaimViolated.class);
        assertThat(plan.size())
                .as("the release and all behind it wait for the next flush")
                .isEqualTo(2);
    }

    @Test
    void refusesWhatTheDatabaseRefusedAndJudgesTheRestWithoutIt() throws SQLException {
        durable.putAll(Map.of("a", head(4, 4)));
        Append offender = append(part("a", head(4, 4), 5));
        Append behind = append(part("a", head(5, 5), 6));
        Append sound = append(part("a", head(4, 4), 55));
        UniqueClaimViolated violated = new UniqueClaimViolated("inline.name", List.of("x"));
        FlushPlan plan = judge.judge(List.of(offender, behind, sound), Map.of(offender, violated), true, noDatabase);
        assertThat(plan.refused.get(offender)).isSameAs(violated);
        assertThat(plan.refused.get(behind)).isInstanceOf(ConcurrencyException.class);
        assertThat(plan.accepted).containsExactly(sound);
    }

    @Test
    void forgetsTheLeastRecentlyUsedHeadsBeyondItsBound() {
        DurableHeads few = new DurableHeads(2);
        few.putAll(Map.of("a", head(1, 1)));
        few.putAll(Map.of("b", head(1, 1)));
        assertThat(few.get("a")).isNotNull();
        few.putAll(Map.of("c", head(1, 1)));
        assertThat(few.get("a")).isNotNull();
        assertThat(few.get("b")).isNull();
    }
}
