package dev.purser.receipts.mail;

import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.engine.Projections;
import dev.purser.receipts.Papers;
import dev.purser.receipts.document.Document;
import dev.purser.receipts.document.Html;
import dev.purser.receipts.document.Paperwork;
import dev.purser.receipts.document.Paperwork.CreditNote;
import dev.purser.receipts.document.Pdf;
import dev.purser.receipts.mail.Outbox.Letter;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Sends every receipt and credit note of live top-ups to the customer's address, the page as text and the PDF attached, on
 * the node that leads. At least once: after a crash a letter may come twice, with the same Message-ID. Customers without an
 * address get none. What the mail server does not take is tried again for about two days. Not thread-safe.
 */
public final class ReceiptMail {
    private static final Logger log = LoggerFactory.getLogger(ReceiptMail.class);
    private static final int LETTERS_AT_ONCE = 50;
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(14),
            Duration.ofHours(24));

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(2);

    private final EventLog events;
    private final Projections projections;
    private final Papers papers;
    private final Outbox outbox;
    private final JavaMailSender sender;
    private final String from;

    /** @param from the sender's address; the name shown is the project's brand */
    public ReceiptMail(
            EventLog events,
            Projections projections,
            Papers papers,
            DataSource dataSource,
            JavaMailSender sender,
            String from) {
        this.events = events;
        this.projections = projections;
        this.papers = papers;
        this.outbox = new Outbox(dataSource);
        this.sender = sender;
        this.from = from;
    }

    /** Sends what is due; does nothing on a node that does not lead. */
    public void run() {
        // An address that is not shown yet would be taken for none.
        if (!events.isWrittenHere() || !projections.awaitHead(SHOWN_WITHIN)) {
            return;
        }
        long head = events.head();
        outbox.beginAt(head);
        while (!outbox.note(head)) {
            log.info("looking for receipts to send");
        }
        List<Letter> due = outbox.due(LETTERS_AT_ONCE);
        while (!due.isEmpty()) {
            due.forEach(this::deliver);
            due = due.size() < LETTERS_AT_ONCE ? List.of() : outbox.due(LETTERS_AT_ONCE);
        }
    }

    private void deliver(Letter letter) {
        Document document = documentOf(letter).orElse(null);
        String address = document == null ? null : document.buyer().email();
        if (document == null || document.playMoney() || address == null) {
            outbox.noAddress(letter);
            return;
        }
        try {
            sender.send(message(document, address));
        } catch (MessagingException | UnsupportedEncodingException | RuntimeException e) {
            // Whatever it is, it must not keep the letters behind it waiting. Its message may name the address.
            String error = e.getClass().getSimpleName();
            if (letter.attempts() < PAUSES.size()) {
                log.warn("{} was not taken by the mail server ({}), tried again", document.number(), error);
                outbox.tryAgain(letter, error, PAUSES.get(letter.attempts()));
            } else {
                log.error("{} could not be sent ({}), given up", document.number(), error);
                outbox.giveUp(letter, error);
            }
            return;
        }
        outbox.sent(letter);
    }

    /** Empty for refunds that took nothing. */
    private Optional<Document> documentOf(Letter letter) {
        Paperwork found = papers.of(letter.topUpId()).orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        Paperwork.@Nullable Receipt receipt = found.receipt();
        if (receipt != null && receipt.position() == letter.position()) {
            return Optional.of(papers.receipt(found, receipt));
        }
        return found.creditNotes().stream()
                .filter((CreditNote note) -> note.position() == letter.position())
                .findFirst()
                .map(note -> papers.creditNote(found, note));
    }

    private MimeMessage message(Document document, String address)
            throws MessagingException, UnsupportedEncodingException {
        String id = "<" + document.number() + "@" + from.substring(from.indexOf('@') + 1) + ">";
        MimeMessage message = sender.createMimeMessage();
        message.setHeader("Message-ID", id);
        MimeMessageHelper helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        helper.setFrom(new InternetAddress(from, document.seller().brand(), StandardCharsets.UTF_8.name()));
        helper.setTo(new InternetAddress(address, true));
        if (document.seller().supportEmail() != null) {
            helper.setReplyTo(new InternetAddress(document.seller().supportEmail(), true));
        }
        helper.setSubject(document.title() + " from " + document.seller().brand());
        helper.setText(Html.of(document), true);
        helper.addAttachment(document.number() + ".pdf", new ByteArrayResource(Pdf.of(document)), "application/pdf");
        return message;
    }
}
