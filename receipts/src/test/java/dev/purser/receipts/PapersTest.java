package dev.purser.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.domain.Mode;
import dev.purser.domain.TopUpId;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.receipts.document.Buyer;
import dev.purser.receipts.document.Document;
import dev.purser.receipts.document.Html;
import dev.purser.receipts.document.Paperwork;
import dev.purser.receipts.document.Pdf;
import java.io.IOException;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PapersTest {
    private final Shop shop = new Shop();
    private final Papers papers = shop.papers();

    @BeforeAll
    void open() {
        shop.brand("Acme\nWriter", "Acme Inc., 5 Main St\nSpringfield", "help@acme.example");
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void aReceiptSaysWhatWasPaidForWhatToWhom() throws IOException {
        TopUpId topUp = shop.paid(shop.customer(Mode.LIVE, "ada@example.com", "Ada Lovelace"), 40);

        Document receipt = receipt(papers, topUp);

        assertThat(text(receipt).lines())
                .containsSubsequence(
                        "Receipt",
                        "Acme Writer",
                        "Number R-" + topUp.value(),
                        "For Ada Lovelace",
                        "E-mail ada@example.com",
                        "Sold by Example Ltd",
                        "1 High Street",
                        "VAT GB123",
                        "Credits for Acme Writer $40.00",
                        "Service fee $2.00",
                        "Total paid $42.00",
                        "Credits added: $40.",
                        "Paid by card, payment pi_" + topUp.value() + ".",
                        "Questions?",
                        "help@acme.example",
                        "Acme Inc., 5 Main St",
                        "Springfield")
                .doesNotContain("Test mode");
        assertThat(Html.of(receipt)).contains("<td class=\"amount\">$42.00</td>", "Acme Inc., 5 Main St<br/>");
    }

    @Test
    void eachRefundThatTookSomethingHasACreditNote() throws IOException {
        TopUpId topUp = shop.paid(shop.customer(Mode.LIVE, null, null), 40);
        shop.refund(topUp, 21);
        shop.refund(topUp, 21);
        shop.refund(topUp, 42);

        Paperwork found = papers.of(topUp).orElseThrow();

        assertThat(found.creditNotes()).extracting(Paperwork.CreditNote::number).containsExactly(1, 2);
        assertThat(text(papers.creditNote(found, found.creditNotes().getFirst()))
                        .lines())
                .containsSubsequence(
                        "Credit note",
                        "Number CN-" + topUp.value() + "-1",
                        "Credits for Acme Writer −$20.00",
                        "Service fee −$1.00",
                        "Total refunded $21.00",
                        "Belongs to receipt R-" + topUp.value() + ".",
                        "Credits taken back: $20.");
    }

    @Test
    void whatIsNotPaidHasNoReceipt() {
        Enrolled customer = shop.customer(Mode.LIVE, null, null);

        assertThat(papers.of(shop.quoted(customer, 10).topUpId()).orElseThrow().receipt())
                .isNull();
        assertThat(papers.of(new TopUpId(customer.wallet().value()))).isEmpty();
    }

    @Test
    void playMoneySaysSo() throws IOException {
        TopUpId test = shop.paid(shop.customer(Mode.TEST, null, null), 10);
        TopUpId live = shop.paid(shop.customer(Mode.LIVE, null, null), 10);

        assertThat(text(receipt(papers, test))).contains("Test mode: no money was moved");
        assertThat(text(receipt(shop.papers(null, true), live))).contains("Test mode: no money was moved");
    }

    @Test
    void aNameIsTextWhateverItContains() throws IOException {
        String hostile = "</td><script>alert(1)</script><img src='file:///etc/passwd'/> & \u0000\uD800 Ж Ω";
        Document shown = receipt(papers, shop.paid(shop.customer(Mode.LIVE, null, null), 10));
        Document receipt = new Document(
                shown.title(),
                shown.number(),
                shown.issuedAt(),
                shown.seller(),
                new Buyer(hostile, null),
                shown.lines(),
                shown.total(),
                shown.notes(),
                shown.playMoney());

        assertThat(Html.of(receipt)).doesNotContain("<script", "<img");
        assertThat(text(receipt).replaceAll("\\s+", " "))
                .contains("</td><script>alert(1)</script><img src='file:///etc/passwd'/> &", "Ж Ω");
    }

    private static Document receipt(Papers papers, TopUpId topUp) {
        Paperwork found = papers.of(topUp).orElseThrow();
        return papers.receipt(found, Objects.requireNonNull(found.receipt()));
    }

    private static String text(Document document) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(Pdf.of(document))) {
            return new PDFTextStripper().getText(pdf);
        }
    }
}
