package dev.purser.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "40P01", "40001", "53300", "55P03"})
    void troubleOfTheDatabasePasses(String state) {
        assertThat(Failures.passes(new SQLException("x", state))).isTrue();
        assertThat(Failures.passes(new IllegalStateException(new RuntimeException(new SQLException("x", state)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "23505", "42P01", "22P02"})
    void whatIsWrongWithTheDataDoesNot(String state) {
        assertThat(Failures.passes(new SQLException("x", state))).isFalse();
    }

    @Test
    void anExhaustedPoolPassesAndABugDoesNot() {
        assertThat(Failures.passes(new SQLTransientConnectionException("no connection within 30 s")))
                .isTrue();
        assertThat(Failures.passes(new IllegalStateException("bug"))).isFalse();
        assertThat(Failures.passes(new SQLException("no state"))).isFalse();
    }
}
