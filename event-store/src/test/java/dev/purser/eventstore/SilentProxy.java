package dev.purser.eventstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between writer and database in which connections go dead without being closed: what is sent is never heard
 * of again. Connections made afterwards work.
 */
final class SilentProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    private static final class Link {
        private volatile boolean requestsPass = true;
        private volatile boolean answersPass = true;
    }

    SilentProxy() {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("silent-proxy").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Nothing passes any more on the connections there are. */
    void cut() {
        cutAnswers();
        links.forEach(link -> link.requestsPass = false);
    }

    /** The database still hears what is sent on the connections there are, but cannot be heard. */
    void cutAnswers() {
        links.forEach(link -> link.answersPass = false);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), TestDatabase.port());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Link link = new Link();
                links.add(link);
                Thread.startVirtualThread(() -> pump(client, server, link, true));
                Thread.startVirtualThread(() -> pump(server, client, link, false));
            } catch (IOException ignored) {
                // The listener was closed.
            }
        }
    }

    private static void pump(Socket from, Socket to, Link link, boolean requests) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (requests ? link.requestsPass : link.answersPass) {
                    out.write(buffer, 0, read);
                }
            }
            // An end is passed on only while anything is.
            if (requests ? link.requestsPass : link.answersPass) {
                to.close();
            }
        } catch (IOException ignored) {
            // The other direction was broken.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
