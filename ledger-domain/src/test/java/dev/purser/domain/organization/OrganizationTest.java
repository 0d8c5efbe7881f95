package dev.purser.domain.organization;

import static dev.purser.domain.Fixtures.rejected;
import static dev.purser.domain.MoneyFixture.NOON;
import static dev.purser.domain.MoneyFixture.dollars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Fixtures;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.organization.OrganizationCommand.ActivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.organization.OrganizationEvent.OrganizationActivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationDeactivated;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRegistered;
import dev.purser.domain.organization.OrganizationEvent.OrganizationRenamed;
import dev.purser.domain.organization.OrganizationEvent.PromotionalCreditsGranted;
import dev.purser.domain.organization.OrganizationEvent.StripeAccountLinked;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrganizationTest {
    private static final OrganizationId ID = new OrganizationId("org1");
    private static final Instant LATER = NOON.plusSeconds(3_600);
    private static final OrganizationRegistered REGISTERED = new OrganizationRegistered(ID, "Acme");

    @Test
    void isActiveFromTheStart() {
        Fixtures.of(Organization.class)
                .givenNoPriorActivity()
                .when(new RegisterOrganization(ID, "Acme"))
                .expectEvents(REGISTERED)
                .expectResultMessagePayload(new OrganizationView(ID, "Acme", true));
    }

    @Test
    void refusesToBeRegisteredTwice() {
        given(REGISTERED)
                .when(new RegisterOrganization(ID, "Acme"))
                .expectException(rejected(new AlreadyExists("organization")));
    }

    @Test
    void recordsOnlyWhatChanges() {
        given(REGISTERED).when(new RenameOrganization(ID, "Acme")).expectNoEvents();
        given(REGISTERED).when(new RenameOrganization(ID, "Apex")).expectEvents(new OrganizationRenamed("Apex"));
        given(REGISTERED).when(new ActivateOrganization(ID)).expectNoEvents();
        given(REGISTERED).when(new DeactivateOrganization(ID)).expectEvents(new OrganizationDeactivated());
        given(REGISTERED, new OrganizationDeactivated())
                .when(new DeactivateOrganization(ID))
                .expectNoEvents()
                .expectResultMessagePayload(new OrganizationView(ID, "Acme", false));
        given(REGISTERED, new OrganizationDeactivated())
                .when(new ActivateOrganization(ID))
                .expectEvents(new OrganizationActivated());
    }

    @Test
    void linksTheFirstStripeAccount() {
        given(REGISTERED).when(new LinkStripeAccount(ID, "acct_1")).expectEvents(new StripeAccountLinked("acct_1"));
        given(REGISTERED, new StripeAccountLinked("acct_1"))
                .when(new LinkStripeAccount(ID, "acct_2"))
                .expectNoEvents()
                .expectResultMessagePayload(new OrganizationView(ID, "Acme", true, PromotionalCredits.NONE, "acct_1"));
    }

    @Test
    void keepsPromotionalCreditsByTheirEnd() {
        given(REGISTERED, granted("2", null), granted("3", LATER), granted("1", NOON))
                .when(new GrantPromotionalCredits(ID, dollars("4"), LATER))
                .expectEvents(granted("4", LATER))
                .expectResultMessagePayload(new OrganizationView(
                        ID,
                        "Acme",
                        true,
                        new PromotionalCredits(List.of(portion("1", NOON), portion("7", LATER), portion("2", null))),
                        null));
    }

    @Test
    void spendsWhatEndsFirstAndNeverWhatHasEnded() {
        PromotionalCredits credits =
                PromotionalCredits.NONE.plus(List.of(portion("2", null), portion("3", LATER), portion("1", NOON)));

        assertThat(credits.availableAt(NOON.minusNanos(1))).isEqualTo(dollars("6"));
        assertThat(credits.availableAt(NOON)).isEqualTo(dollars("5"));
        List<PromotionalPortion> spent = credits.toSpend(dollars("4"), NOON);
        assertThat(spent).containsExactly(portion("3", LATER), portion("1", null));
        assertThat(credits.minus(spent).portions()).containsExactly(portion("1", NOON), portion("1", null));
        assertThat(credits.minus(spent).plus(spent)).isEqualTo(credits);
        assertThat(credits.toSpend(dollars("100"), LATER)).containsExactly(portion("2", null));
    }

    @Test
    void neverHasLessThanNothing() {
        assertThatThrownBy(() -> PromotionalCredits.NONE.minus(List.of(portion("1", null))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new GrantPromotionalCredits(ID, dollars("0"), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PromotionalCreditsGranted granted(String amount, @Nullable Instant expiresAt) {
        return new PromotionalCreditsGranted(dollars(amount), expiresAt);
    }

    private static PromotionalPortion portion(String amount, @Nullable Instant expiresAt) {
        return new PromotionalPortion(dollars(amount), expiresAt);
    }

    private static TestExecutor<Organization> given(Object... events) {
        return Fixtures.of(Organization.class).given(events);
    }
}
