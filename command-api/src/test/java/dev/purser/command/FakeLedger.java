package dev.purser.command;

import dev.purser.domain.ClaimTaken;
import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.CompositeCommand.GrantCredits;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Ledger;
import dev.purser.domain.LedgerCommand;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand;
import dev.purser.domain.customer.CustomerCommand.BlockCustomer;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.customer.CustomerView;
import dev.purser.domain.key.KeyCommand.CreateKey;
import dev.purser.domain.key.KeyCommand.RevokeKey;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.key.KeyView;
import dev.purser.domain.organization.OrganizationCommand;
import dev.purser.domain.organization.OrganizationCommand.DeactivateOrganization;
import dev.purser.domain.organization.OrganizationCommand.GrantPromotionalCredits;
import dev.purser.domain.organization.OrganizationCommand.LinkStripeAccount;
import dev.purser.domain.organization.OrganizationCommand.RegisterOrganization;
import dev.purser.domain.organization.OrganizationCommand.RenameOrganization;
import dev.purser.domain.organization.OrganizationView;
import dev.purser.domain.organization.PromotionalCredits;
import dev.purser.domain.organization.PromotionalPortion;
import dev.purser.domain.project.ProjectCommand;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectSettings;
import dev.purser.domain.project.ProjectView;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.session.SessionCommand.RefreshSession;
import dev.purser.domain.session.SessionCommand.RevokeSession;
import dev.purser.domain.session.SessionView;
import dev.purser.domain.wallet.Debited;
import dev.purser.domain.wallet.WalletCommand.CaptureHold;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletCommand.DebitUsage;
import dev.purser.domain.wallet.WalletCommand.FreezeWallet;
import dev.purser.domain.wallet.WalletCommand.HoldCredits;
import dev.purser.domain.wallet.WalletCommand.ReleaseHold;
import dev.purser.domain.wallet.WalletCommand.UnfreezeWallet;
import dev.purser.domain.wallet.WalletView;
import dev.purser.edge.idempotency.StoredAnswers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers every command with a view that shows it was taken, records it, and refuses when told to. */
public final class FakeLedger implements Ledger, StoredAnswers {
    public final List<LedgerCommand<?>> commands = new ArrayList<>();
    public final List<Cause> causes = new ArrayList<>();

    private final Deque<Refusal> refusals = new ArrayDeque<>();
    private final Map<String, StoredAnswer> answers = new HashMap<>();
    private final Map<OrganizationId, OrganizationView> organizations = new HashMap<>();

    private record Refusal(RuntimeException thrown, Runnable meanwhile) {}

    /** The next command is refused; meanwhile something else happens. Several are refused in this order. */
    public void refuseNext(RuntimeException thrown, Runnable meanwhile) {
        refusals.add(new Refusal(thrown, meanwhile));
    }

    @Override
    public synchronized <R> R send(LedgerCommand<R> command, Cause cause) {
        commands.add(command);
        causes.add(cause);
        Refusal refusal = refusals.poll();
        if (refusal != null) {
            refusal.meanwhile().run();
            throw refusal.thrown();
        }
        @SuppressWarnings("unchecked") // each command is answered with its own view
        R answer = (R) answer(command);
        return answer;
    }

    @Override
    public synchronized <R> R send(LedgerCommand<R> command, Cause cause, Forget forget) {
        R answer = send(command, cause);
        answers.remove(forget.scope() + " " + forget.key());
        return answer;
    }

    @Override
    public synchronized <R> R send(LedgerCommand<R> command, Cause cause, Remember<R> remember) {
        String key = remember.scope() + " " + remember.key();
        if (answers.containsKey(key)) {
            throw new ClaimTaken("idempotency");
        }
        R answer = send(command, cause);
        answers.put(
                key,
                new StoredAnswer(
                        remember.requestHash(),
                        remember.status(),
                        remember.answer().apply(answer)));
        return answer;
    }

    @Override
    public Optional<StoredAnswer> find(String scope, String key) {
        return Optional.ofNullable(answers.get(scope + " " + key));
    }

    /** The one command sent, which must be of this type. */
    public <C> C only(Class<C> type) {
        if (commands.size() != 1) {
            throw new AssertionError("expected one command, got " + commands);
        }
        return type.cast(commands.getFirst());
    }

    private Object answer(LedgerCommand<?> command) {
        return switch (command) {
            case EnrolCustomer enrol -> session(enrol.session());
            case MintSession mint -> session(mint);
            case RefreshSession refresh ->
                new SessionView(
                        refresh.sessionId(),
                        TestApi.WALLET,
                        TestApi.CUSTOMER,
                        Mode.TEST,
                        refresh.presented() + 1,
                        false,
                        refresh.at().plusSeconds(900));
            case RevokeSession revoke ->
                new SessionView(revoke.sessionId(), TestApi.WALLET, TestApi.CUSTOMER, Mode.TEST, 1, true, TestApi.NOW);
            case ChangeWalletTerms change ->
                new WalletView(
                        change.walletId(),
                        new CustomerId("cus1"),
                        Mode.TEST,
                        Money.ZERO,
                        Money.ZERO,
                        false,
                        change.terms());
            case GrantCredits grant ->
                wallet(grant.credit().walletId(), grant.credit().amount(), Money.ZERO, false);
            case DebitUsage debit ->
                new Debited(
                        debit.debitId(),
                        debit.cost(),
                        debit.cost(),
                        Money.ZERO,
                        wallet(debit.walletId(), Money.ofDollars(1), Money.ZERO, false));
            case HoldCredits hold -> wallet(hold.walletId(), Money.ofDollars(10), hold.amount(), false);
            case CaptureHold capture -> captured(capture);
            case ReleaseHold release -> wallet(release.walletId(), Money.ofDollars(10), Money.ZERO, false);
            case FreezeWallet freeze -> wallet(freeze.walletId(), Money.ZERO, Money.ZERO, true);
            case UnfreezeWallet unfreeze -> wallet(unfreeze.walletId(), Money.ZERO, Money.ZERO, false);
            case CustomerCommand customer ->
                new CustomerView(
                        customer.customerId(),
                        TestApi.WALLET,
                        customer instanceof BlockCustomer ? CustomerStatus.BLOCKED : CustomerStatus.ACTIVE);
            case OrganizationCommand organization -> answer(organization);
            case ProjectCommand project -> answer(project);
            case CreateKey key ->
                new KeyView(
                        key.keyId(),
                        key.kind(),
                        key.organizationId(),
                        key.projectId(),
                        key.mode(),
                        key.name(),
                        key.preview(),
                        false,
                        key.expiresAt(),
                        key.at());
            case RevokeKey key ->
                new KeyView(
                        key.keyId(), KeyKind.OPERATOR, null, null, null, "key", "ok_…abcd", true, null, TestApi.NOW);
            default -> throw new AssertionError("nobody sends " + command);
        };
    }

    private OrganizationView answer(OrganizationCommand command) {
        OrganizationId id = command.organizationId();
        OrganizationView before = organizations.getOrDefault(id, new OrganizationView(id, "before", true));
        OrganizationView after = switch (command) {
            case RegisterOrganization register -> new OrganizationView(id, register.name(), true);
            case RenameOrganization rename -> new OrganizationView(id, rename.name(), before.active());
            case DeactivateOrganization _ -> new OrganizationView(id, before.name(), false);
            case OrganizationCommand.ActivateOrganization _ -> new OrganizationView(id, before.name(), true);
            case GrantPromotionalCredits grant ->
                new OrganizationView(
                        id,
                        before.name(),
                        before.active(),
                        new PromotionalCredits(List.of(new PromotionalPortion(grant.amount(), grant.expiresAt()))),
                        before.stripeAccountId());
            case LinkStripeAccount link ->
                new OrganizationView(id, before.name(), before.active(), before.promotionalCredits(), link.accountId());
        };
        organizations.put(id, after);
        return after;
    }

    private @Nullable ProjectView project;

    private ProjectView answer(ProjectCommand command) {
        ProjectView before = project == null
                ? new ProjectView(command.projectId(), TestApi.ORGANIZATION, "before", true, ProjectSettings.DEFAULTS)
                : project;
        ProjectView after = switch (command) {
            case CreateProject create ->
                new ProjectView(create.projectId(), create.organizationId(), create.name(), true, create.settings());
            case RenameProject rename ->
                new ProjectView(
                        before.id(), before.organizationId(), rename.name(), before.active(), before.settings());
            case ChangeProjectSettings change ->
                new ProjectView(
                        before.id(), before.organizationId(), before.name(), before.active(), change.settings());
            case DeactivateProject _ ->
                new ProjectView(before.id(), before.organizationId(), before.name(), false, before.settings());
            default -> before;
        };
        project = after;
        return after;
    }

    private static SessionView session(MintSession mint) {
        return new SessionView(
                mint.sessionId(),
                mint.walletId(),
                mint.customerId(),
                mint.mode(),
                1,
                false,
                mint.at().plusSeconds(mint.ttlSeconds()));
    }

    private static WalletView wallet(WalletId id, Money balance, Money held, boolean frozen) {
        return new WalletView(id, new CustomerId("cus1"), Mode.TEST, balance, held, frozen);
    }

    private static Debited captured(CaptureHold capture) {
        Money cost = capture.cost() == null ? Money.ofDollars(1) : capture.cost();
        return new Debited(
                capture.holdId(),
                cost,
                cost,
                Money.ZERO,
                wallet(capture.walletId(), Money.ofDollars(1), Money.ZERO, false));
    }
}
