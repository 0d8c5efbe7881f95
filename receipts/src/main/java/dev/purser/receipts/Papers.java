package dev.purser.receipts;

import dev.purser.domain.TopUpId;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.topup.TopUpEvent.TopUpQuoted;
import dev.purser.eventstore.codec.EventCodec;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.access.TenantDirectory.Project;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.receipts.document.Buyer;
import dev.purser.receipts.document.Document;
import dev.purser.receipts.document.Paperwork;
import dev.purser.receipts.document.Paperwork.CreditNote;
import dev.purser.receipts.document.Paperwork.Receipt;
import dev.purser.receipts.document.Seller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The papers of top-ups, in the name that the project has now and to the customer as known now. Thread-safe. */
public final class Papers {
    private final EventLog log;
    private final EventCodec codec;
    private final TenantDirectory tenants;
    private final CustomerQueries customers;
    private final @Nullable String merchant;
    private final boolean sandbox;

    /**
     * @param merchant the merchant of record with address and tax number, several lines; null: not shown
     * @param sandbox whether payments are play money here
     */
    public Papers(
            EventLog log,
            EventCodec codec,
            TenantDirectory tenants,
            CustomerQueries customers,
            @Nullable String merchant,
            boolean sandbox) {
        this.log = log;
        this.codec = codec;
        this.tenants = tenants;
        this.customers = customers;
        this.merchant = merchant;
        this.sandbox = sandbox;
    }

    public Optional<Paperwork> of(TopUpId topUpId) {
        return Paperwork.of(topUpId, log, codec);
    }

    public Document receipt(Paperwork papers, Receipt receipt) {
        return Document.receipt(papers, receipt, seller(papers.topUp()), buyer(papers.topUp()), sandbox);
    }

    public Document creditNote(Paperwork papers, CreditNote note) {
        return Document.creditNote(papers, note, seller(papers.topUp()), buyer(papers.topUp()), sandbox);
    }

    private Seller seller(TopUpQuoted topUp) {
        Project project = tenants.project(topUp.projectId())
                .orElseThrow(() -> new IllegalStateException("project " + topUp.projectId() + " is gone"));
        ProjectSettings settings = project.settings();
        String brand = settings.brandName() == null ? project.name() : settings.brandName();
        return new Seller(brand, settings.supportAddress(), settings.supportEmail(), merchant);
    }

    private Buyer buyer(TopUpQuoted topUp) {
        return customers
                .customer(topUp.projectId(), topUp.mode(), topUp.customerId())
                .filter(customer -> customer.status() != CustomerStatus.DELETED)
                .map(customer -> new Buyer(customer.name(), customer.email()))
                .orElse(Buyer.UNKNOWN);
    }
}
