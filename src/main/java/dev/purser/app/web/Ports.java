package dev.purser.app.web;

import dev.purser.app.storage.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured ports by name. */
public final class Ports {
    private Ports() {}

    /** Those that this process opens. */
    public static List<Named> of(NetworkProperties network) {
        String address = network.bind().address();
        return List.of(
                new Named("API", "PURSER_API_PORT", address, network.api().port()),
                new Named(
                        "gateway",
                        "PURSER_GATEWAY_PORT",
                        address,
                        network.gateway().port()),
                new Named(
                        "management",
                        "PURSER_MANAGEMENT_PORT",
                        network.management().address(),
                        network.management().port()));
    }

    /** Says so at once, before a database is started for nothing. */
    static void refuseIfUnusable(NetworkProperties network) {
        List<Named> ports = of(network);
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
    static String reachableHost(String address) {
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

        public boolean isManagement() {
            return purpose.equals("management");
        }

        public String reachableHost() {
            return Ports.reachableHost(address);
        }

        @Override
        public String toString() {
            return "port " + number + " (" + variable + ")";
        }
    }
}
