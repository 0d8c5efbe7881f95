package dev.purser.sandbox.page;

import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.payment.Currencies;
import dev.purser.sandbox.payment.TestCard;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Mode;
import dev.purser.sandbox.store.Store;
import dev.purser.sandbox.store.Stored;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the sandbox is, its test cards, and what happened in it lately: ids, amounts and states, no names. */
final class IndexPage {
    private static final int SHOWN = 10;
    private static final List<Kind> KINDS =
            List.of(Kind.PAYMENT_INTENT, Kind.REFUND, Kind.DISPUTE, Kind.ACCOUNT, Kind.TRANSFER, Kind.EVENT);

    private final Store store;

    IndexPage(Store store) {
        this.store = store;
    }

    String render() {
        StringBuilder body = new StringBuilder("""
            <h1>Stripe sandbox</h1>
            <p class="note">Play money. This server runs beside Purser and answers like the part of Stripe's API that
            Purser uses. Nothing here reaches Stripe, a bank or a card, and it is never started in production.</p>
            <p>API clients use it as their base address with the keys of Purser's configuration. What it speaks, and the
            routes by which a test makes disputes, lost answers and late webhooks happen, is in
            <code>docs/sandbox.md</code>.</p>
            <h2>Test cards</h2>
            <p>Any future expiry date and any CVC will do, in both modes.</p>
            <table><tr><th>Number</th><th>Payment method</th><th>What it does</th></tr>
            """);
        for (TestCard card : TestCard.values()) {
            if (!card.number().isEmpty()) {
                row(
                        body,
                        card.number(),
                        card.paymentMethods().stream().findFirst().orElse(""),
                        card.description());
            }
        }
        body.append("</table>\n");
        for (Mode mode : Mode.values()) {
            recent(body, mode);
        }
        return Html.page("Stripe sandbox", body.toString());
    }

    private void recent(StringBuilder body, Mode mode) {
        body.append("<h2>Lately, in ").append(mode.word()).append(" mode</h2>\n");
        List<ObjectNode> lately = store.read(
                mode,
                work -> KINDS.stream()
                        .flatMap(kind -> work.newestFirst(kind).limit(SHOWN))
                        .map(Stored::read)
                        .toList());
        if (lately.isEmpty()) {
            body.append("<p>Nothing yet.</p>\n");
            return;
        }
        body.append("<table><tr><th>Object</th><th>Id</th><th>Amount</th><th>State</th><th>When</th></tr>\n");
        for (ObjectNode object : lately) {
            row(
                    body,
                    Json.required(object, "object"),
                    Json.required(object, "id"),
                    amount(object),
                    state(object),
                    Instant.ofEpochSecond(Json.number(object, "created")).toString());
        }
        body.append("</table>\n");
    }

    private static String amount(ObjectNode object) {
        String currency = Json.text(object, "currency");
        return currency == null ? "" : Currencies.text(Json.number(object, "amount"), currency);
    }

    private static String state(ObjectNode object) {
        for (String field : new String[] {"status", "type"}) {
            String text = Json.text(object, field);
            if (text != null && !text.equals("express")) {
                return text;
            }
        }
        if (object.has("payouts_enabled")) {
            return Json.flag(object, "payouts_enabled") ? "payouts enabled" : "not onboarded";
        }
        return Json.flag(object, "reversed") ? "reversed" : "";
    }

    private static void row(StringBuilder body, String... cells) {
        body.append("<tr>");
        for (String cell : cells) {
            body.append("<td>").append(Html.escape(cell)).append("</td>");
        }
        body.append("</tr>\n");
    }
}
