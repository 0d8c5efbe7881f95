package dev.purser.receipts.document;

import org.jspecify.annotations.Nullable;

/**
 * In whose name a document is issued.
 *
 * @param brand what the customer knows: the project's brand, else its name
 * @param supportAddress where a letter goes
 * @param merchant the merchant of record with address and tax number, as the operator has configured it; lines
 */
public record Seller(
        String brand,
        @Nullable String supportAddress,
        @Nullable String supportEmail,
        @Nullable String merchant) {
    /** A brand is one line wherever it is shown. */
    public Seller {
        brand = brand.replaceAll("\\s+", " ").strip();
    }
}
