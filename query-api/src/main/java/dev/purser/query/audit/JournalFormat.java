package dev.purser.query.audit;

import dev.purser.edge.Problem;
import org.jspecify.annotations.Nullable;

/** The formats that a journal can have. */
enum JournalFormat {
    HLEDGER("journal", "text/plain;charset=utf-8"),
    BEANCOUNT("beancount", "text/plain;charset=utf-8"),
    CSV("csv", "text/csv;charset=utf-8;header=present");

    private final String extension;
    private final String contentType;

    JournalFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    static JournalFormat of(@Nullable String name) {
        return switch (name) {
            case "hledger" -> HLEDGER;
            case "beancount" -> BEANCOUNT;
            case "csv" -> CSV;
            case null, default -> throw Problem.invalid("format", "must be one of hledger, beancount, csv");
        };
    }

    /** Of files. */
    String extension() {
        return extension;
    }

    String contentType() {
        return contentType;
    }

    JournalWriter writer(Appendable out) {
        return switch (this) {
            case HLEDGER -> new HledgerWriter(out);
            case BEANCOUNT -> new BeancountWriter(out);
            case CSV -> new CsvWriter(out);
        };
    }
}
