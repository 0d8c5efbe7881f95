package dev.purser.query.audit;

import dev.purser.domain.Money;
import dev.purser.projection.books.Account;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;

/**
 * hledger's journal format, for {@code hledger check --strict}: accounts and the commodity are declared, each day ends with a
 * transaction of zeros that asserts the balances of what it has touched.
 *
 * @see <a href="https://hledger.org/1.25/hledger.html#journal-format">the journal format</a>
 */
record HledgerWriter(Appendable out) implements JournalWriter {
    @Override
    public void begin(JournalPart part) throws IOException {
        out.append("; ").append(part.title()).append("; ").append(part.range()).append("\n\n");
        out.append("decimal-mark .\ncommodity 1000.000000000 USD\n\n");
    }

    @Override
    public void account(Account account, LocalDate opened) throws IOException {
        out.append("account ")
                .append(account.name())
                .append("  ; type: ")
                .append(
                        switch (account.type()) {
                            case ASSET -> "A";
                            case LIABILITY -> "L";
                            case REVENUE -> "R";
                            case EXPENSE -> "X";
                        });
        out.append('\n');
    }

    @Override
    public void transaction(Transaction transaction) throws IOException {
        out.append('\n').append(transaction.date().toString()).append(" * ").append(transaction.type());
        out.append("  ; position: ").append(Long.toString(transaction.position()));
        if (transaction.eventId() != null) {
            out.append(", event: ").append(transaction.eventId().toString());
        }
        out.append('\n');
        for (Map.Entry<Account, Money> posting : transaction.postings().entrySet()) {
            posting(posting.getKey(), posting.getValue()).append('\n');
        }
    }

    @Override
    public void balances(LocalDate day, SortedMap<Account, Money> balances) throws IOException {
        out.append('\n').append(day.toString()).append(" * Balances\n");
        for (Map.Entry<Account, Money> balance : balances.entrySet()) {
            posting(balance.getKey(), Money.ZERO)
                    .append(" = ")
                    .append(balance.getValue().toString())
                    .append(" USD\n");
        }
    }

    @Override
    public void end(long transactions) throws IOException {
        out.append("\n; end, transactions: ")
                .append(Long.toString(transactions))
                .append('\n');
    }

    /** An account's name ends at two blanks. */
    private Appendable posting(Account account, Money amount) throws IOException {
        return out.append("    ")
                .append(account.name())
                .append("  ")
                .append(amount.toString())
                .append(" USD");
    }
}
