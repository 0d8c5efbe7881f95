package dev.purser.projection.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.HoldId;
import dev.purser.domain.Money;
import dev.purser.domain.SessionId;
import dev.purser.domain.wallet.WalletEvent.UsageDebited;
import dev.purser.eventstore.inline.InlineRow;
import dev.purser.eventstore.inline.NewEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessProjectorTest {
    @Test
    void theBillOfABackendsHoldClosesIt() {
        assertThat(rowsOfABill("hld1", null)).hasSize(1);
    }

    @Test
    void aDebitWithoutAHoldCostsNoInlineRow() {
        assertThat(rowsOfABill(HoldId.DEBIT_PREFIX + "1", null)).isEmpty();
    }

    @Test
    void theBillOfAGatewaysCallCostsNoInlineRow() {
        assertThat(rowsOfABill("req1", new SessionId("ses1"))).isEmpty();
    }

    private static List<InlineRow> rowsOfABill(String id, @Nullable SessionId session) {
        Money cost = Money.ofDollars(1);
        UsageDebited bill = new UsageDebited(new HoldId(id), cost, cost, Money.ZERO, null, session, null, null, null);
        return new AccessProjector().rowsOf(new NewEvent("wal1", 1, bill, Instant.EPOCH, Map.of()));
    }
}
