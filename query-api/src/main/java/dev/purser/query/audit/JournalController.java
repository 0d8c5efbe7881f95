package dev.purser.query.audit;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.books.BookQueries;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The journal as a file that accounting programs take. */
@RestController
public final class JournalController {
    private final Journal journal;
    private final BookQueries books;
    private final EventLog log;
    private final Freshness freshness;

    public JournalController(Journal journal, BookQueries books, EventLog log, Freshness freshness) {
        this.journal = journal;
        this.books = books;
        this.log = log;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.AUDITOR)
    @GetMapping("/v1/audit/journal")
    public void journal(
            Caller.Auditor caller,
            HttpServletResponse response,
            @RequestParam(name = "format", required = false) @Nullable String formatText,
            @RequestParam(name = "mode", required = false) @Nullable String modeText,
            @RequestParam(name = "from", required = false) @Nullable String fromText,
            @RequestParam(name = "to", required = false) @Nullable String toText)
            throws IOException {
        JournalFormat format = JournalFormat.of(formatText);
        Mode mode = Parameters.mode(modeText);
        Instant from = fromText == null ? null : Parameters.time("from", fromText);
        Instant to = toText == null ? null : Parameters.endOfMillisecond(Parameters.time("to", toText));
        if (from != null && to != null && to.isBefore(from)) {
            throw Problem.invalid("to", "must not be before from");
        }
        OrganizationId organizationId = Auditors.organizationOf(caller);
        long upTo = to == null ? log.head() : log.positionAt(to);
        freshness.awaitHead(response);
        upTo = Math.min(upTo, books.reached());
        long after = from == null ? 0 : Math.min(upTo, log.positionAt(from.minus(1, ChronoUnit.MICROS)));
        JournalPart part = new JournalPart(organizationId, mode, from, after, upTo);

        response.setContentType(format.contentType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"purser-%s-%s.%s\""
                        .formatted(organizationId, mode.wireName(), format.extension()));
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        journal.write(part, format.writer(out));
        out.flush();
    }
}
