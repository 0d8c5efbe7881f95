package dev.purser.app.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Receipts and credit notes. They go out by e-mail where a mail server is configured, {@code SPRING_MAIL_HOST} and so on.
 *
 * @param from the sender's address, PURSER_RECEIPTS_FROM; required with a mail server
 * @param merchant the merchant of record with address and tax number, as shown on every document, PURSER_RECEIPTS_MERCHANT;
 *     {@code \n} separates lines
 */
@ConfigurationProperties("purser.receipts")
record ReceiptProperties(@Nullable String from, @Nullable String merchant) {
    private static final int MAX_MERCHANT = 500;

    ReceiptProperties {
        if (merchant != null && merchant.length() > MAX_MERCHANT) {
            throw new IllegalArgumentException(
                    "PURSER_RECEIPTS_MERCHANT must have at most " + MAX_MERCHANT + " characters");
        }
    }

    @Nullable
    String merchantLines() {
        return merchant == null || merchant.isBlank() ? null : merchant.replace("\\n", "\n");
    }
}
