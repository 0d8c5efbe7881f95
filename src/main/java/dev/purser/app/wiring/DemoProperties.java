package dev.purser.app.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The demo organization.
 *
 * @param demo PURSER_DEMO: whether to make it; when not given, with the embedded database and play money only
 */
@ConfigurationProperties("purser")
record DemoProperties(@Nullable Boolean demo) {}
