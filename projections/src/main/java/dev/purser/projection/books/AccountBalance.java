package dev.purser.projection.books;

import dev.purser.domain.Money;

/** What an account had at some position of the log, debit positive. */
public record AccountBalance(Account account, Money balance) {}
