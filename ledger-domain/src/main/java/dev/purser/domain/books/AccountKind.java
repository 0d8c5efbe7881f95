package dev.purser.domain.books;

/** The kinds of accounts of the books; some have an account per wallet or organization. */
public enum AccountKind {
    /** Money at Stripe. */
    STRIPE_CLEARING,
    /** What is owed to a wallet, without what is held. */
    WALLET,
    /** What is owed to a wallet and set aside for calls under way. */
    WALLET_HELD,
    /** What is owed to a developer. */
    MARGIN,
    PLATFORM_FEES,
    REVENUE_USAGE,
    /** Given away: bonuses and the backend's adjustments. */
    GRANTS,
    /** Refunded or disputed, and spent already. */
    LOSS_REFUNDS,
    /** Used beyond what could be charged. */
    LOSS_UNDERESTIMATE,
    /** Left behind by erased customers. */
    FORFEITED,
    PAYOUTS_IN_FLIGHT,
    /** Between the streams of one append: zero after each. */
    TOPUPS_SETTLING
}
