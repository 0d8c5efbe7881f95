package dev.purser.projection.books;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.books.AccountKind;
import java.util.Comparator;
import java.util.List;

/**
 * An account of the books.
 *
 * @param owner the id of the wallet or organization whose account it is; empty for those that everybody shares
 */
public record Account(AccountKind kind, Mode mode, String owner) implements Comparable<Account> {
    private static final Comparator<Account> ORDER =
            Comparator.comparing(Account::kind).thenComparing(Account::mode).thenComparing(Account::owner);

    /** What an account counts, as bookkeepers sort accounts. */
    public enum Type {
        ASSET,
        LIABILITY,
        REVENUE,
        EXPENSE
    }

    /** Both accounts of a wallet. */
    public static List<Account> ofWallet(Mode mode, String walletId) {
        return List.of(
                new Account(AccountKind.WALLET, mode, walletId), new Account(AccountKind.WALLET_HELD, mode, walletId));
    }

    /** All accounts that belong to no wallet. */
    public static List<Account> ofOrganization(Mode mode, OrganizationId organizationId) {
        return Amounts.KINDS.stream()
                .filter(kind -> !isOfWallet(kind))
                .map(kind -> of(kind, mode, organizationId, ""))
                .toList();
    }

    /** The account that a posting of a stream's event goes to. */
    public static Account of(AccountKind kind, Mode mode, OrganizationId organizationId, String stream) {
        return new Account(
                kind,
                mode,
                switch (kind) {
                    case WALLET, WALLET_HELD -> stream;
                    case MARGIN, GRANTS, FORFEITED -> organizationId.value();
                    case STRIPE_CLEARING,
                            PLATFORM_FEES,
                            REVENUE_USAGE,
                            LOSS_REFUNDS,
                            LOSS_UNDERESTIMATE,
                            PAYOUTS_IN_FLIGHT,
                            TOPUPS_SETTLING -> "";
                });
    }

    private static boolean isOfWallet(AccountKind kind) {
        return kind == AccountKind.WALLET || kind == AccountKind.WALLET_HELD;
    }

    /** Its name in the trial balance and the journals. */
    public String name() {
        return switch (kind) {
            case STRIPE_CLEARING -> "stripe:clearing";
            case WALLET -> "wallet:" + owner;
            case WALLET_HELD -> "wallet:" + owner + ":held";
            case MARGIN -> (mode == Mode.LIVE ? "margin:" : "margin-test:") + owner;
            case PLATFORM_FEES -> "platform:fees";
            case REVENUE_USAGE -> "revenue:usage";
            case GRANTS -> "grants:" + owner;
            case LOSS_REFUNDS -> "loss:refunds";
            case LOSS_UNDERESTIMATE -> "loss:underestimate";
            case FORFEITED -> "forfeited:" + owner;
            case PAYOUTS_IN_FLIGHT -> "payouts:in-flight";
            case TOPUPS_SETTLING -> "topups:settling";
        };
    }

    public Type type() {
        return switch (kind) {
            case STRIPE_CLEARING -> Type.ASSET;
            case WALLET, WALLET_HELD, MARGIN, PAYOUTS_IN_FLIGHT, TOPUPS_SETTLING -> Type.LIABILITY;
            case PLATFORM_FEES, REVENUE_USAGE, FORFEITED -> Type.REVENUE;
            case GRANTS, LOSS_REFUNDS, LOSS_UNDERESTIMATE -> Type.EXPENSE;
        };
    }

    @Override
    public int compareTo(Account other) {
        return ORDER.compare(this, other);
    }
}
