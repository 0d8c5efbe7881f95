package dev.purser.receipts;

import dev.purser.domain.TopUpId;
import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.receipts.document.Document;
import dev.purser.receipts.document.Html;
import dev.purser.receipts.document.Paperwork;
import dev.purser.receipts.document.Paperwork.CreditNote;
import dev.purser.receipts.document.Paperwork.Receipt;
import dev.purser.receipts.document.Pdf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The papers of a wallet's top-ups, for its owner and for the project's backend: HTML, or a PDF where {@code format=pdf} or
 * the Accept header asks for one. Current to the last durable event.
 */
@RestController
public final class PaperController {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final List<String> FORMATS = List.of("html", "pdf");

    private final Papers papers;
    private final AccessDirectory directory;

    public PaperController(Papers papers, AccessDirectory directory) {
        this.papers = papers;
        this.directory = directory;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/wallets/{id}/topups/{topUp}/receipt")
    ResponseEntity<byte[]> receipt(
            Caller.Backend caller,
            @PathVariable String id,
            @PathVariable String topUp,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        return receipt(wallet(caller, id), topUp, format, accept);
    }

    @Gate(Gate.Kind.BROWSER)
    @GetMapping("/v1/wallet/topups/{topUp}/receipt")
    ResponseEntity<byte[]> ownReceipt(
            Caller.Browser caller,
            @PathVariable String topUp,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        return receipt(caller.access().walletId(), topUp, format, accept);
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/wallets/{id}/topups/{topUp}/credit-notes/{number}")
    ResponseEntity<byte[]> creditNote(
            Caller.Backend caller,
            @PathVariable String id,
            @PathVariable String topUp,
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        return creditNote(wallet(caller, id), topUp, number, format, accept);
    }

    @Gate(Gate.Kind.BROWSER)
    @GetMapping("/v1/wallet/topups/{topUp}/credit-notes/{number}")
    ResponseEntity<byte[]> ownCreditNote(
            Caller.Browser caller,
            @PathVariable String topUp,
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        return creditNote(caller.access().walletId(), topUp, number, format, accept);
    }

    private WalletId wallet(Caller.Backend caller, String id) {
        PlatformAccess access = caller.access();
        return directory
                .wallet(access.projectId(), access.mode(), PathIds.wallet(id))
                .orElseThrow(() -> Problem.notFound("wallet"))
                .walletId();
    }

    private ResponseEntity<byte[]> receipt(
            WalletId wallet, String topUp, @Nullable String format, @Nullable String accept) {
        Paperwork found = papersOf(wallet, topUp);
        Receipt receipt = found.receipt();
        if (receipt == null) {
            throw Problem.notFound("receipt");
        }
        return answer(papers.receipt(found, receipt), format, accept);
    }

    private ResponseEntity<byte[]> creditNote(
            WalletId wallet, String topUp, String number, @Nullable String format, @Nullable String accept) {
        Paperwork found = papersOf(wallet, topUp);
        CreditNote note = found.creditNotes().stream()
                .filter(each -> Integer.toString(each.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("credit note"));
        return answer(papers.creditNote(found, note), format, accept);
    }

    private Paperwork papersOf(WalletId wallet, String topUp) {
        TopUpId id;
        try {
            id = new TopUpId(topUp);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("top-up");
        }
        return papers.of(id)
                .filter(found -> found.topUp().walletId().equals(wallet))
                .orElseThrow(() -> Problem.notFound("top-up"));
    }

    private static ResponseEntity<byte[]> answer(Document document, @Nullable String format, @Nullable String accept) {
        if (format != null && !FORMATS.contains(format)) {
            throw Problem.invalid("format", "must be html or pdf");
        }
        boolean pdf = format == null
                ? accept != null && accept.contains(MediaType.APPLICATION_PDF_VALUE)
                : format.equals("pdf");
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(pdf ? MediaType.APPLICATION_PDF : HTML)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("X-Content-Type-Options", "nosniff");
        if (!pdf) {
            return answer.body(Html.of(document).getBytes(StandardCharsets.UTF_8));
        }
        String name = document.number() + ".pdf";
        return answer.header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline().filename(name).build().toString())
                .body(Pdf.of(document));
    }
}
