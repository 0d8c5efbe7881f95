package dev.purser.app.wiring;

import dev.purser.app.web.ListeningPorts;
import dev.purser.domain.Ledger;
import dev.purser.edge.access.GateCheck;
import dev.purser.edge.access.GateInterceptor;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.error.Errors;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.filter.CorsFilter;
import dev.purser.edge.filter.EdgeFilter;
import dev.purser.edge.idempotency.AnswerSeal;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.idempotency.IdempotencyCleanup;
import dev.purser.edge.idempotency.JdbcStoredAnswers;
import dev.purser.edge.idempotency.StoredAnswers;
import dev.purser.edge.mvc.EdgeMvc;
import dev.purser.eventstore.secret.Fingerprints;
import dev.purser.eventstore.secret.Ids;
import dev.purser.eventstore.secret.SealedAnswers;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.SessionTokenCleanup;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The rules of every route. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class EdgeWiring {

    @Bean
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    RouteFamilies routeFamilies(ListeningPorts ports) {
        return new RouteFamilies(port -> port == ports.gateway());
    }

    @Bean
    Errors errors(RouteFamilies families) {
        return new Errors(families);
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(Errors errors) {
        FilterRegistrationBean<EdgeFilter> filter =
                new FilterRegistrationBean<>(new EdgeFilter(() -> Ids.next("req"), errors));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter() {
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2); // behind the internal port's own gate
        return filter;
    }

    @Bean
    EdgeMvc edgeMvc(AccessDirectory directory, Fingerprints fingerprints, Clock clock, Errors errors) {
        return new EdgeMvc(new GateInterceptor(directory, fingerprints::candidates, clock), new ErrorResolver(errors));
    }

    @Bean
    GateCheck gateCheck(Collection<RequestMappingHandlerMapping> mappings) {
        return new GateCheck(mappings);
    }

    @Bean
    StoredAnswers storedAnswers(JdbcClient jdbc) {
        return new JdbcStoredAnswers(jdbc);
    }

    @Bean
    Idempotency idempotency(Ledger ledger, StoredAnswers stored) {
        return new Idempotency(ledger, stored, new TokenSeal(), Idempotency.DEFAULT_WAIT);
    }

    @Bean
    Housekeeping housekeeping(JdbcClient jdbc, DataSource dataSource, Clock clock) {
        return new Housekeeping(new IdempotencyCleanup(jdbc, clock), new SessionTokenCleanup(dataSource, clock));
    }

    private static final class TokenSeal implements AnswerSeal {
        private static final String PURPOSE = "idempotent answer";

        @Override
        public byte[] seal(String token, byte[] answer) {
            return SealedAnswers.seal(token, PURPOSE, answer);
        }

        @Override
        public Optional<byte[]> open(String token, byte[] sealed) {
            return SealedAnswers.open(token, PURPOSE, sealed);
        }
    }
}
