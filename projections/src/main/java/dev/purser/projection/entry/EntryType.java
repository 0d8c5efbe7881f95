package dev.purser.projection.entry;

import dev.purser.domain.wallet.CreditKind;
import java.util.Optional;
import java.util.stream.Stream;

/** What changed a balance. */
public enum EntryType {
    TOPUP("topup"),
    BONUS("bonus"),
    USAGE_DEBIT("usage_debit"),
    ADJUSTMENT("adjustment"),
    REVERSAL("reversal");

    private final String wireName;

    EntryType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<EntryType> ofWireName(String name) {
        return Stream.of(values()).filter(type -> type.wireName.equals(name)).findFirst();
    }

    static EntryType of(CreditKind kind) {
        return switch (kind) {
            case TOPUP -> TOPUP;
            case BONUS -> BONUS;
            case ADJUSTMENT -> ADJUSTMENT;
        };
    }
}
