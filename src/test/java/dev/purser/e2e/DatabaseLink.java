package dev.purser.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between one node and its database. Cut, it passes nothing and closes nothing: neither end learns of it. Mended,
 * it goes on where it was.
 */
final class DatabaseLink implements AutoCloseable {
    private final ServerSocket listener;
    private final int databasePort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean isCut;

    DatabaseLink(int databasePort) {
        this.databasePort = databasePort;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("database-link").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cut() {
        set(true);
    }

    void mend() {
        set(false);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mend();
    }

    private void set(boolean cut) {
        lock.lock();
        try {
            isCut = cut;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            passOn();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            Thread.startVirtualThread(() -> pump(client, server));
            pump(server, client);
        } catch (IOException | InterruptedException e) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                passOn();
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
            passOn();
        } catch (IOException | InterruptedException e) {
            // The other direction ends with this one.
        }
        close(from);
        close(to);
    }

    /** Waits while the link is cut. */
    private void passOn() throws InterruptedException {
        lock.lock();
        try {
            while (isCut) {
                mended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
