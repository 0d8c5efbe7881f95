package dev.purser.gateway.catalogue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a host by what its name resolves to, never by the name. */
public final class Loopback {
    private Loopback() {}

    /** The address to connect to; empty unless every address of the host is this machine's own. */
    public static Optional<InetAddress> addressOf(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            return Optional.empty();
        }
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            return Stream.of(addresses).allMatch(InetAddress::isLoopbackAddress)
                    ? Stream.of(addresses).findFirst()
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
