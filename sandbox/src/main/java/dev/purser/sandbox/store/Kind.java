package dev.purser.sandbox.store;

import dev.purser.sandbox.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The kinds of objects, with Stripe's name, the prefix of their ids, and the fields that lists are filtered by. */
public enum Kind {
    ACCOUNT("account", "acct_1", "account", List.of()),
    ACCOUNT_LINK("account_link", "link_", "account link", List.of()),
    BALANCE("balance", "balance_", "balance", List.of()),
    BALANCE_TRANSACTION("balance_transaction", "txn_3", "balance transaction", List.of("source", "type", "currency")),
    CHARGE("charge", "ch_3", "charge", List.of("payment_intent", "customer", "transfer_group")),
    CUSTOMER("customer", "cus_", "customer", List.of("email")),
    DISPUTE("dispute", "dp_1", "dispute", List.of("payment_intent", "charge")),
    EVENT("event", "evt_1", "event", List.of("type")),
    PAYMENT_INTENT("payment_intent", "pi_3", "payment_intent", List.of("customer")),
    PAYMENT_METHOD("payment_method", "pm_1", "PaymentMethod", List.of("customer", "type")),
    REFUND("refund", "re_3", "refund", List.of("payment_intent", "charge")),
    TRANSFER("transfer", "tr_1", "transfer", List.of("destination", "transfer_group")),
    TRANSFER_REVERSAL("transfer_reversal", "trr_1", "transfer reversal", List.of("transfer"));

    private final String object;
    private final String prefix;
    private final String noun;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> filters;

    Kind(String object, String prefix, String noun, List<String> filters) {
        this.object = object;
        this.prefix = prefix;
        this.noun = noun;
        this.filters = filters;
    }

    /** The value of the field {@code object}. */
    public String object() {
        return object;
    }

    /** As error messages call it. */
    public String noun() {
        return noun;
    }

    public List<String> filters() {
        return filters;
    }

    public String newId() {
        return prefix + Ids.random(this == CUSTOMER ? 14 : this == ACCOUNT ? 15 : 23);
    }

    static @Nullable Kind of(JsonNode object) {
        String name = Json.text(object, "object");
        for (Kind kind : values()) {
            if (kind.object.equals(name)) {
                return kind;
            }
        }
        return null;
    }

    /** The kind of the object that an id names, by the part of the prefix up to the underscore. */
    public static @Nullable Kind ofId(String id) {
        for (Kind kind : values()) {
            if (id.startsWith(kind.prefix.substring(0, kind.prefix.indexOf('_') + 1))) {
                return kind;
            }
        }
        return null;
    }
}
