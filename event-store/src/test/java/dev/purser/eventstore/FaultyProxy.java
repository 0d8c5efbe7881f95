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

    private final ServerSocket listener;
    private final SplittableRandom random;
    private final int oneIn;
    private final AtomicInteger requestsLost = new AtomicInteger();
    private final AtomicInteger answersLost = new AtomicInteger();
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

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), TestDatabase.port());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> pump(client, server, requestsLost));
                Thread.startVirtualThread(() -> pump(server, client, answersLost));
            } catch (IOException ignored) {
                // The listener was closed.
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicInteger lost) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (breaksNow()) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException ignored) {
            // The other direction was broken.
        }
    }

    private synchronized boolean breaksNow() {
        return faulty && random.nextInt(oneIn) == 0;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
