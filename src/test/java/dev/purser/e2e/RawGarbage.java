package dev.purser.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What a port scanner, a broken proxy or a smuggler would send. */
final class RawGarbage {
    private static final List<String> KNOWN = List.of(
            "\r\n\r\n",
            "GET\r\n\r\n",
            "GET /\r\n\r\n",
            "GET / HTTP/0.9\r\n\r\n",
            "GET / HTTP/3.0\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET  /  HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET //evil.example/%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: [::\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
            "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}   x",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n0\r\n\r\n",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
            "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{\"customer\":",
            "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{\"model\":",
            "GET /v1/config HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
            "GET /v1/config HTTP/1.1\r\nHost: a\r\nX\u0000Y: a\r\n\r\n",
            "GET /v1/config HTTP/1.1\nHost: a\n\n",
            "<html><body>hello</body></html>\r\n\r\n",
            "{\"customer\":\"ann\"}\r\n\r\n");

    private RawGarbage() {}

    static FuzzedRequest.Bytes next(Random random) {
        byte[] base = FuzzIT.utf8(KNOWN.get(random.nextInt(KNOWN.size())));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (random.nextInt(3)) {
            case 0 -> bytes.writeBytes(base);
            case 1 -> {
                byte[] changed = base.clone();
                for (int flips = random.nextInt(5); flips > 0; flips--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                bytes.writeBytes(changed);
            }
            default -> {
                byte[] noise = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(noise);
                bytes.writeBytes(noise);
            }
        }
        // The head of a request ends, so that the server need not wait for the rest of it.
        bytes.writeBytes(FuzzIT.utf8("\r\n\r\n"));
        boolean head = new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1).startsWith("HEAD ");
        return new FuzzedRequest.Bytes(bytes.toByteArray(), head, true);
    }
}
