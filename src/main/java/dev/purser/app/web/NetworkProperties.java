package dev.purser.app.web;

import dev.purser.app.node.NodeProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Purser listens. Every port is on the bind address, which is loopback unless said otherwise; the management port
 * stays on loopback always. Port 0 takes a free one (for tests).
 */
@Validated
@ConfigurationProperties("purser")
public record NetworkProperties(
        @Valid @NotNull @DefaultValue Bind bind,
        @Valid @NotNull @DefaultValue Api api,
        @Valid @NotNull @DefaultValue Gateway gateway,
        @Valid @NotNull @DefaultValue Sandbox sandbox,
        @Valid @NotNull @DefaultValue Management management,
        @Valid @NotNull @DefaultValue NodeProperties node) {

    /** The network interface, PURSER_BIND_ADDRESS. */
    public record Bind(@NotBlank @DefaultValue("127.0.0.1") String address) {}

    /** The API and the dashboard, PURSER_API_PORT. */
    public record Api(
            @Min(0) @Max(65_535) @DefaultValue("4002") int port) {}

    /** The OpenAI-compatible gateway, PURSER_GATEWAY_PORT. */
    public record Gateway(
            @Min(0) @Max(65_535) @DefaultValue("4001") int port) {}

    /** The payment sandbox, PURSER_SANDBOX_PORT. */
    public record Sandbox(
            @Min(0) @Max(65_535) @DefaultValue("4003") int port) {}

    /** Health and metrics, PURSER_MANAGEMENT_PORT and PURSER_MANAGEMENT_ADDRESS. */
    public record Management(
            @Min(0) @Max(65_535) @DefaultValue("4004") int port,
            @NotBlank @DefaultValue("127.0.0.1") String address) {}
}
