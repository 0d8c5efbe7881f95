package dev.purser.query.wallet;

import dev.purser.domain.WalletId;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Problem;
import dev.purser.edge.request.PathIds;
import dev.purser.edge.request.PositionCursor;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.PlatformAccess;
import dev.purser.projection.entry.EntryQueries;
import dev.purser.projection.entry.EntryType;
import dev.purser.query.page.Freshness;
import dev.purser.query.page.Pages;
import dev.purser.query.page.Parameters;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A wallet's account statement, page by page, newest first; pages stay stable while new entries come. */
@RestController
public final class LedgerController {
    private final AccessDirectory directory;
    private final EntryQueries entries;
    private final PositionCursor cursors;
    private final Freshness freshness;

    public LedgerController(
            AccessDirectory directory, EntryQueries entries, PositionCursor cursors, Freshness freshness) {
        this.directory = directory;
        this.entries = entries;
        this.cursors = cursors;
        this.freshness = freshness;
    }

    @Gate(Gate.Kind.BACKEND)
    @GetMapping("/v1/wallets/{id}/ledger")
    public Map<String, @Nullable Object> ledger(
            Caller.Backend caller,
            HttpServletResponse response,
            @PathVariable String id,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText,
            @RequestParam(name = "type", required = false) @Nullable String typeText) {
        PlatformAccess access = caller.access();
        WalletId walletId = PathIds.wallet(id);
        if (directory.wallet(access.projectId(), access.mode(), walletId).isEmpty()) {
            throw Problem.notFound("wallet");
        }
        int limit = Parameters.limit(limitText);
        EntryType type = type(typeText);
        String scope = "ledger " + access.projectId() + " " + access.mode().wireName() + " " + walletId + " "
                + (type == null ? "*" : type.wireName());
        long before = cursorText == null ? Long.MAX_VALUE : cursors.decode(scope, cursorText);
        freshness.awaitStreams(response, walletId.value());
        return Pages.of(
                "entries",
                entries.before(walletId, type, before, limit + 1),
                limit,
                EntryJson::entry,
                last -> cursors.encode(scope, last.position()));
    }

    private static @Nullable EntryType type(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return EntryType.ofWireName(name)
                .orElseThrow(() -> Problem.invalid(
                        "type",
                        "must be one of "
                                + Stream.of(EntryType.values())
                                        .map(EntryType::wireName)
                                        .collect(Collectors.joining(", "))));
    }
}
