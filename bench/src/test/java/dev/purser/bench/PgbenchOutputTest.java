package dev.purser.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgbenchOutputTest {
    private static final String OUTPUT = """
        pgbench (15.18, server 18.4)
        transaction type: /tmp/purser-bench1.sql
        query mode: prepared
        number of clients: 16
        number of transactions actually processed: 8671
        number of failed transactions: 0 (0.000%)
        latency average = 3.691 ms
        initial connection time = 101.244 ms
        tps = 4334.815926 (without initial connection time)
        """;

    @Test
    void readsTransactionsPerSecond() {
        assertThat(PgbenchOutput.parse(OUTPUT).transactionsPerSecond()).isEqualTo(4334.815926);
    }

    @Test
    void nothingProcessedIsNoTransactionPerSecond() {
        String none = OUTPUT.replace("processed: 8671", "processed: 0").replaceAll("(?m)^tps.*$", "");

        assertThat(PgbenchOutput.parse(none).transactionsPerSecond()).isZero();
    }

    @Test
    void doesNotCountARunInWhichTransactionsFailed() {
        assertThatThrownBy(
                        () -> PgbenchOutput.parse(OUTPUT.replace("failed transactions: 0", "failed transactions: 3")))
                .hasMessageContaining("3 transactions failed");
    }

    @Test
    void showsAnOutputThatIsNotUnderstood() {
        assertThatThrownBy(() -> PgbenchOutput.parse("pgbench: error: connection refused"))
                .hasMessageContaining("connection refused");
    }
}
