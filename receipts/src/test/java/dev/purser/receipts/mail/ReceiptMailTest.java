package dev.purser.receipts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.purser.domain.Mode;
import dev.purser.domain.TopUpId;
import dev.purser.receipts.Shop;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** With a real mail server on a port of its own. */
class ReceiptMailTest {
    private final Shop shop = new Shop();
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final ReceiptMail mail = new ReceiptMail(
            shop.ledger.engine.log(),
            shop.ledger.projections,
            shop.papers(),
            shop.ledger.database.dataSource(),
            sender,
            "receipts@purser.example");

    @BeforeEach
    void open() {
        server.start();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        shop.brand("Acmé\nWriter", "5 Main St", "help@acme.example");
        mail.run();
    }

    @AfterEach
    void close() {
        server.stop();
        shop.close();
    }

    @Test
    void eachDocumentGoesToItsCustomerOnce() throws Exception {
        TopUpId topUp = shop.paid(shop.customer(Mode.LIVE, "ada@example.com", "Ada"), 10);
        mail.run();
        shop.refund(topUp, 5);
        mail.run();
        mail.run();

        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(2);
        MimeMessage receipt = received[0];
        assertThat(receipt.getSubject()).isEqualTo("Receipt from Acmé Writer");
        assertThat(receipt.getFrom()[0].toString()).endsWith("<receipts@purser.example>");
        assertThat(receipt.getReplyTo()[0]).hasToString("help@acme.example");
        assertThat(receipt.getAllRecipients()).extracting(Object::toString).containsExactly("ada@example.com");
        assertThat(receipt.getMessageID()).isEqualTo("<R-" + topUp.value() + "@purser.example>");
        BodyPart attached = ((MimeMultipart) receipt.getContent()).getBodyPart(1);
        assertThat(attached.getFileName()).isEqualTo("R-" + topUp.value() + ".pdf");
        Loader.loadPDF(attached.getInputStream().readAllBytes()).close();
        assertThat(received[1].getSubject()).isEqualTo("Credit note from Acmé Writer");
        assertThat(states()).containsExactly("sent", "sent");
    }

    @Test
    void nobodyIsWrittenToAboutPlayMoneyOrWithoutAnAddress() {
        shop.paid(shop.customer(Mode.TEST, "test@example.com", null), 10);
        shop.paid(shop.customer(Mode.LIVE, null, null), 10);

        mail.run();

        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(states()).containsExactly("no_address", "no_address");
    }

    @Test
    void whatTheServerDoesNotTakeIsTriedAgainAndGivenUpInTheEnd() {
        shop.paid(shop.customer(Mode.LIVE, "ada@example.com", null), 10);
        server.stop();
        mail.run();
        assertThat(states()).containsExactly("waiting");
        mail.run();
        assertThat(attempts()).as("not before its time").containsExactly("1");

        server.start();
        sender.setPort(server.getSmtp().getPort());
        makeDue();
        mail.run();
        assertThat(states()).containsExactly("sent");
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void givesUpAfterEightAttempts() {
        shop.paid(shop.customer(Mode.LIVE, "ada@example.com", null), 10);
        server.stop();
        for (int attempt = 1; attempt <= 9; attempt++) {
            makeDue();
            mail.run();
        }

        assertThat(states()).containsExactly("failed");
        assertThat(attempts()).containsExactly("8");
    }

    @Test
    void anAddressThatIsNoneIsNotTriedForEver() {
        shop.paid(shop.customer(Mode.LIVE, "not an address", null), 10);

        mail.run();

        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(attempts()).containsExactly("1");
        assertThat(shop.ledger.database.rows("select error from receipt.mail")).containsExactly("AddressException");
    }

    @Test
    void whoTurnsMailOnWritesToNobodyAboutThePast() {
        shop.ledger.database.execute("delete from receipt.bookmark");
        shop.paid(shop.customer(Mode.LIVE, "ada@example.com", null), 10);

        mail.run();

        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private void makeDue() {
        shop.ledger.database.execute("update receipt.mail set due_at = now()");
    }

    private List<String> states() {
        return shop.ledger.database.rows("select state from receipt.mail order by position");
    }

    private List<String> attempts() {
        return shop.ledger.database.rows("select attempts::text from receipt.mail order by position");
    }
}
