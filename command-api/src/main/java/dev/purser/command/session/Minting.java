package dev.purser.command.session;

import dev.purser.command.secret.NewTokens;
import dev.purser.command.secret.NewTokens.NewToken;
import dev.purser.command.secret.PersonalData;
import dev.purser.command.session.KnownProfiles.Profile;
import dev.purser.domain.ClaimTaken;
import dev.purser.domain.CompositeCommand.EnrolCustomer;
import dev.purser.domain.CustomerId;
import dev.purser.domain.Mode;
import dev.purser.domain.Rejection.CustomerIsBlocked;
import dev.purser.domain.Rejection.WalletIsFrozen;
import dev.purser.domain.Sealed;
import dev.purser.domain.SessionId;
import dev.purser.domain.WalletId;
import dev.purser.domain.customer.CustomerCommand.RegisterCustomer;
import dev.purser.domain.customer.CustomerCommand.UpdateProfile;
import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.domain.wallet.WalletCommand.OpenWallet;
import dev.purser.edge.idempotency.Commands;
import dev.purser.eventstore.secret.Ids;
import dev.purser.projection.access.AccessDirectory;
import dev.purser.projection.access.CustomerAccess;
import dev.purser.projection.access.PlatformAccess;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Finds or creates the customer of an external id, and mints a session for its wallet. */
final class Minting {
    /** The table that refuses a second customer with the same external id. */
    private static final String EXTERNAL_IDS = "external_id";

    private static final int CREATED = 201;

    private final AccessDirectory directory;
    private final PersonalData personalData;
    private final KnownProfiles profiles;
    private final NewTokens tokens;
    private final SessionJson json;
    private final Clock clock;

    Minting(
            AccessDirectory directory,
            PersonalData personalData,
            KnownProfiles profiles,
            NewTokens tokens,
            SessionJson json,
            Clock clock) {
        this.directory = directory;
        this.personalData = personalData;
        this.profiles = profiles;
        this.tokens = tokens;
        this.json = json;
        this.clock = clock;
    }

    ResponseEntity<byte[]> mint(PlatformAccess access, MintRequest request, Commands commands) {
        List<String> indexes = personalData.externalIdIndexes(access.projectId(), access.mode(), request.externalId());
        Optional<CustomerAccess> known = find(access, indexes);
        if (known.isPresent()) {
            return mintFor(known.get(), access, request, commands);
        }
        CustomerId newId = new CustomerId(Ids.next("cus"));
        personalData.createKey(newId);
        try {
            return enrol(newId, indexes.getFirst(), access, request, commands);
        } catch (ClaimTaken taken) {
            Optional<CustomerAccess> winner = find(access, indexes);
            if (winner.filter(customer -> customer.customerId().equals(newId)).isEmpty()) {
                personalData.forgetKey(newId);
            }
            if (winner.isEmpty() || !taken.table().equals(EXTERNAL_IDS)) {
                throw taken;
            }
            // Somebody enrolled the same external id in the meantime: both requests mean that customer.
            return mintFor(winner.get(), access, request, commands);
        }
    }

    private Optional<CustomerAccess> find(PlatformAccess access, List<String> indexes) {
        return indexes.stream()
                .flatMap(index -> directory.customerByExternalId(access.projectId(), access.mode(), index).stream())
                .findFirst();
    }

    private ResponseEntity<byte[]> enrol(
            CustomerId customerId, String index, PlatformAccess access, MintRequest request, Commands commands) {
        WalletId walletId = new WalletId(Ids.next("wal"));
        RegisterCustomer register = new RegisterCustomer(
                customerId,
                access.organizationId(),
                access.projectId(),
                access.mode(),
                walletId,
                index,
                personalData.seal(customerId, request.externalId()),
                seal(customerId, request.email()),
                seal(customerId, request.name()));
        OpenWallet open =
                new OpenWallet(walletId, customerId, access.organizationId(), access.projectId(), access.mode());
        NewToken token = tokens.session(access.mode());
        MintSession session = session(walletId, customerId, access, request, token);
        return commands.answerSecret(
                CREATED,
                new EnrolCustomer(register, open, session),
                view -> json.minted(view, token.token(), access.mode()));
    }

    private ResponseEntity<byte[]> mintFor(
            CustomerAccess customer, PlatformAccess access, MintRequest request, Commands commands) {
        if (customer.status() != CustomerStatus.ACTIVE) {
            throw new CustomerIsBlocked().asException();
        }
        if (customer.walletFrozen()) {
            throw new WalletIsFrozen().asException();
        }
        updateProfile(customer.customerId(), access, request, commands);
        NewToken token = tokens.session(access.mode());
        MintSession session = session(customer.walletId(), customer.customerId(), access, request, token);
        Mode mode = access.mode();
        return commands.answerSecret(CREATED, session, view -> json.minted(view, token.token(), mode));
    }

    /** What is given and differs from what is known; what is not given stays. */
    private void updateProfile(CustomerId id, PlatformAccess access, MintRequest request, Commands commands) {
        if (request.email() == null && request.name() == null) {
            return;
        }
        Profile known = profiles.find(access.projectId(), access.mode(), id).orElseGet(() -> new Profile(null, null));
        String email = Objects.equals(known.email(), request.email()) ? null : request.email();
        String name = Objects.equals(known.name(), request.name()) ? null : request.name();
        if (email != null || name != null) {
            commands.send(new UpdateProfile(id, seal(id, email), seal(id, name)));
        }
    }

    private MintSession session(
            WalletId walletId, CustomerId customerId, PlatformAccess access, MintRequest request, NewToken token) {
        return new MintSession(
                new SessionId(Ids.next("ses")),
                walletId,
                customerId,
                access.organizationId(),
                access.projectId(),
                access.mode(),
                token.fingerprint(),
                request.models(),
                request.maxSpend(),
                request.ttlSeconds(),
                clock.instant());
    }

    private @Nullable Sealed seal(CustomerId customerId, @Nullable String text) {
        return text == null ? null : personalData.seal(customerId, text);
    }
}
