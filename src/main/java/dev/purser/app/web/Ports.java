package dev.purser.app.web;

import dev.purser.app.storage.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured ports by name. */
public final class Ports {
    private Ports() {}

    /**
     * Those that this process opens.
     *
     * @param sandbox whether the play-money Stripe is among them
     */
    public static List<Named> of(NetworkProperties network, boolean sandbox) {
        String address = network.bind().address();
        List<Named> ports = new ArrayList<>(List.of(
                new Named("API", "PURSER_API_PORT", address, network.api().port()),
                gateway(network),
                new Named(
                        "management",
                        "PURSER_MANAGEMENT_PORT",
                        network.management().address(),
                        network.management().port())));
        if (sandbox) {
            ports.add(sandbox(network));
        }
        if (network.node().isClustered()) {
            ports.add(nodes(network));
        }
        return List.copyOf(ports);
    }

    static Named gateway(NetworkProperties network) {
        return new Named(
                "gateway",
                "PURSER_GATEWAY_PORT",
                network.bind().address(),
                network.gateway().port());
    }

    public static Named sandbox(NetworkProperties network) {
        return new Named(
                "sandbox",
                "PURSER_SANDBOX_PORT",
                network.bind().address(),
                network.sandbox().port());
    }

    /** The internal port; opened only where there may be other nodes. */
    static Named nodes(NetworkProperties network) {
        return new Named(
                "nodes",
                "PURSER_NODE_PORT",
                network.node().bind().address(),
                network.node().port());
    }

    /** Says so at once, before a database is started for nothing. */
    static void refuseIfUnusable(NetworkProperties network, boolean sandbox) {
        List<Named> ports = of(network, sandbox);
        Stream<Integer> fixed = ports.stream().map(Named::number).filter(number -> number != 0);
        if (fixed.distinct().count()
                < ports.stream().filter(port -> port.number() != 0).count()) {
            throw new StartRefused("Two ports are the same: "
                    + ports.stream().map(Named::toString).collect(Collectors.joining(", ")) + ".");
        }
        String taken = ports.stream()
                .filter(port -> !port.isFree())
                .map(Named::toString)
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new StartRefused("In use by another program, perhaps another Purser: " + taken
                    + ". Stop it, or choose other ports.");
        }
    }

    /** The address as a client on this machine writes it in a URL. */
    public static String reachableHost(String address) {
        String reachable = address.equals("0.0.0.0") || address.equals("::") ? "localhost" : address;
        return reachable.contains(":") ? "[" + reachable + "]" : reachable;
    }

    /**
     * One port.
     *
     * @param purpose what it is for
     * @param variable the environment variable that sets it
     */
    public record Named(String purpose, String variable, String address, int number) {

        public boolean isFree() {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address, number));
                return true;
            } catch (IOException taken) {
                return false;
            }
        }

        /** What a running Purser answers at this port, and the path to ask it by. */
        public Sign sign() {
            return switch (purpose) {
                case "management" -> new Sign("/actuator/health", "\"ledger\"");
                case "sandbox" -> new Sign("/", "runs beside Purser");
                case "nodes" -> new Sign("/internal/lead", "of this installation");
                default -> new Sign("/v1/version", "\"Purser\"");
            };
        }

        public String reachableHost() {
            return Ports.reachableHost(address);
        }

        @Override
        public String toString() {
            return "port " + number + " (" + variable + ")";
        }
    }

    /** A path, and a text in its answer that no other program gives. */
    public record Sign(String path, String text) {}
}
