package dev.purser.query.audit;

import dev.purser.domain.Money;
import dev.purser.projection.books.Account;
import java.io.IOException;
import java.time.LocalDate;
import java.util.SortedMap;

/** A journal in one format. Accounts come first, then transactions in the order of the log, each day's balances behind it. */
interface JournalWriter {
    void begin(JournalPart part) throws IOException;

    /** An account that may be posted to from that day on. */
    void account(Account account, LocalDate opened) throws IOException;

    void transaction(Transaction transaction) throws IOException;

    /** What accounts had after the day's last transaction so far. */
    void balances(LocalDate day, SortedMap<Account, Money> balances) throws IOException;

    /** The end, without which a journal is not whole. */
    void end(long transactions) throws IOException;
}
