package dev.purser.query.audit;

import dev.purser.domain.Money;
import dev.purser.projection.books.Account;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;

/**
 * Beancount's format, for {@code bean-check}. A balance directive holds at the beginning of its day, so that those of a day
 * bear the date of the next; all amounts have nine digits, from which beancount takes how exact they are meant.
 *
 * @see <a href="https://beancount.github.io/docs/beancount_language_syntax.html">the language</a>
 */
record BeancountWriter(Appendable out) implements JournalWriter {
    @Override
    public void begin(JournalPart part) throws IOException {
        out.append("; ").append(part.range()).append('\n');
        out.append("option \"title\" \"").append(part.title()).append("\"\n");
        out.append("option \"operating_currency\" \"USD\"\n\n");
    }

    @Override
    public void account(Account account, LocalDate opened) throws IOException {
        out.append(opened.toString()).append(" open ").append(name(account)).append(" USD\n");
    }

    @Override
    public void transaction(Transaction transaction) throws IOException {
        out.append('\n').append(transaction.date().toString());
        out.append(" * \"").append(transaction.type()).append("\"\n");
        out.append("  position: ").append(Long.toString(transaction.position())).append('\n');
        if (transaction.eventId() != null) {
            out.append("  event: \"").append(transaction.eventId().toString()).append("\"\n");
        }
        for (Map.Entry<Account, Money> posting : transaction.postings().entrySet()) {
            out.append("  ").append(name(posting.getKey())).append("  ");
            out.append(amount(posting.getValue())).append(" USD\n");
        }
    }

    @Override
    public void balances(LocalDate day, SortedMap<Account, Money> balances) throws IOException {
        out.append('\n');
        for (Map.Entry<Account, Money> balance : balances.entrySet()) {
            out.append(day.plusDays(1).toString()).append(" balance ").append(name(balance.getKey()));
            out.append("  ").append(amount(balance.getValue())).append(" ~ 0 USD\n");
        }
    }

    @Override
    public void end(long transactions) throws IOException {
        out.append("\n; end, transactions: ")
                .append(Long.toString(transactions))
                .append('\n');
    }

    private static String amount(Money amount) {
        return amount.dollars().toPlainString();
    }

    /** No account is below another one, because a balance directive counts those below in. */
    static String name(Account account) {
        return switch (account.kind()) {
            case STRIPE_CLEARING -> "Assets:Stripe:Clearing";
            case WALLET -> "Liabilities:Wallet:W-" + account.owner();
            case WALLET_HELD -> "Liabilities:WalletHeld:W-" + account.owner();
            case MARGIN ->
                switch (account.mode()) {
                    case LIVE -> "Liabilities:Margin:O-" + account.owner();
                    case TEST -> "Liabilities:MarginTest:O-" + account.owner();
                };
            case PLATFORM_FEES -> "Income:Platform:Fees";
            case REVENUE_USAGE -> "Income:Revenue:Usage";
            case GRANTS -> "Expenses:Grants:O-" + account.owner();
            case LOSS_REFUNDS -> "Expenses:Loss:Refunds";
            case LOSS_UNDERESTIMATE -> "Expenses:Loss:Underestimate";
            case FORFEITED -> "Income:Forfeited:O-" + account.owner();
            case PAYOUTS_IN_FLIGHT -> "Liabilities:Payouts:InFlight";
            case TOPUPS_SETTLING -> "Liabilities:TopUps:Settling";
        };
    }
}
