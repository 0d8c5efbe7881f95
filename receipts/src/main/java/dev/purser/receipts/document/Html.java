package dev.purser.receipts.document;

import dev.purser.receipts.document.Document.Line;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A document as one XHTML page that needs nothing else: for browsers, e-mail programs and the making of PDFs. */
public final class Html {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private Html() {}

    public static String of(Document document) {
        Seller seller = document.seller();
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>%1$s %2$s</title>
            <style>
            @page { size: A4; margin: 22mm 20mm; }
            body { font-family: 'Liberation Sans', 'Helvetica Neue', Arial, sans-serif; font-size: 11pt; line-height: 1.45; color: #1c2330;
                   max-width: 42em; margin: 2em auto; padding: 0 1em; }
            h1 { font-size: 20pt; font-weight: normal; margin: 0; }
            .brand { font-size: 13pt; color: #40506a; margin: 0 0 1.6em; }
            .play { border: 1pt solid #b25c00; color: #8a4700; padding: .5em .8em; margin: 0 0 1.5em; }
            table { width: 100%%; border-collapse: collapse; margin: 1.6em 0; }
            th, td { text-align: left; padding: .5em 0; border-bottom: 1pt solid #d9dee7; font-weight: normal; vertical-align: top; }
            td.amount { text-align: right; white-space: nowrap; }
            tr.total th, tr.total td { border-bottom: none; border-top: 1.5pt solid #1c2330; font-size: 13pt; }
            .facts th { width: 30%%; color: #5b6880; border: none; padding: .12em 0; }
            .facts td { border: none; padding: .12em 0; }
            .small { color: #5b6880; font-size: 9.5pt; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            <p class="brand">%3$s</p>
            %4$s<table class="facts">
            %5$s
            </table>
            <table>
            %6$s
            </table>
            %7$s
            %8$s
            </body>
            </html>
            """.formatted(
                escaped(document.title()),
                escaped(document.number()),
                escaped(seller.brand()),
                document.playMoney()
                        ? "<p class=\"play\">Test mode: no money was moved, and this is no proof of" + " payment.</p>\n"
                        : "",
                facts(document),
                amounts(document),
                document.notes().stream()
                        .map(note -> "<p>" + escaped(note) + "</p>")
                        .collect(Collectors.joining("\n")),
                support(seller));
    }

    private static String facts(Document document) {
        return Stream.of(
                        fact("Number", document.number()),
                        fact("Date", DATE.format(document.issuedAt().atOffset(ZoneOffset.UTC))),
                        fact("For", document.buyer().name()),
                        fact("E-mail", document.buyer().email()),
                        fact("Sold by", document.seller().merchant()))
                .filter(row -> !row.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String fact(String name, @Nullable String value) {
        return value == null || value.isBlank() ? "" : "<tr><th>" + name + "</th><td>" + lines(value) + "</td></tr>";
    }

    private static String amounts(Document document) {
        String parts = document.lines().stream().map(line -> row("<tr>", line)).collect(Collectors.joining("\n"));
        return parts + "\n" + row("<tr class=\"total\">", document.total());
    }

    private static String row(String opening, Line line) {
        return opening + "<th>" + escaped(line.text()) + "</th><td class=\"amount\">" + escaped(line.amount())
                + "</td></tr>";
    }

    private static String support(Seller seller) {
        String lines = Stream.of(seller.supportEmail(), seller.supportAddress())
                .filter(line -> line != null && !line.isBlank())
                .map(Html::lines)
                .collect(Collectors.joining("<br/>"));
        return lines.isEmpty() ? "" : "<p class=\"small\">Questions?<br/>" + lines + "</p>";
    }

    private static String lines(String text) {
        return text.strip().lines().map(Html::escaped).collect(Collectors.joining("<br/>"));
    }

    /** Also leaves out what no XML text may hold. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    if (isText(character)) {
                        escaped.appendCodePoint(character);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isText(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
