package dev.purser.query.audit;

import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.books.AccountKind;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.books.Account;
import dev.purser.projection.books.AccountBalance;
import dev.purser.projection.books.BookQueries;
import dev.purser.projection.books.BookQueries.OpenedWallet;
import dev.purser.projection.books.MoneyLog;
import dev.purser.projection.books.MoneyLog.MoneyEvent;
import dev.purser.projection.books.TrialBalances;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The journal of an organization's books, written as the log is read: one transaction per event that posted something. Its
 * transactions come from the log, the balances at its end from the read model: who checks the journal checks one against
 * the other. Memory grows with the wallets that have money, not with the transactions. Thread-safe.
 */
public final class Journal {
    private static final int WALLETS_PER_PAGE = 1_000;

    private final BookQueries books;
    private final TrialBalances trialBalances;
    private final MoneyLog log;

    public Journal(DataSource dataSource, EventLog log, EventCodec codec) {
        this.books = new BookQueries(dataSource);
        this.trialBalances = new TrialBalances(dataSource, log, codec);
        this.log = new MoneyLog(dataSource, codec);
    }

    /** The part's last position must have been projected. */
    void write(JournalPart part, JournalWriter writer) throws IOException {
        writer.begin(part);
        declare(part, writer);
        Days days = new Days(part, writer);
        if (part.from() != null && part.after() > 0) {
            days.open(part.from(), part.after(), balancesAt(part, part.after()));
        }
        log.read(
                part.after(),
                part.upTo(),
                streams -> books.owned(part.organizationId(), part.mode(), streams),
                days::add);
        days.close(balancesAt(part, part.upTo()));
        writer.end(days.transactions);
    }

    private void declare(JournalPart part, JournalWriter writer) throws IOException {
        Optional<Instant> opened = books.openedAt(part.organizationId(), part.mode());
        if (opened.isEmpty()) {
            return;
        }
        for (Account account : Account.ofOrganization(part.mode(), part.organizationId())) {
            writer.account(account, Transaction.dateOf(opened.get()));
        }
        String last = "";
        List<OpenedWallet> page;
        do {
            page = books.wallets(part.organizationId(), part.mode(), part.upTo(), last, WALLETS_PER_PAGE);
            for (OpenedWallet wallet : page) {
                last = wallet.walletId().value();
                for (Account account : Account.ofWallet(part.mode(), last)) {
                    writer.account(account, Transaction.dateOf(wallet.openedAt()));
                }
            }
        } while (page.size() == WALLETS_PER_PAGE);
    }

    private SortedMap<Account, Money> balancesAt(JournalPart part, long position) {
        SortedMap<Account, Money> balances = new TreeMap<>();
        for (AccountBalance each :
                trialBalances.at(part.organizationId(), part.mode(), position).accounts()) {
            if (!each.balance().isZero()) {
                balances.put(each.account(), each.balance());
            }
        }
        return balances;
    }

    /** Adds up the transactions, so that each day can end with the balances of the accounts it touched. */
    private static final class Days {
        private final OrganizationId organizationId;
        private final Mode mode;
        private final JournalWriter writer;
        private final Map<Account, Money> balances = new HashMap<>();
        private final SortedSet<Account> touched = new TreeSet<>();
        private @Nullable LocalDate day;
        long transactions;

        Days(JournalPart part, JournalWriter writer) {
            this.organizationId = part.organizationId();
            this.mode = part.mode();
            this.writer = writer;
        }

        void open(Instant from, long position, SortedMap<Account, Money> carried) throws IOException {
            if (!carried.isEmpty()) {
                write(new Transaction(position, null, from, "Opening", carried));
            }
        }

        void add(MoneyEvent event) throws IOException {
            SortedMap<Account, Money> postings = new TreeMap<>();
            for (AccountKind kind : AccountKind.values()) {
                Money amount = event.amounts().of(kind);
                if (!amount.isZero()) {
                    postings.put(Account.of(kind, mode, organizationId, event.stream()), amount);
                }
            }
            write(new Transaction(event.position(), event.eventId(), event.recordedAt(), event.type(), postings));
        }

        private void write(Transaction transaction) throws IOException {
            LocalDate date = transaction.date();
            if (day != null && !day.equals(date)) {
                writer.balances(day, balancesOf(touched));
                touched.clear();
            }
            day = date;
            writer.transaction(transaction);
            transactions++;
            transaction.postings().forEach(this::post);
        }

        private void post(Account account, Money amount) {
            touched.add(account);
            Money balance = balances.getOrDefault(account, Money.ZERO).plus(amount);
            if (balance.isZero()) {
                balances.remove(account);
            } else {
                balances.put(account, balance);
            }
        }

        private SortedMap<Account, Money> balancesOf(SortedSet<Account> accounts) {
            SortedMap<Account, Money> some = new TreeMap<>();
            accounts.forEach(account -> some.put(account, balances.getOrDefault(account, Money.ZERO)));
            return some;
        }

        /** Of all accounts that are not empty, and of those that became so on the last day. */
        void close(SortedMap<Account, Money> shown) throws IOException {
            if (day == null) {
                return;
            }
            SortedMap<Account, Money> all = new TreeMap<>(shown);
            touched.forEach(account -> all.putIfAbsent(account, Money.ZERO));
            writer.balances(day, all);
        }
    }
}
