package dev.purser.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prompts and completions are never stored; tokens and personal data never in the clear outside the read models. */
class PrivacyIT {
    private final Product product = Product.shared();
    private final Tenant tenant = Tenant.of(product);

    @Test
    void promptsAndCompletionsAreNowhereInTheDataDirectoryNorInTheLog() throws Exception {
        String marker = "secretword" + UUID.randomUUID().toString().replace("-", "");
        Minted minted = tenant.mintWith(1);
        for (String model : List.of(
                Upstream.STEADY.name(),
                Upstream.SILENT.name(),
                Upstream.FAILING.name(),
                Upstream.REFUSING.name(),
                "builtin/free-chat",
                "builtin/free-echo",
                "builtin/priced-echo",
                "no/such-model")) {
            minted.chat(model, marker);
            minted.gateway().post("/v1/chat/completions", Minted.streamBody(model, marker));
        }
        try (ChatStream stream = ChatStream.open(minted, Upstream.DRIPPING.name(), marker)) {
            stream.readFrames(3);
            assertThat(stream.frames().toString()).contains(marker);
        }
        try (ChatStream stream = ChatStream.open(minted, Upstream.BREAKING.name(), marker)) {
            stream.readToTheEnd();
        }
        Map<String, Object> withKey = Minted.chatBody(Upstream.STEADY.name(), marker);
        minted.gateway()
                .idempotent("privacy")
                .post("/v1/chat/completions", withKey)
                .expect(200);
        minted.gateway().post("/v1/chat/completions", "{\"messages\":\"" + marker);
        for (String model : List.of(Upstream.VECTORS, "builtin/free-embedding", "no/such-model")) {
            minted.gateway().post("/v1/embeddings", Json.object("model", model, "input", List.of(marker)));
        }
        for (String model : List.of(Upstream.PICTURES, "builtin/free-image", "no/such-model")) {
            minted.gateway().post("/v1/images/generations", Json.object("model", model, "prompt", marker));
        }
        assertThat(Upstream.shared().received(marker)).as("the provider saw it").isNotEmpty();

        assertNowhere(marker, true);

        assertThat(inFiles(minted.walletId()))
                .as("what is stored is found in the files")
                .isNotEmpty();
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(product)) {
            assertThat(tablesWith(database, Upstream.STEADY.name()))
                    .as("what is inside of an event is found in the tables")
                    .contains("ledger.event");
        }
    }

    @Test
    void tokensAreNowhereAndPersonalDataIsNotInTheEventLog() throws Exception {
        String name = "Erika" + UUID.randomUUID().toString().replace("-", "");
        String email = name.toLowerCase(Locale.ROOT) + "@example.com";
        String externalId = "ext" + UUID.randomUUID().toString().replace("-", "");
        Api backend = tenant.backend().idempotent("privacy-" + UUID.randomUUID());
        Map<String, Object> body =
                Json.object("customer", Json.object("externalId", externalId, "email", email, "name", name));
        Minted minted = Minted.of(product, backend.post("/v1/sessions", body).expect(201));
        String refreshed =
                minted.browser().post("/v1/sessions/refresh").expect(200).text("/sessionToken");
        String reason = "reason" + externalId;
        tenant.backend()
                .post("/v1/wallets/" + minted.walletId() + "/credit", Json.object("amount", 1, "reason", reason))
                .expect(200);

        for (String token : List.of(minted.token(), refreshed, tenant.liveKey(), tenant.testKey())) {
            assertNowhere(token, false);
            assertNowhere(token.substring(token.lastIndexOf('_') + 1), false);
        }
        assertThat(inFiles(Upstream.KEY)).isEmpty();
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(product)) {
            for (String personal : List.of(name, email, externalId, reason)) {
                assertThat(tablesWith(database, personal)).allMatch(table -> table.startsWith("projection."), personal);
            }
        }
        assertThat(Files.readString(product.log())).doesNotContain(name, email, externalId, reason);
    }

    /** In rows (whatever PostgreSQL compresses), in files (whatever is in no row any more), and in the log. */
    private void assertNowhere(String secret, boolean asWords) throws IOException {
        try (LedgerDatabase database = LedgerDatabase.asSuperuser(product)) {
            assertThat(tablesWith(database, secret))
                    .as("tables with %s", secret)
                    .isEmpty();
            database.execute("checkpoint");
        }
        assertThat(inFiles(secret)).as("files with %s", secret).isEmpty();
        assertThat(Files.readString(product.log())).doesNotContain(secret);
        if (asWords) {
            assertThat(inFiles(secret.substring(0, 24))).isEmpty();
        }
    }

    private static List<String> tablesWith(LedgerDatabase database, String secret) {
        List<String> tables = database.rows("""
            select table_schema || '.' || table_name from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """);
        assertThat(tables).contains("ledger.event", "inline.idempotency");
        return tables.stream()
                .filter(table -> database.number("""
                    select count(*) from %s as t where t::text like '%%%s%%'
                    or exists (select from jsonb_each_text(to_jsonb(t)) as c
                    where c.value like '%%%s%%')
                    """.formatted(table, secret, hex(secret))) > 0)
                .toList();
    }

    private List<Path> inFiles(String secret) throws IOException {
        byte[] searched = secret.getBytes(StandardCharsets.UTF_8);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(product.dataDirectory())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/programs-"))
                    .toList()) {
                if (contains(content(file), searched)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** The server's own temporary files may go while they are looked at. */
    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            return new byte[0];
        }
    }

    private static boolean contains(byte[] content, byte[] searched) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains(new String(searched, StandardCharsets.ISO_8859_1));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
