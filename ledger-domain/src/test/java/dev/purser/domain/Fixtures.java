package dev.purser.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;

/** Axon's given-when-then for aggregates whose commands name their stream themselves. */
public final class Fixtures {
    private Fixtures() {}

    public static <T> AggregateTestFixture<T> of(Class<T> aggregate) {
        AggregateTestFixture<T> fixture = new AggregateTestFixture<>(aggregate);
        fixture.registerCommandTargetResolver(command ->
                new VersionedAggregateIdentifier((Object) ((LedgerCommand<?>) command.getPayload()).streamId(), null));
        return fixture;
    }

    public static Matcher<Throwable> rejected(Rejection rejection) {
        return new CustomTypeSafeMatcher<>("rejected with " + rejection) {
            @Override
            protected boolean matchesSafely(Throwable thrown) {
                assertThat(thrown).isInstanceOf(Rejected.class);
                return ((Rejected) thrown).rejection().equals(rejection);
            }
        };
    }
}
