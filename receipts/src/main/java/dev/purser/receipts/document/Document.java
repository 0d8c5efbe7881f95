package dev.purser.receipts.document;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.receipts.document.Paperwork.CreditNote;
import dev.purser.receipts.document.Paperwork.Receipt;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A receipt or a credit note, ready to be shown. Amounts are US dollars.
 *
 * @param title what it is
 * @param number unique in the installation; numbers are not consecutive
 * @param lines what the amount is made of
 * @param notes sentences below the amount
 * @param playMoney nothing was really paid; the document says so
 */
public record Document(
        String title,
        String number,
        Instant issuedAt,
        Seller seller,
        Buyer buyer,
        List<Line> lines,
        Line total,
        List<String> notes,
        boolean playMoney) {
    private static final int CENT_DIGITS = 2;

    /** A text and an amount that is shown beside it. */
    public record Line(String text, String amount) {}

    public Document {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    /** The receipt of a settled top-up. */
    public static Document receipt(Paperwork papers, Receipt receipt, Seller seller, Buyer buyer, boolean sandbox) {
        List<String> notes = new ArrayList<>();
        notes.add("Credits added: $" + receipt.credits()
                + (receipt.bonus().isPositive() ? ", and $" + receipt.bonus() + " as a bonus" : "") + ".");
        notes.add("Paid by card, payment " + receipt.paymentIntentId() + ".");
        return new Document(
                "Receipt",
                receiptNumber(papers),
                receipt.issuedAt(),
                seller,
                buyer,
                List.of(
                        new Line("Credits for " + seller.brand(), dollars(receipt.amount())),
                        new Line("Service fee", dollars(receipt.fee()))),
                new Line("Total paid", dollars(receipt.paid())),
                notes,
                isPlayMoney(papers, sandbox));
    }

    /** The credit note of a refund. */
    public static Document creditNote(Paperwork papers, CreditNote note, Seller seller, Buyer buyer, boolean sandbox) {
        return new Document(
                "Credit note",
                "CN-" + papers.topUp().topUpId().value() + "-" + note.number(),
                note.issuedAt(),
                seller,
                buyer,
                List.of(
                        new Line(
                                "Credits for " + seller.brand(),
                                dollars(note.refunded().minus(note.fee()).negated())),
                        new Line("Service fee", dollars(note.fee().negated()))),
                new Line("Total refunded", dollars(note.refunded())),
                List.of(
                        "Belongs to receipt " + receiptNumber(papers) + ".",
                        "Credits taken back: $" + note.credits() + ".",
                        "Refunded to the card of payment " + note.paymentIntentId() + "."),
                isPlayMoney(papers, sandbox));
    }

    private static String receiptNumber(Paperwork papers) {
        return "R-" + papers.topUp().topUpId().value();
    }

    private static boolean isPlayMoney(Paperwork papers, boolean sandbox) {
        return sandbox || papers.topUp().mode() == Mode.TEST;
    }

    /** Whole cents: Stripe moves nothing smaller, and a part of a payment is shown as rounded. */
    private static String dollars(Money amount) {
        String cents =
                amount.dollars().setScale(CENT_DIGITS, RoundingMode.HALF_UP).toPlainString();
        return cents.startsWith("-") ? "−$" + cents.substring(1) : "$" + cents;
    }
}
