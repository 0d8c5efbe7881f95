package dev.purser.gateway.chat;

import java.time.Duration;

/**
 * How long a stream may keep us waiting.
 *
 * @param drain for how long a stream that nobody hears any more is read on
 */
public record RelayTimes(Duration firstFrame, Duration idle, Duration drain) {}
