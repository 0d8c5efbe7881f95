package dev.purser.app.node;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This process as one of several on the same database. Without an address it is the only one, and nothing of this applies.
 *
 * @param address {@code host:port} at which the other nodes reach this one, PURSER_NODE_ADDRESS
 * @param port where this node listens for the others, PURSER_NODE_PORT
 * @param bind on which network interface, PURSER_NODE_BIND_ADDRESS
 * @param leadWait how long a command or a request waits for a node that leads, PURSER_NODE_LEADWAIT
 */
public record NodeProperties(
        @Nullable String address,

        @Min(0) @Max(65_535) @DefaultValue("4005") int port,

        @Valid @NotNull @DefaultValue Bind bind,
        @NotNull @DefaultValue("5s") Duration leadWait) {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("([0-9A-Za-z._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}");

    /** The network interface. */
    public record Bind(@NotBlank @DefaultValue("127.0.0.1") String address) {}

    /** Whether there may be other nodes. */
    public boolean isClustered() {
        return address != null && !address.isBlank();
    }

    /** The address, when there is one; fails when it is not {@code host:port}. */
    public String requiredAddress() {
        if (address == null || !HOST_AND_PORT.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "PURSER_NODE_ADDRESS must be host:port, as the other nodes reach this one: " + address);
        }
        return address;
    }
}
