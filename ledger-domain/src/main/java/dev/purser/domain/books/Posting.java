package dev.purser.domain.books;

import dev.purser.domain.Money;

/** One side of an entry in the books; a debit is positive, a credit negative, and none is zero. */
public record Posting(AccountKind account, Money amount) {}
