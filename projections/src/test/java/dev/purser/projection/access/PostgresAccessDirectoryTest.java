package dev.purser.projection.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Fingerprint;
import dev.purser.domain.HoldId;
import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.LinkStripeCustomer;
import dev.purser.domain.customer.CustomerCommand.UnblockCustomer;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.organization.OrganizationCommand.ActivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.eventstore.UniqueClaimViolated;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.TestLedger;
import dev.purser.projection.TestLedger.Enrolled;
import dev.purser.projection.TestLedger.Tenant;
import dev.purser.projection.access.HoldAccess.HoldStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nothing waits for a projection here: what a command changed is seen by the very next look-up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresAccessDirectoryTest {
    private final TestLedger ledger = TestLedger.with(List.of());
    private final AccessDirectory directory = new PostgresAccessDirectory(ledger.database.dataSource());
    private Tenant tenant = ledger.tenant();

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = ledger.tenant();
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Nested
    class PlatformKeys {
        private final Instant expiresAt = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MICROS);

        @Test
        void areFoundByTheirFingerprintWithAllTheyDependOn() {
            KeyId key = ledger.platformKey(tenant, tenant.project() + "a", expiresAt);

            PlatformAccess access = platformKey("a").orElseThrow();

            assertThat(access)
                    .isEqualTo(new PlatformAccess(
                            key,
                            tenant.organization(),
                            tenant.project(),
                            Mode.TEST,
                            false,
                            expiresAt,
                            true,
                            true,
                            ProjectSettings.DEFAULTS));
        }

        @Test
        void areFoundByAnyOfSeveralFingerprints() {
            ledger.platformKey(tenant, tenant.project() + "a", null);
            String known = TestLedger.fingerprint(tenant.project() + "a");

            assertThat(directory.platformKey(List.of("f".repeat(64), known))).isPresent();
            assertThat(directory.platformKey(List.of("f".repeat(64)))).isEmpty();
            assertThat(directory.platformKey(List.of())).isEmpty();
        }

        @Test
        void areNoStaffKeys() {
            ledger.platformKey(tenant, tenant.project() + "a", null);

            assertThat(directory.staffKey(List.of(TestLedger.fingerprint(tenant.project() + "a"))))
                    .isEmpty();
        }

        @Test
        void showRevocationAndInactivityAtOnce() {
            KeyId key = ledger.platformKey(tenant, tenant.project() + "a", null);
            ledger.send(new RevokeKey(key));
            assertThat(platformKey("a").orElseThrow().revoked()).isTrue();

            ledger.send(new DeactivateProject(tenant.project()));
            assertThat(platformKey("a").orElseThrow().projectActive()).isFalse();

            ledger.send(new DeactivateOrganization(tenant.organization()));
            assertThat(platformKey("a").orElseThrow().organizationActive()).isFalse();
            ledger.send(new ActivateOrganization(tenant.organization()));
            assertThat(platformKey("a").orElseThrow().organizationActive()).isTrue();
        }

        @Test
        void showChangedSettings() {
            ledger.platformKey(tenant, tenant.project() + "a", null);
            ProjectSettings changed = new ProjectSettings(
                    true,
                    ProjectSettings.DEFAULTS.markupPercent(),
                    ProjectSettings.DEFAULTS.bonusPercent(),
                    List.of("https://app.example.com"),
                    ProjectSettings.DEFAULTS.disconnectPolicy(),
                    Money.ofDollars(3),
                    Money.ofDollars(100),
                    17);
            ledger.send(new ChangeProjectSettings(tenant.project(), changed));

            assertThat(platformKey("a").orElseThrow().settings()).isEqualTo(changed);
        }

        @Test
        void refuseAFingerprintThatIsTaken() {
            ledger.platformKey(tenant, tenant.project() + "a", null);

            assertThatThrownBy(() -> ledger.platformKey(tenant, tenant.project() + "a", null))
                    .isInstanceOfSatisfying(
                            UniqueClaimViolated.class,
                            taken -> assertThat(taken.table()).isEqualTo("inline.key_fingerprint"));
        }

        private Optional<PlatformAccess> platformKey(String suffix) {
            return directory.platformKey(List.of(TestLedger.fingerprint(tenant.project() + suffix)));
        }
    }

    @Test
    void staffKeysAreFoundByKindAndOrganization() {
        String operator = TestLedger.fingerprint("operator" + tenant.project());
        String auditor = TestLedger.fingerprint("auditor" + tenant.project());
        staffKey(KeyKind.OPERATOR, null, operator);
        staffKey(KeyKind.AUDITOR, tenant.organization(), auditor);

        assertThat(directory.staffKey(List.of(operator))).hasValueSatisfying(key -> {
            assertThat(key.kind()).isEqualTo(KeyKind.OPERATOR);
            assertThat(key.organizationId()).isNull();
            assertThat(key.expiresAt()).isNull();
        });
        assertThat(directory.staffKey(List.of(auditor)))
                .hasValueSatisfying(key -> assertThat(key.organizationId()).isEqualTo(tenant.organization()));
        assertThat(directory.platformKey(List.of(operator))).isEmpty();
    }

    private void staffKey(KeyKind kind, @Nullable OrganizationId organization, String hex) {
        ledger.send(new CreateKey(
                new KeyId(Ids.next("key")),
                kind,
                organization,
                null,
                null,
                "staff",
                new Fingerprint(hex),
                "ok_…",
                null,
                Instant.now()));
    }

    @Nested
    class Sessions {
        @Test
        void areFoundByTheirTokenWithAllTheyDependOn() {
            Enrolled customer = ledger.enrol(tenant, "a");

            SessionAccess access = session(customer.sessionFingerprint());

            assertThat(access.sessionId()).isEqualTo(customer.session());
            assertThat(access.walletId()).isEqualTo(customer.wallet());
            assertThat(access.customerId()).isEqualTo(customer.customer());
            assertThat(access.organizationId()).isEqualTo(tenant.organization());
            assertThat(access.projectId()).isEqualTo(tenant.project());
            assertThat(access.mode()).isEqualTo(Mode.TEST);
            assertThat(access.models()).containsExactly("gpt-x");
            assertThat(access.maxSpend()).isEqualTo(Money.ofDollars(2));
            assertThat(access.tokenGeneration()).isEqualTo(access.generation());
            assertThat(access.tokenExpiresAt()).isEqualTo(access.mintedAt().plusSeconds(900));
            assertThat(access.revoked()).isFalse();
            assertThat(access.walletFrozen()).isFalse();
            assertThat(access.customerStatus()).isEqualTo(CustomerStatus.ACTIVE);
            assertThat(access.projectActive()).isTrue();
            assertThat(access.organizationActive()).isTrue();
            assertThat(access.settings()).isEqualTo(ProjectSettings.DEFAULTS);
        }

        @Test
        void supersedeTheirOldTokensByARefreshAtOnce() {
            Enrolled customer = ledger.enrol(tenant, "a");
            String renewed = TestLedger.fingerprint("renewed" + customer.session());
            ledger.send(new RefreshSession(customer.session(), 0, new Fingerprint(renewed), Instant.now()));

            SessionAccess old = session(customer.sessionFingerprint());
            SessionAccess current = session(renewed);

            assertThat(old.tokenGeneration()).isLessThan(old.generation());
            assertThat(current.tokenGeneration()).isEqualTo(current.generation());
            assertThat(current.sessionId()).isEqualTo(customer.session());
        }

        @Test
        void showRevocationAndABlockedCustomerAtOnce() {
            Enrolled customer = ledger.enrol(tenant, "a");
            ledger.send(new RevokeSession(customer.session()));
            ledger.send(new BlockCustomer(customer.customer()));

            SessionAccess access = session(customer.sessionFingerprint());

            assertThat(access.revoked()).isTrue();
            assertThat(access.customerStatus()).isEqualTo(CustomerStatus.BLOCKED);
            ledger.send(new UnblockCustomer(customer.customer()));
            assertThat(session(customer.sessionFingerprint()).customerStatus()).isEqualTo(CustomerStatus.ACTIVE);
        }

        @Test
        void areFrozenUntilTheLastReasonIsGone() {
            Enrolled customer = ledger.enrol(tenant, "a");
            ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.BACKEND));
            ledger.send(new FreezeWallet(customer.wallet(), FreezeReason.DISPUTE));
            ledger.send(new UnfreezeWallet(customer.wallet(), FreezeReason.BACKEND));
            assertThat(session(customer.sessionFingerprint()).walletFrozen()).isTrue();

            ledger.send(new UnfreezeWallet(customer.wallet(), FreezeReason.DISPUTE));

            assertThat(session(customer.sessionFingerprint()).walletFrozen()).isFalse();
        }

        private SessionAccess session(String fingerprint) {
            return directory.session(List.of(fingerprint)).orElseThrow();
        }
    }

    @Nested
    class Customers {
        @Test
        void areFoundByExternalIdByIdAndByWalletInTheirOwnWorldOnly() {
            Enrolled customer = ledger.enrol(tenant, "a");
            CustomerAccess expected = new CustomerAccess(
                    customer.customer(),
                    customer.wallet(),
                    tenant.project(),
                    Mode.TEST,
                    CustomerStatus.ACTIVE,
                    false,
                    null);
            Tenant sibling = ledger.project(tenant.organization());

            assertThat(lookUps(tenant, customer))
                    .allSatisfy(found -> assertThat(found).contains(expected));
            assertThat(lookUps(tenant.in(Mode.LIVE), customer))
                    .allSatisfy(found -> assertThat(found).isEmpty());
            assertThat(lookUps(sibling, customer))
                    .allSatisfy(found -> assertThat(found).isEmpty());
            assertThat(lookUps(ledger.tenant(), customer))
                    .allSatisfy(found -> assertThat(found).isEmpty());
        }

        @Test
        void areKnownByTheirCustomerAtStripe() {
            Enrolled customer = ledger.enrol(tenant, "a");
            ledger.send(new LinkStripeCustomer(customer.customer(), "cus_stripe1"));
            ledger.send(new LinkStripeCustomer(customer.customer(), "cus_stripe2"));

            assertThat(lookUps(tenant, customer))
                    .allSatisfy(found ->
                            assertThat(found.orElseThrow().stripeCustomerId()).isEqualTo("cus_stripe1"));
        }

        @Test
        void areFrozenAsLongAsOneDisputeIsOpen() {
            Enrolled customer = ledger.enrol(tenant, "a");
            FreezeReason first = FreezeReason.ofDispute("dp_1");
            FreezeReason second = FreezeReason.ofDispute("dp_2");
            ledger.send(new FreezeWallet(customer.wallet(), first));
            ledger.send(new FreezeWallet(customer.wallet(), second));

            ledger.send(new UnfreezeWallet(customer.wallet(), first));
            assertThat(lookUps(tenant, customer))
                    .allSatisfy(found ->
                            assertThat(found.orElseThrow().walletFrozen()).isTrue());
            ledger.send(new UnfreezeWallet(customer.wallet(), second));
            assertThat(lookUps(tenant, customer))
                    .allSatisfy(found ->
                            assertThat(found.orElseThrow().walletFrozen()).isFalse());
        }

        @Test
        void haveAnExternalIdThatIsUniqueInTheirWorld() {
            ledger.enrol(tenant, "a");
            ledger.enrol(tenant.in(Mode.LIVE), "a");
            ledger.enrol(ledger.project(tenant.organization()), "a");

            assertThatThrownBy(() -> ledger.enrol(tenant, "a"))
                    .isInstanceOfSatisfying(
                            UniqueClaimViolated.class,
                            taken -> assertThat(taken.table()).isEqualTo("inline.external_id"));
        }

        private List<Optional<CustomerAccess>> lookUps(Tenant world, Enrolled customer) {
            return List.of(
                    directory.customerByExternalId(world.project(), world.mode(), TestLedger.fingerprint("a")),
                    directory.customer(world.project(), world.mode(), customer.customer()),
                    directory.wallet(world.project(), world.mode(), customer.wallet()));
        }
    }

    @Nested
    class BackendHolds {
        @Test
        void showHowTheyEnded() {
            Enrolled customer = ledger.enrol(tenant, "a");
            ledger.credit(customer.wallet(), 10);
            HoldId open = hold(customer, HoldOrigin.BACKEND);
            HoldId captured = hold(customer, HoldOrigin.BACKEND);
            HoldId released = hold(customer, HoldOrigin.BACKEND);
            HoldId expired = hold(customer, HoldOrigin.BACKEND);
            ledger.capture(customer, captured, HoldOrigin.BACKEND, Money.ofDollars(1));
            ledger.send(new ReleaseHold(customer.wallet(), released, HoldOrigin.BACKEND));
            ledger.send(new ExpireHold(customer.wallet(), expired, Instant.now().plusSeconds(3_600)));

            assertThat(status(open)).contains(HoldStatus.OPEN);
            assertThat(status(captured)).contains(HoldStatus.CAPTURED);
            assertThat(status(released)).contains(HoldStatus.RELEASED);
            assertThat(status(expired)).contains(HoldStatus.EXPIRED);
        }

        @Test
        void areInvisibleToOtherWorldsAndNeverAGateways() {
            Enrolled customer = ledger.enrol(tenant, "a");
            ledger.credit(customer.wallet(), 10);
            HoldId mine = hold(customer, HoldOrigin.BACKEND);
            HoldId gateways = hold(customer, HoldOrigin.GATEWAY);
            Tenant sibling = ledger.project(tenant.organization());

            assertThat(status(gateways)).isEmpty();
            assertThat(directory.backendHold(tenant.project(), Mode.LIVE, mine)).isEmpty();
            assertThat(directory.backendHold(sibling.project(), Mode.TEST, mine))
                    .isEmpty();
            assertThat(directory.backendHold(tenant.project(), Mode.TEST, mine))
                    .contains(new HoldAccess(mine, customer.wallet(), tenant.project(), Mode.TEST, HoldStatus.OPEN));
        }

        private HoldId hold(Enrolled customer, HoldOrigin origin) {
            return ledger.hold(
                    customer, origin, Money.ofDollars(1), Instant.now().plusSeconds(60));
        }

        private Optional<HoldStatus> status(HoldId hold) {
            return directory.backendHold(tenant.project(), Mode.TEST, hold).map(HoldAccess::status);
        }
    }
}
