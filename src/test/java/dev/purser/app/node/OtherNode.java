package dev.purser.app.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.purser.domain.LedgerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Another node's internal port, answering by a script. */
final class OtherNode implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Scripted> script = new LinkedBlockingQueue<>();
    private final List<LedgerCommand<?>> commands = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private interface Scripted {
        void answer(HttpExchange exchange) throws IOException;
    }

    OtherNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
        server.createContext(NodeClient.COMMANDS, this::answer);
        server.start();
    }

    Lead lead(String term) {
        return new Lead(term, "nod2", "127.0.0.1:" + server.getAddress().getPort());
    }

    void answers(byte[] json) {
        script.add(exchange -> {
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        });
    }

    void answers(RuntimeException failure) {
        answers(Objects.requireNonNull(CommandJson.failed(failure)));
    }

    void answersStatus(int status) {
        script.add(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    /** The command has arrived, and nobody learns what became of it. */
    void hangsUp() {
        script.add(exchange -> {
            throw new IOException("hung up");
        });
    }

    /** Never answers, and says when it would have. */
    void holdsItsAnswerUntil(Runnable arrived) {
        script.add(exchange -> {
            arrived.run();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    List<LedgerCommand<?>> commands() {
        return List.copyOf(commands);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            commands.add(CommandJson.request(exchange.getRequestBody().readAllBytes())
                    .command());
            Scripted next = script.poll();
            if (next == null) {
                throw new AssertionError("one command too many");
            }
            next.answer(exchange);
        }
    }
}
