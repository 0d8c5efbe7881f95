package dev.purser.query.audit;

import dev.purser.domain.Money;
import dev.purser.edge.wire.Times;
import dev.purser.projection.books.Account;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;

/** One line per posting, as RFC 4180 has it; no value needs quotes. */
record CsvWriter(Appendable out) implements JournalWriter {
    @Override
    public void begin(JournalPart part) throws IOException {
        out.append("position,event,time,type,account,amount,currency\r\n");
    }

    @Override
    public void account(Account account, LocalDate opened) {
        // Lines name their accounts.
    }

    @Override
    public void transaction(Transaction transaction) throws IOException {
        for (Map.Entry<Account, Money> posting : transaction.postings().entrySet()) {
            out.append(Long.toString(transaction.position())).append(',');
            out.append(
                    transaction.eventId() == null ? "" : transaction.eventId().toString());
            out.append(',').append(Times.iso(transaction.time())).append(',').append(transaction.type());
            out.append(',').append(posting.getKey().name()).append(',');
            out.append(posting.getValue().toString()).append(",USD\r\n");
        }
    }

    @Override
    public void balances(LocalDate day, SortedMap<Account, Money> balances) {
        // The format knows no assertions.
    }

    @Override
    public void end(long transactions) {
        // The format knows no comments.
    }
}
