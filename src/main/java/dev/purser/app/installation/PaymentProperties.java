package dev.purser.app.installation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where top-ups come from.
 *
 * @param payments PURSER_PAYMENTS: sandbox, none or stripe; decided by the rest of the configuration when not given
 */
@Validated
@ConfigurationProperties("purser")
public record PaymentProperties(@Nullable PaymentMode payments) {}
