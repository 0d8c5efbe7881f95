package dev.purser.receipts.document;

import dev.purser.domain.Money;
import dev.purser.domain.TopUpId;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.domain.topup.TopUpEvent.TopUpRefunded;
import dev.purser.domain.topup.TopUpEvent.TopUpSettled;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.eventstore.log.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The papers of one top-up, as its events have them: a receipt once it is settled, a credit note for each refund that took
 * something, numbered from 1. What a bank takes back in a dispute gets none.
 */
public record Paperwork(TopUpQuoted topUp, @Nullable Receipt receipt, List<CreditNote> creditNotes) {

    /**
     * A payment and what it bought.
     *
     * @param position of the event that it is about
     */
    public record Receipt(
            long position,
            Instant issuedAt,
            String paymentIntentId,
            Money amount,
            Money fee,
            Money paid,
            Money credits,
            Money bonus) {}

    /**
     * A refund and what was taken back for it.
     *
     * @param position of the event that it is about
     * @param number counts within the top-up, from 1
     */
    public record CreditNote(
            long position,
            int number,
            Instant issuedAt,
            String paymentIntentId,
            Money refunded,
            Money fee,
            Money credits) {}

    public Paperwork {
        creditNotes = List.copyOf(creditNotes);
    }

    /** Empty where the stream is none of a top-up. */
    public static Optional<Paperwork> of(TopUpId topUpId, EventLog log, EventCodec codec) {
        List<StoredEvent> first = log.stream(topUpId.value(), 0, 1);
        if (first.isEmpty() || !(first.getFirst().decode(codec) instanceof TopUpQuoted quoted)) {
            // Another stream may be very long: not a byte more of it is read.
            return Optional.empty();
        }
        Receipt receipt = null;
        List<CreditNote> notes = new ArrayList<>();
        for (StoredEvent stored : log.stream(topUpId.value(), 1)) {
            Object event = stored.decode(codec);
            if (event instanceof TopUpSettled settled) {
                receipt = receipt(stored, settled);
            } else if (event instanceof TopUpRefunded refund
                    && receipt != null
                    && refund.share().cash().isPositive()) {
                notes.add(creditNote(stored, notes.size() + 1, receipt, refund));
            }
        }
        return Optional.of(new Paperwork(quoted, receipt, notes));
    }

    private static Receipt receipt(StoredEvent stored, TopUpSettled settled) {
        return new Receipt(
                stored.position(),
                stored.occurredAt(),
                settled.paymentIntentId(),
                settled.paid().minus(settled.platformFee()),
                settled.platformFee(),
                settled.paid(),
                settled.netCredited(),
                settled.bonusCredited());
    }

    private static CreditNote creditNote(StoredEvent stored, int number, Receipt receipt, TopUpRefunded refund) {
        return new CreditNote(
                stored.position(),
                number,
                stored.occurredAt(),
                receipt.paymentIntentId(),
                refund.share().cash(),
                refund.share().platformFee(),
                refund.taken().net().plus(refund.taken().bonus()));
    }
}
