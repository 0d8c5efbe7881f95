package dev.purser.sandbox;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox runs.
 *
 * @param address that it listens on; loopback unless it must be reached from elsewhere
 * @param port 0 takes any free one
 * @param dataDirectory keeps the state over restarts, for one process at a time; null keeps it in memory only
 * @param publicUrl by which browsers reach it, without a slash at the end; null: as the caller of the API reached it
 * @param webhook that events are posted to; null until {@link StripeSandbox#deliverTo} says where
 * @param apiVersion of the events' objects, and of answers to requests that name none
 */
public record SandboxSettings(
        ModeKeys test,
        ModeKeys live,
        InetAddress address,
        int port,
        @Nullable Path dataDirectory,
        @Nullable URI publicUrl,
        @Nullable URI webhook,
        DeliverySettings delivery,
        InstantSource clock,
        String apiVersion) {
    /** The version that stripe-java 33.3 reads. */
    public static final String API_VERSION = "2026-07-29.dahlia";

    public SandboxSettings {
        if (test.isLive() || !live.isLive()) {
            throw new IllegalArgumentException("test and live: each must have the keys of its own mode");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: 0 to 65535, not " + port);
        }
        if (live.webhookSecret() != null && live.webhookSecret().equals(test.webhookSecret())) {
            throw new IllegalArgumentException("webhookSecret: must differ between test and live");
        }
    }

    /** On any free port of the loopback address, in memory, without a webhook. */
    public static SandboxSettings of(ModeKeys test, ModeKeys live) {
        return new SandboxSettings(
                test,
                live,
                InetAddress.getLoopbackAddress(),
                0,
                null,
                null,
                null,
                DeliverySettings.DEFAULTS,
                InstantSource.system(),
                API_VERSION);
    }

    public SandboxSettings withAddress(InetAddress other) {
        return new SandboxSettings(
                test, live, other, port, dataDirectory, publicUrl, webhook, delivery, clock, apiVersion);
    }

    public SandboxSettings withPort(int other) {
        return new SandboxSettings(
                test, live, address, other, dataDirectory, publicUrl, webhook, delivery, clock, apiVersion);
    }

    public SandboxSettings withDataDirectory(@Nullable Path other) {
        return new SandboxSettings(test, live, address, port, other, publicUrl, webhook, delivery, clock, apiVersion);
    }

    public SandboxSettings withPublicUrl(@Nullable URI other) {
        return new SandboxSettings(
                test, live, address, port, dataDirectory, other, webhook, delivery, clock, apiVersion);
    }

    public SandboxSettings withWebhook(@Nullable URI other) {
        return new SandboxSettings(
                test, live, address, port, dataDirectory, publicUrl, other, delivery, clock, apiVersion);
    }

    public SandboxSettings withDelivery(DeliverySettings other) {
        return new SandboxSettings(
                test, live, address, port, dataDirectory, publicUrl, webhook, other, clock, apiVersion);
    }

    public SandboxSettings withClock(InstantSource other) {
        return new SandboxSettings(
                test, live, address, port, dataDirectory, publicUrl, webhook, delivery, other, apiVersion);
    }
}
