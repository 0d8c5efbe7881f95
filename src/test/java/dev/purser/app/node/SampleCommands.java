package dev.purser.app.node;

import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.CompositeCommand.GrantCredits;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Fingerprint;
import dev.purser.domain.HoldId;
import dev.purser.domain.KeyId;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.PayoutId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejection;
import dev.purser.domain.Sealed;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerCommand.RegisterCustomer;
import dev.purser.domain.customer.CustomerCommand.UnblockCustomer;
import dev.purser.domain.customer.CustomerCommand.UpdateProfile;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.customer.CustomerView;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.key.KeyView;
import dev.purser.domain.organization.OrganizationCommand.ActivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.pricing.ModelPrice;
import dev.purser.domain.pricing.PriceListCommand.PublishPrices;
import dev.purser.domain.pricing.Tariff;
import dev.purser.domain.pricing.Usage;
import dev.purser.domain.project.DisconnectPolicy;
import dev.purser.domain.project.ProjectCommand.ActivateProject;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectCommand.RecordGrant;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.domain.session.SessionView;
import dev.purser.domain.wallet.CreditKind;
import dev.purser.domain.wallet.Debited;
import dev.purser.domain.wallet.FreezeReason;
import dev.purser.domain.wallet.HoldOrigin;
import dev.purser.domain.wallet.Metering;
import dev.purser.domain.wallet.SessionCap;
import dev.purser.domain.wallet.UsageSource;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.CreditWallet;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.ExpireHold;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.RenewHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Every command once (those of money in and out in {@link SampleMoneyCommands}), those with fields that may be missing twice, each with a result; and every rejection. */
final class SampleCommands {
    private static final Instant AT = Instant.parse("2026-11-24T10:15:30.123456Z");
    private static final OrganizationId ORGANIZATION = new OrganizationId("org1");
    private static final ProjectId PROJECT = new ProjectId("prj1");
    private static final CustomerId CUSTOMER = new CustomerId("cus1");
    private static final WalletId WALLET = new WalletId("wal1");
    private static final SessionId SESSION = new SessionId("ses1");
    private static final HoldId HOLD = new HoldId("hld1");
    private static final Money MONEY = new Money(1_234_567_890_123L);
    private static final Sealed SEALED = new Sealed("c2VhbGVk");
    private static final Fingerprint TOKEN = new Fingerprint("0f".repeat(32));
    private static final ProjectSettings SETTINGS = new ProjectSettings(
            true,
            new BigDecimal("12.5"),
            BigDecimal.ONE,
            List.of("https://app.example.com"),
            DisconnectPolicy.CANCEL,
            MONEY,
            MONEY,
            77);
    private static final Metering METERING =
            new Metering("openai/gpt", "openai", new Usage(1_000, 10, 20, 1), UsageSource.DRAINED, 3, "chatcmpl-1");
    private static final Metering SHORT_METERING =
            new Metering("own", null, Usage.ofTokens(0, 0), UsageSource.REPORTED, 1, null);
    private static final WalletView WALLET_VIEW = new WalletView(WALLET, CUSTOMER, Mode.LIVE, MONEY, Money.ZERO, true);
    private static final Debited DEBITED = new Debited(HOLD, MONEY, MONEY, Money.ZERO, WALLET_VIEW);
    private static final CustomerView CUSTOMER_VIEW = new CustomerView(CUSTOMER, WALLET, CustomerStatus.BLOCKED);
    private static final KeyView KEY_VIEW = new KeyView(
            new KeyId("key1"), KeyKind.PLATFORM, ORGANIZATION, PROJECT, Mode.TEST, "n", "sk_…", false, AT, AT);
    private static final KeyView OPERATOR_VIEW =
            new KeyView(new KeyId("key2"), KeyKind.OPERATOR, null, null, null, "n", "ok_…", true, null, AT);
    private static final OrganizationView ORGANIZATION_VIEW = new OrganizationView(ORGANIZATION, "Ünïcode \"o\"", true);
    private static final ProjectView PROJECT_VIEW = new ProjectView(PROJECT, ORGANIZATION, "p", false, SETTINGS);
    private static final ProjectView DEFAULT_PROJECT_VIEW =
            new ProjectView(PROJECT, ORGANIZATION, "p", true, ProjectSettings.DEFAULTS);
    private static final SessionView SESSION_VIEW = new SessionView(SESSION, WALLET, CUSTOMER, Mode.LIVE, 4, true, AT);
    private static final RegisterCustomer REGISTER =
            new RegisterCustomer(CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE, WALLET, "ab12", SEALED, SEALED, null);
    private static final OpenWallet OPEN = new OpenWallet(WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE);
    private static final RecordGrant GRANT = new RecordGrant(PROJECT, Mode.TEST, MONEY, LocalDate.of(2026, 11, 24));
    private static final CreditWallet CREDIT = new CreditWallet(WALLET, CreditKind.ADJUSTMENT, MONEY, SEALED);
    private static final MintSession MINT = new MintSession(
            SESSION, WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.LIVE, TOKEN, List.of("a", "b"), MONEY, 900, AT);
    private static final MintSession OPEN_MINT =
            new MintSession(SESSION, WALLET, CUSTOMER, ORGANIZATION, PROJECT, Mode.TEST, TOKEN, null, null, 60, AT);

    private SampleCommands() {}

    record Sample<R>(LedgerCommand<R> command, R result) {}

    static List<Sample<?>> all() {
        return Stream.concat(tenantsAndWallets().stream(), SampleMoneyCommands.all().stream())
                .toList();
    }

    private static List<Sample<?>> tenantsAndWallets() {
        return List.of(
                new Sample<>(new RegisterOrganization(ORGANIZATION, "o"), ORGANIZATION_VIEW),
                new Sample<>(new RenameOrganization(ORGANIZATION, "o"), ORGANIZATION_VIEW),
                new Sample<>(new ActivateOrganization(ORGANIZATION), ORGANIZATION_VIEW),
                new Sample<>(new DeactivateOrganization(ORGANIZATION), ORGANIZATION_VIEW),
                new Sample<>(new CreateProject(PROJECT, ORGANIZATION, "p", SETTINGS), PROJECT_VIEW),
                new Sample<>(new RenameProject(PROJECT, "p"), DEFAULT_PROJECT_VIEW),
                new Sample<>(new ChangeProjectSettings(PROJECT, ProjectSettings.DEFAULTS), PROJECT_VIEW),
                new Sample<>(new ActivateProject(PROJECT), PROJECT_VIEW),
                new Sample<>(new DeactivateProject(PROJECT), PROJECT_VIEW),
                new Sample<>(GRANT, PROJECT_VIEW),
                new Sample<>(
                        new CreateKey(
                                new KeyId("key1"),
                                KeyKind.PLATFORM,
                                ORGANIZATION,
                                PROJECT,
                                Mode.LIVE,
                                "n",
                                TOKEN,
                                "sk_…",
                                AT,
                                AT),
                        KEY_VIEW),
                new Sample<>(
                        new CreateKey(
                                new KeyId("key2"), KeyKind.OPERATOR, null, null, null, "n", TOKEN, "ok_…", null, AT),
                        OPERATOR_VIEW),
                new Sample<>(new RevokeKey(new KeyId("key1")), KEY_VIEW),
                new Sample<>(REGISTER, CUSTOMER_VIEW),
                new Sample<>(new UpdateProfile(CUSTOMER, null, SEALED), CUSTOMER_VIEW),
                new Sample<>(new BlockCustomer(CUSTOMER), CUSTOMER_VIEW),
                new Sample<>(new UnblockCustomer(CUSTOMER), CUSTOMER_VIEW),
                new Sample<>(OPEN, WALLET_VIEW),
                new Sample<>(CREDIT, WALLET_VIEW),
                new Sample<>(new CreditWallet(WALLET, CreditKind.ADJUSTMENT, MONEY, null), WALLET_VIEW),
                new Sample<>(
                        new HoldCredits(
                                WALLET, HOLD, MONEY, HoldOrigin.GATEWAY, SESSION, new SessionCap(MONEY, AT), "m", AT),
                        WALLET_VIEW),
                new Sample<>(
                        new HoldCredits(WALLET, HOLD, Money.ZERO, HoldOrigin.BACKEND, null, null, null, AT),
                        WALLET_VIEW),
                new Sample<>(new RenewHold(WALLET, HOLD, AT, MONEY, METERING), WALLET_VIEW),
                new Sample<>(new RenewHold(WALLET, HOLD, AT, Money.ZERO, null), WALLET_VIEW),
                new Sample<>(new DebitUsage(WALLET, HOLD, MONEY, METERING, SEALED, SEALED), DEBITED),
                new Sample<>(new DebitUsage(WALLET, HOLD, MONEY, SHORT_METERING, null, null), DEBITED),
                new Sample<>(new CaptureHold(WALLET, HOLD, HoldOrigin.GATEWAY, MONEY, METERING, AT), DEBITED),
                new Sample<>(new CaptureHold(WALLET, HOLD, HoldOrigin.BACKEND, null, null, AT), DEBITED),
                new Sample<>(new ReleaseHold(WALLET, HOLD, HoldOrigin.BACKEND), WALLET_VIEW),
                new Sample<>(new ExpireHold(WALLET, HOLD, AT), WALLET_VIEW),
                new Sample<>(new FreezeWallet(WALLET, FreezeReason.OPERATOR), WALLET_VIEW),
                new Sample<>(new UnfreezeWallet(WALLET, FreezeReason.BACKEND), WALLET_VIEW),
                new Sample<>(MINT, SESSION_VIEW),
                new Sample<>(OPEN_MINT, SESSION_VIEW),
                new Sample<>(new RefreshSession(SESSION, 4, TOKEN, AT), SESSION_VIEW),
                new Sample<>(new RevokeSession(SESSION), SESSION_VIEW),
                new Sample<>(
                        new PublishPrices(List.of(
                                new ModelPrice("free", Tariff.FREE),
                                new ModelPrice("dear", Tariff.perMillion("0.1235", "15")))),
                        7),
                new Sample<>(new EnrolCustomer(REGISTER, OPEN, MINT), SESSION_VIEW),
                new Sample<>(new GrantCredits(GRANT, CREDIT), WALLET_VIEW));
    }

    static List<Rejection> rejections() {
        return List.of(
                new Rejection.InsufficientCredits(MONEY, Money.ZERO),
                new Rejection.SessionCapReached(MONEY, Money.ZERO),
                new Rejection.WalletIsFrozen(),
                new Rejection.BalanceLimitExceeded(MONEY),
                new Rejection.HoldNotOpen(),
                new Rejection.HoldHasExpired(),
                new Rejection.CaptureAboveHold(MONEY, Money.ZERO),
                new Rejection.GrantLimitExceeded(MONEY, Money.ZERO),
                new Rejection.PayoutBelowMinimum(MONEY),
                new Rejection.PayoutInFlight(new PayoutId("pyt1")),
                new Rejection.PayoutNotInFlight(new PayoutId("pyt1")),
                new Rejection.CustomerIsBlocked(),
                new Rejection.SessionIsRevoked(),
                new Rejection.TokenSuperseded(),
                new Rejection.SessionIsOver(),
                new Rejection.Unknown("wal1"),
                new Rejection.AlreadyExists("hold"));
    }
}
