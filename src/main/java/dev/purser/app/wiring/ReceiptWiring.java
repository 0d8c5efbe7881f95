package dev.purser.app.wiring;

import dev.purser.app.installation.Installation;
import dev.purser.app.installation.PaymentMode;
import dev.purser.app.storage.StartRefused;
import dev.purser.eventstore.LedgerEngine;
import dev.purser.eventstore.log.EventLog;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.TenantDirectory;
import dev.purser.projection.customer.CustomerQueries;
import dev.purser.projection.engine.Projections;
import dev.purser.receipts.PaperController;
import dev.purser.receipts.Papers;
import dev.purser.receipts.mail.ReceiptMail;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/** What customers get for their payments. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(ReceiptProperties.class)
class ReceiptWiring {

    @Bean
    Papers papers(
            LedgerEngine engine,
            TenantDirectory tenants,
            CustomerQueries customers,
            Installation installation,
            ReceiptProperties properties) {
        return new Papers(
                engine.log(),
                engine.codec(),
                tenants,
                customers,
                properties.merchantLines(),
                installation.payments() == PaymentMode.SANDBOX);
    }

    @Bean
    PaperController paperController(Papers papers, AccessDirectory directory) {
        return new PaperController(papers, directory);
    }

    @Bean
    @ConditionalOnProperty("spring.mail.host")
    ReceiptMailLifecycle receiptMail(
            EventLog log,
            Projections projections,
            Papers papers,
            DataSource dataSource,
            JavaMailSender sender,
            ReceiptProperties properties) {
        return new ReceiptMailLifecycle(
                new ReceiptMail(log, projections, papers, dataSource, sender, requiredAddress(properties.from())));
    }

    private static String requiredAddress(@Nullable String from) {
        try {
            return new InternetAddress(String.valueOf(from), true).getAddress();
        } catch (AddressException e) {
            throw new StartRefused("PURSER_RECEIPTS_FROM must be an e-mail address where SPRING_MAIL_HOST is set,"
                    + " because receipts are sent in its name; it is " + from);
        }
    }
}
