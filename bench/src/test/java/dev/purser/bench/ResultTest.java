package dev.purser.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void saysMetricValueUnitGoalAndWhetherItIsMet() {
        assertThat(Result.atLeast(3, "debits_spread", 3.22987, "x"))
                .hasToString("RESULT debits_spread 3.229 x goal >=3 met");
        assertThat(Result.atMost(600, "bytes_per_usage_event", 601.2, "bytes"))
                .hasToString("RESULT bytes_per_usage_event 601.2 bytes goal <=600 missed");
    }

    @Test
    void aGoalThatIsJustReachedIsMet() {
        assertThat(Result.atLeast(3, "m", 3, "x").met()).isTrue();
        assertThat(Result.atMost(3, "m", 3, "x").met()).isTrue();
        assertThat(Result.atLeast(3, "m", 2.999, "x").met()).isFalse();
        assertThat(Result.atMost(3, "m", 3.001, "x").met()).isFalse();
    }

    @Test
    void aValueJustBelowItsGoalDoesNotLookLikeIt() {
        assertThat(Result.atLeast(5, "m", 4.9999, "x")).hasToString("RESULT m 4.999 x goal >=5 missed");
        assertThat(Result.atMost(5, "m", 5.00001, "s")).hasToString("RESULT m 5.001 s goal <=5 missed");
    }

    @Test
    void isMissedWhereAConditionDidNotHold() {
        assertThat(Result.atLeast(3, "m", 9, "x").onlyIf(false)).hasToString("RESULT m 9 x goal >=3 missed");
        assertThat(Result.atLeast(3, "m", 9, "x").onlyIf(false).onlyIf(true).met())
                .isFalse();
    }

    @Test
    void theGoalBeyondHasANameOfItsOwn() {
        assertThat(Result.atLeast(60_000, "rebuild", 123_456.7, "events/s").stretch(150_000))
                .hasToString("RESULT rebuild_stretch 123400 events/s goal >=150000 missed");
    }
}
