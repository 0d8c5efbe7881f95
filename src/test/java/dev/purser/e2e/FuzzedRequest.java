package dev.purser.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A request that works, and the ways in which it can be spoiled. */
record FuzzedRequest(String method, String path, String token, String body) {
    private static final List<String> METHODS = List.of(
            "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "PROPFIND", "X", "CONNECT");
    private static final List<String> HEADERS = List.of(
            "Content-Type: text/html",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: ;;;",
            "Content-Type: multipart/form-data",
            "Content-Type: application/x-www-form-urlencoded",
            "Accept: text/html",
            "Accept: application/xml",
            "Accept: /",
            "Accept-Encoding: \u0000",
            "Content-Encoding: gzip",
            "Origin: null",
            "Origin: http://[",
            "Idempotency-Key: ",
            "Idempotency-Key: " + "k".repeat(256),
            "Idempotency-Key: a\tb\u00e9",
            "X-Request-Id: <script>alert(1)</script>",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-For: ' or 1=1 --",
            "X-Forwarded-Host: evil.example",
            "Range: bytes=0-",
            "If-None-Match: *",
            "Cookie: a=\"",
            "Expect: something",
            "Upgrade: websocket",
            "Connection: Upgrade, HTTP2-Settings",
            "X-Long: " + "x".repeat(9_000),
            "X-Very-Long: " + "x".repeat(70_000),
            "no colon in this line",
            ": no name",
            " folded: line",
            "x-api-key: sk_live_" + "y".repeat(40));
    private static final List<String> PATH_PARTS = List.of(
            "%00",
            "%",
            "%zz",
            "..",
            "/..;/",
            "//",
            ";a=b",
            "%2e%2e",
            "%2F",
            "\\",
            "?",
            "?limit=-1",
            "?limit=x",
            "?limit=",
            "?cursor=%ff%fe",
            "?cursor=" + "A".repeat(500),
            "?at=yesterday",
            "?offset=99999999999999999999",
            "\u00e9",
            "%F0%9F%92%B8",
            "{id}",
            "*",
            "'",
            "\"",
            "<",
            "|",
            "^",
            "[",
            "#",
            "x".repeat(3_000),
            "?" + "q".repeat(40_000));
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "-0",
            "1e-30",
            "0.0000000001",
            "99999999999999999999999",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(70_000) + "\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[1,\"a\"]",
            "{\"a\":{}}",
            "\"1e5\"",
            "\"NaN\"",
            "NaN",
            "'single'",
            "\"\u0007\"",
            "1.",
            ".5",
            "0x10",
            "+1",
            "undefined",
            "\"<b>\"",
            "{\"externalId\":5}",
            "{\"externalId\":\"a\",\"email\":[]}",
            "{\"models\":[]}",
            "{\"models\":[1]}",
            "{\"maxSpend\":-1}",
            "{\"maxSpend\":\"x\"}",
            "[{\"role\":\"user\"}]",
            "[{\"role\":7,\"content\":{}}]",
            "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]",
            "2147483648",
            "-9223372036854775809",
            "1.5");

    /** What goes over the wire, once. */
    record Bytes(byte[] bytes, boolean head, boolean mayBeIgnored) {
        /** The servlet container answers these alone, and says nothing but which methods it knows. */
        boolean asksTheServerItself() {
            return new String(bytes, StandardCharsets.ISO_8859_1).startsWith("OPTIONS *");
        }

        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            String shown = text.length() > 600 ? text.substring(0, 600) + "… (" + text.length() + ")" : text;
            return shown.chars().anyMatch(c -> c < 9 || c > 126)
                    ? shown + "\n  " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 200))
                    : shown;
        }
    }

    static List<FuzzedRequest> templates(Tenant tenant, Minted minted) {
        String sk = tenant.liveKey();
        String es = minted.token();
        String ok = tenant.product().demo("PURSER_OPERATOR_KEY");
        String wallet = "/v1/wallets/" + minted.walletId();
        String chat = Json.write(Json.object(
                "model",
                "builtin/free-chat",
                "messages",
                List.of(Json.object("role", "user", "content", "hello")),
                "max_tokens",
                8,
                "stream",
                false,
                "temperature",
                1,
                "stop",
                List.of("x"),
                "n",
                1,
                "stream_options",
                null));
        return List.of(
                new FuzzedRequest(
                        "POST",
                        "/v1/sessions",
                        sk,
                        Json.write(Json.object(
                                "customer", Json.object("externalId", "fuzz", "email", "f@example.com", "name", "F"),
                                "scope", Json.object("models", List.of("builtin/free-chat"), "maxSpend", 1),
                                "ttlSeconds", 60))),
                new FuzzedRequest(
                        "POST", "/v1/sessions", sk, "{\"customer\":\"fuzz\",\"ttlSeconds\":900,\"scope\":{}}"),
                new FuzzedRequest("POST", wallet + "/credit", sk, "{\"amount\":0.001,\"reason\":\"fuzz\"}"),
                new FuzzedRequest(
                        "POST",
                        wallet + "/debit",
                        sk,
                        "{\"amount\":0.001,\"description\":\"d\",\"metadata\":{\"a\":\"b\"}}"),
                new FuzzedRequest(
                        "POST",
                        wallet + "/debit",
                        sk,
                        "{\"usage\":{\"model\":\"fake/steady\",\"promptTokens\":1,\"completionTokens\":1}}"),
                new FuzzedRequest("POST", wallet + "/holds", sk, "{\"amount\":\"0.001\",\"expiresInSeconds\":60}"),
                new FuzzedRequest("POST", "/v1/holds/hldNone/capture", sk, "{\"amount\":1}"),
                new FuzzedRequest("POST", "/v1/holds/hldNone/release", sk, "{}"),
                new FuzzedRequest("GET", wallet, sk, ""),
                new FuzzedRequest("GET", wallet + "?at=2026-01-01T00:00:00.000Z", sk, ""),
                new FuzzedRequest("GET", wallet + "/ledger?limit=5&type=usage_debit", sk, ""),
                new FuzzedRequest("GET", "/v1/customers?limit=5&offset=0&q=f", sk, ""),
                new FuzzedRequest("GET", "/v1/customers/" + minted.customerId(), sk, ""),
                new FuzzedRequest("GET", "/v1/requests/reqNone", sk, ""),
                new FuzzedRequest("GET", "/v1/wallet/balance", es, ""),
                new FuzzedRequest("GET", "/v1/config", es, ""),
                new FuzzedRequest("POST", "/v1/wallet/top-up", es, "{\"amount\":10}"),
                new FuzzedRequest(
                        "PATCH",
                        wallet,
                        sk,
                        "{\"markupPercent\":10,\"bonusPercent\":null,\"lowBalanceThreshold\":\"1\"}"),
                new FuzzedRequest(
                        "POST",
                        "/v1/connect/onboard",
                        sk,
                        "{\"refreshUrl\":\"https://a.example/\",\"returnUrl\":\"http://localhost/\"}"),
                new FuzzedRequest("POST", "/v1/connect/payouts", sk, "{}"),
                new FuzzedRequest("POST", "/stripe/webhook", sk, "{\"id\":\"evt_1\",\"object\":\"event\"}"),
                new FuzzedRequest(
                        "POST",
                        "/v1/admin/organizations/" + tenant.organizationId() + "/promotional-credits",
                        ok,
                        "{\"amount\":1,\"expiresAt\":\"2030-01-01T00:00:00Z\"}"),
                new FuzzedRequest(
                        "POST",
                        "/v1/embeddings",
                        es,
                        "{\"model\":\"builtin/free-embedding\",\"input\":[\"a\",\"b\"],\"dimensions\":8,\"encoding_format\":\"float\"}"),
                new FuzzedRequest(
                        "POST", "/v1/embeddings", es, "{\"model\":\"builtin/free-embedding\",\"input\":[[1,2],[3]]}"),
                new FuzzedRequest(
                        "POST",
                        "/v1/images/generations",
                        es,
                        "{\"model\":\"builtin/free-image\",\"prompt\":\"a\",\"n\":1,\"size\":\"16x16\",\"quality\":\"q\",\"response_format\":\"b64_json\"}"),
                new FuzzedRequest("GET", "/v1/models", es, ""),
                new FuzzedRequest("GET", "/v1/models/builtin%2Ffree-chat", es, ""),
                new FuzzedRequest("POST", "/v1/chat/completions", es, chat),
                new FuzzedRequest("POST", "/v1/chat/completions", es, chat.replace("false", "true")),
                new FuzzedRequest("POST", "/v1/admin/organizations", ok, "{\"name\":\"Fuzz\"}"),
                new FuzzedRequest(
                        "POST",
                        "/v1/admin/organizations/" + tenant.organizationId() + "/projects",
                        ok,
                        "{\"name\":\"Fuzz\",\"endUserSessions\":true,\"markupPercent\":20,\"allowedOrigins\":[\"https://a.example\"],"
                            + "\"disconnectPolicy\":\"drain\",\"lowBalanceThreshold\":\"1\",\"dailyGrantLimit\":5,\"defaultMaxTokens\":9}"),
                new FuzzedRequest(
                        "POST",
                        "/v1/admin/projects/prjNone/keys",
                        ok,
                        "{\"mode\":\"test\",\"name\":\"k\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}"),
                new FuzzedRequest("GET", "/v1/admin/projects/" + tenant.projectId() + "/keys?limit=5", ok, ""),
                new FuzzedRequest("GET", "/v1/admin/projections", ok, ""),
                new FuzzedRequest("GET", "/v1/admin/organizations", ok, ""));
    }

    /** Spoiled in one to three ways; the token is mostly left alone, else everything would end at the first gate. */
    Bytes mutated(Random random) {
        String changedMethod = random.nextInt(8) == 0 ? pick(random, METHODS) : method;
        String changedPath = random.nextInt(5) == 0 ? mutatedPath(random) : path;
        String authorization = random.nextInt(8) == 0 ? mutatedAuthorization(random) : "Bearer " + token;
        List<String> headers = new ArrayList<>();
        headers.add("Authorization: " + authorization);
        headers.add("Content-Type: application/json");
        for (int extra = random.nextInt(4) - 1; extra > 0; extra--) {
            headers.add(pick(random, HEADERS));
        }
        byte[] content = body.isEmpty() && random.nextInt(4) > 0 ? new byte[0] : mutatedBody(random);
        boolean chunked = random.nextInt(10) == 0;
        headers.add(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + content.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(FuzzIT.utf8(changedMethod + " " + changedPath + " HTTP/1.1\r\nHost: localhost\r\n"));
        headers.forEach(header -> request.writeBytes(FuzzIT.utf8(header + "\r\n")));
        request.writeBytes(FuzzIT.utf8("Connection: close\r\n\r\n"));
        if (chunked) {
            request.writeBytes(FuzzIT.utf8(Integer.toHexString(content.length) + "\r\n"));
            request.writeBytes(content);
            request.writeBytes(FuzzIT.utf8(content.length == 0 ? "\r\n" : "\r\n0\r\n\r\n"));
        } else {
            request.writeBytes(content);
        }
        return new Bytes(request.toByteArray(), changedMethod.equals("HEAD"), false);
    }

    private String mutatedPath(Random random) {
        String part = pick(random, PATH_PARTS);
        int at = random.nextInt(path.length() + 1);
        return switch (random.nextInt(3)) {
            case 0 -> path + part;
            case 1 -> path.substring(0, at) + part + path.substring(at);
            default -> part.startsWith("/") ? part : "/" + part;
        };
    }

    private String mutatedAuthorization(Random random) {
        return pick(
                random,
                List.of(
                        "",
                        "Bearer",
                        "Bearer ",
                        "Bearer  " + token,
                        "bearer " + token,
                        "Basic dTpw",
                        token,
                        "Bearer " + token + " x",
                        "Bearer " + token.substring(0, token.length() - 1),
                        "Bearer " + token + "x".repeat(5_000),
                        "Bearer sk_live_\u00e9",
                        "Bearer es_'; drop table wallet; --",
                        "Bearer null"));
    }

    private byte[] mutatedBody(Random random) {
        byte[] valid = FuzzIT.utf8(body.isEmpty() ? "{\"a\":1}" : body);
        return switch (random.nextInt(9)) {
            case 0 -> valid;
            case 1 -> Arrays.copyOf(valid, random.nextInt(valid.length));
            case 2 -> flipped(valid, random);
            case 3 -> FuzzIT.utf8(pick(random, VALUES));
            case 4 -> new byte[0];
            case 5 -> noise(random);
            default -> FuzzIT.utf8(withAnotherValue(random));
        };
    }

    /** One field of the body gets a value that it should not have. */
    private String withAnotherValue(Random random) {
        if (body.length() < 2) {
            return pick(random, VALUES);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Json.read(body).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        if (fields.isEmpty()) {
            return pick(random, VALUES);
        }
        List<String> names = List.copyOf(fields.keySet());
        String spoiled = names.get(random.nextInt(names.size()));
        StringBuilder text = new StringBuilder("{");
        for (String name : names) {
            text.append(text.length() == 1 ? "" : ",").append('"').append(name).append("\":");
            text.append(name.equals(spoiled) ? pick(random, VALUES) : Json.write(fields.get(name)));
            if (name.equals(spoiled) && random.nextInt(6) == 0) {
                text.append(",\"").append(name).append("\":").append(pick(random, VALUES));
            }
        }
        return text.append('}').toString();
    }

    private static byte[] flipped(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
