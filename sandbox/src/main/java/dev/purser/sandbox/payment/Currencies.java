package dev.purser.sandbox.payment;

import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.StripeError;
import java.util.Locale;
import java.util.Map;

/** The currencies of the sandbox, all with cents, and the least amount of a charge in each. */
public final class Currencies {
    private static final Map<String, Integer> LEAST_CENTS = Map.of("usd", 50, "eur", 50, "gbp", 30);
    private static final Map<String, String> SIGNS = Map.of("usd", "$", "eur", "€", "gbp", "£");
    private static final long MOST_CENTS = 99_999_999;

    private Currencies() {}

    public static String read(Params params) {
        String currency = params.requiredText("currency").toLowerCase(Locale.ROOT);
        if (!LEAST_CENTS.containsKey(currency)) {
            throw StripeError.invalid(
                    null,
                    "currency",
                    "Invalid currency: " + currency + ". The sandbox supports these currencies: usd, eur, gbp");
        }
        return currency;
    }

    /** The amount of something that is charged. */
    static long chargeable(Params params, String currency) {
        long cents = positive(params, "amount");
        int least = LEAST_CENTS.getOrDefault(currency, 0);
        if (cents < least) {
            throw StripeError.invalid(
                    "amount_too_small", "amount", "Amount must be at least " + text(least, currency) + " " + currency);
        }
        if (cents > MOST_CENTS) {
            throw StripeError.invalid(
                    "amount_too_large", "amount", "Amount must be no more than " + text(MOST_CENTS, currency));
        }
        return cents;
    }

    public static long positive(Params params, String name) {
        long cents = params.requiredInteger(name);
        if (cents < 1) {
            throw StripeError.invalid(
                    "parameter_invalid_integer", params.name(name), "This value must be greater than or equal to 1.");
        }
        return cents;
    }

    /** {@code $10.50}. */
    public static String text(long cents, String currency) {
        return SIGNS.getOrDefault(currency, "") + cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }
}
