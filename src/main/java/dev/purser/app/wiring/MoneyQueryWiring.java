package dev.purser.app.wiring;

import dev.purser.domain.margin.HoldBack;
import dev.purser.edge.request.PositionCursor;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.books.BookQueries;
import dev.purser.projection.books.TrialBalances;
import dev.purser.projection.margin.MarginQueries;
import dev.purser.projection.payout.PayoutQueries;
import dev.purser.projection.topup.TopUpQueries;
import dev.purser.query.audit.Journal;
import dev.purser.query.audit.JournalController;
import dev.purser.query.audit.TrialBalanceController;
import dev.purser.query.margin.MarginController;
import dev.purser.query.page.Freshness;
import dev.purser.query.payout.PayoutListController;
import dev.purser.query.topup.ParkedPaymentController;
import dev.purser.query.topup.TopUpListController;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes that read top-ups, margin, payouts and the books. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class MoneyQueryWiring {

    @Bean
    TopUpQueries topUpQueries(DataSource dataSource) {
        return new TopUpQueries(dataSource);
    }

    @Bean
    PayoutQueries payoutQueries(DataSource dataSource) {
        return new PayoutQueries(dataSource);
    }

    @Bean
    MarginQueries marginQueries(DataSource dataSource) {
        return new MarginQueries(dataSource);
    }

    @Bean
    BookQueries bookQueries(DataSource dataSource) {
        return new BookQueries(dataSource);
    }

    @Bean
    TopUpListController topUpListController(
            AccessDirectory directory, TopUpQueries topUps, PositionCursor cursors, Freshness freshness) {
        return new TopUpListController(directory, topUps, cursors, freshness);
    }

    @Bean
    ParkedPaymentController parkedPaymentController(TopUpQueries topUps, PositionCursor cursors, Freshness freshness) {
        return new ParkedPaymentController(topUps, cursors, freshness);
    }

    @Bean
    MarginController marginController(
            MarginQueries margins, HoldBack holdBack, PositionCursor cursors, Freshness freshness, Clock clock) {
        return new MarginController(margins, holdBack, cursors, freshness, clock);
    }

    @Bean
    PayoutListController payoutListController(PayoutQueries payouts, PositionCursor cursors, Freshness freshness) {
        return new PayoutListController(payouts, cursors, freshness);
    }

    @Bean
    TrialBalanceController trialBalanceController(
            DataSource dataSource, LedgerEngine engine, BookQueries books, EventLog log, Freshness freshness) {
        return new TrialBalanceController(new TrialBalances(dataSource, log, engine.codec()), books, log, freshness);
    }

    @Bean
    JournalController journalController(
            DataSource dataSource, LedgerEngine engine, BookQueries books, EventLog log, Freshness freshness) {
        return new JournalController(new Journal(dataSource, log, engine.codec()), books, log, freshness);
    }
}
