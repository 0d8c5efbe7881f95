package dev.purser.eventstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between writer and database that breaks: now and then a request is cut off before it arrives, or, worse, an
 * answer after the database has done what it was asked to.
 */
final class FaultyProxy implements AutoCloseable {

    private static final int NEVER = Integer.MAX_VALUE;

    private final ServerSocket listener;
    private final SplittableRandom random;
    private final int oneIn;
    private final AtomicInteger requestsLost = new AtomicInteger();
    private final AtomicInteger answersLost = new AtomicInteger();
    private final AtomicInteger requestsUntilLoss = new AtomicInteger(NEVER);
    private final AtomicInteger answersUntilLoss = new AtomicInteger(NEVER);
    private volatile boolean faulty;

    /** A proxy that, once faulty, breaks about one in so many packets of either direction. */
    FaultyProxy(long seed, int oneIn) {
        this.random = new SplittableRandom(seed);
        this.oneIn = oneIn;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("faulty-proxy").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int requestsLost() {
        return requestsLost.get();
    }

    int answersLost() {
        return answersLost.get();
    }

    void becomeFaulty() {
        faulty = true;
    }

    void becomeReliable() {
        faulty = false;
    }

    /** Breaks the connection instead of delivering a request, when so many others were delivered. */
    void loseRequestAfter(int others) {
        requestsUntilLoss.set(others);
    }

    /** Breaks the connection instead of delivering the next answer, which the database gives nevertheless. */
    void loseNextAnswer() {
        answersUntilLoss.set(0);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), TestDatabase.port());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> pump(client, server, requestsUntilLoss, requestsLost));
                Thread.startVirtualThread(() -> pump(server, client, answersUntilLoss, answersLost));
            } catch (IOException ignored) {
                // The listener was closed.
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicInteger untilLoss, AtomicInteger lost) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (breaksNow(untilLoss)) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException ignored) {
            // The other direction was broken.
        }
    }

    private synchronized boolean breaksNow(AtomicInteger untilLoss) {
        if (untilLoss.get() != NEVER && untilLoss.getAndDecrement() == 0) {
            untilLoss.set(NEVER);
            return true;
        }
        return faulty && random.nextInt(oneIn) == 0;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
