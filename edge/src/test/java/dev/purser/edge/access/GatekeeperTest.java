package dev.purser.edge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.purser.domain.customer.CustomerStatus;
import dev.purser.domain.key.KeyKind;
import dev.purser.edge.Accesses;
import dev.purser.edge.Accesses.Platform;
import dev.purser.edge.Accesses.Session;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.Problem;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatekeeperTest {
    private static final String DIGITS = "0123456789abcdefghijABCDEFGHIJ0123456789";
    private static final String SECRET = "sk_test_" + DIGITS;
    private static final String SESSION = "es_test_" + DIGITS;
    private static final String LIVE_SESSION = "es_" + DIGITS;
    private static final String OPERATOR = "ok_" + DIGITS;
    private static final String AUDITOR = "ak_" + DIGITS;
    private static final String ORIGIN = "https://app.example.com";

    private final FakeDirectory directory = new FakeDirectory();
    private final Gatekeeper gatekeeper =
            new Gatekeeper(directory, FakeDirectory::fingerprints, Clock.fixed(Accesses.NOW, ZoneOffset.UTC));

    private Problem refusal(Kind kind, @Nullable String token) {
        return refusal(Set.of(kind), token, null);
    }

    private Problem refusal(Set<Kind> kinds, @Nullable String token, @Nullable String origin) {
        Problem problem = catchThrowableOfType(Problem.class, () -> gatekeeper.admit(kinds, token, origin));
        assertThat(problem).as("nobody was refused").isNotNull();
        if (token != null) {
            assertThat(problem.message()).doesNotContain(token);
        }
        return problem;
    }

    private static void check(Problem problem, int status, String code) {
        assertThat(problem.status() + " " + problem.code()).isEqualTo(status + " " + code);
    }

    private void know(Session session) {
        directory.sessions.put("old:" + SESSION, session.access());
    }

    private void know(Platform platform) {
        directory.platform.put("new:" + SECRET, platform.access());
    }

    @Nested
    class Tokens {
        @Test
        void noneIsRefusedWithWhatIsExpected() {
            Map<Kind, String> prefixes = Map.of(
                    Kind.BACKEND,
                    "sk_live_… or sk_test_…",
                    Kind.BROWSER,
                    "es_…",
                    Kind.OPERATOR,
                    "ok_…",
                    Kind.AUDITOR,
                    "ak_…");
            prefixes.forEach((kind, prefix) -> {
                Problem problem = refusal(kind, null);
                check(problem, 401, "token_missing");
                assertThat(problem.message()).contains(prefix);
            });
        }

        @Test
        void oneOfTheWrongKindIsRefusedWithThePrefixExpected() {
            Map<Kind, String> right =
                    Map.of(Kind.BACKEND, SECRET, Kind.BROWSER, SESSION, Kind.OPERATOR, OPERATOR, Kind.AUDITOR, AUDITOR);
            Map<Kind, String> prefix =
                    Map.of(Kind.BACKEND, "sk_test_", Kind.BROWSER, "es_", Kind.OPERATOR, "ok_", Kind.AUDITOR, "ak_");
            for (Kind kind : right.keySet()) {
                for (String token :
                        List.of(SECRET, SESSION, LIVE_SESSION, OPERATOR, AUDITOR, "llmgtwy_" + DIGITS, "x")) {
                    boolean fits = token.startsWith(right.get(kind).substring(0, 3));
                    Problem problem = refusal(kind, token);
                    check(problem, 401, fits ? "invalid_token" : "wrong_token_kind");
                    if (!fits) {
                        assertThat(problem.message()).contains(prefix.get(kind));
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "sk_test_",
                    "sk_test_short",
                    "sk_live_0123456789abcdefghijABCDEFGHIJ01234567890",
                    "sk_test_0123456789abcdefghijABCDEFGHIJ012345678_",
                    "sk_test_0123456789abcdefghijABCDEFGHIJ012345678\u00e9",
                    "sk_test_0123456789abcdefghijABCDEFGHIJ 123456789",
                    "sk_other_0123456789abcdefghijABCDEFGHIJ0123456789"
                })
        void aMalformedOneIsNeverLookedFor(String token) {
            assertThat(refusal(Kind.BACKEND, token).status()).isEqualTo(401);
            assertThat(directory.asked).isEmpty();
        }

        @Test
        void anUnknownOneIsLookedForOnceUnderAllItsFingerprints() {
            check(refusal(Kind.BACKEND, SECRET), 401, "invalid_token");
            assertThat(directory.asked).containsExactly(List.of("new:" + SECRET, "old:" + SECRET));
        }

        @Test
        void aRouteForSeveralKindsTakesAnyOfThem() {
            know(new Platform());
            know(new Session());
            Set<Kind> both = Set.of(Kind.BACKEND, Kind.BROWSER);
            assertThat(gatekeeper.admit(both, SECRET, null)).isInstanceOf(Caller.Backend.class);
            assertThat(gatekeeper.admit(both, SESSION, null)).isInstanceOf(Caller.Browser.class);
            Problem problem = refusal(both, OPERATOR, null);
            check(problem, 401, "wrong_token_kind");
            assertThat(problem.message()).contains("sk_live_").contains("es_");
        }
    }

    @Nested
    class Backends {
        @Test
        void passWhenEverythingIsActive() {
            know(new Platform());
            assertThat(gatekeeper.admit(Set.of(Kind.BACKEND), SECRET, null))
                    .isEqualTo(new Caller.Backend(new Platform().access()));
        }

        @Test
        void areRefusedForTheFirstReasonInTheContractsOrder() {
            List<Spoil<Platform>> order = List.of(
                    new Spoil<>(401, "token_revoked", platform -> platform.revoked = true),
                    new Spoil<>(401, "token_expired", platform -> platform.expiresAt = Accesses.NOW),
                    new Spoil<>(403, "project_not_active", platform -> platform.projectActive = false),
                    new Spoil<>(403, "organization_not_active", platform -> platform.organizationActive = false),
                    new Spoil<>(403, "sessions_disabled", platform -> platform.endUserSessions = false));
            // Every combination of reasons: the first one of them is told.
            for (int mask = 1; mask < 1 << order.size(); mask++) {
                Platform platform = new Platform();
                spoil(order, mask, platform);
                know(platform);
                Spoil<Platform> first = order.get(Integer.numberOfTrailingZeros(mask));
                check(refusal(Kind.BACKEND, SECRET), first.status(), first.code());
            }
        }

        @Test
        void anOriginDoesNotMatterToThem() {
            know(new Platform());
            assertThat(gatekeeper.admit(Set.of(Kind.BACKEND), SECRET, "https://evil.example"))
                    .isNotNull();
        }

        @Test
        void aKeyIsGoodUntilTheInstantItExpires() {
            Platform platform = new Platform();
            platform.expiresAt = Accesses.NOW.plusNanos(1);
            know(platform);
            assertThat(gatekeeper.admit(Set.of(Kind.BACKEND), SECRET, null)).isNotNull();
        }
    }

    @Nested
    class Browsers {
        private final List<Spoil<Session>> order = List.of(
                new Spoil<>(401, "token_revoked", session -> session.revoked = true),
                new Spoil<>(401, "token_superseded", session -> session.generation = 2),
                new Spoil<>(401, "token_expired", session -> session.tokenExpiresAt = Accesses.NOW),
                new Spoil<>(402, "wallet_frozen", session -> session.walletFrozen = true),
                new Spoil<>(401, "customer_not_active", session -> session.customerStatus = CustomerStatus.BLOCKED),
                new Spoil<>(401, "project_not_active", session -> session.projectActive = false),
                new Spoil<>(401, "organization_not_active", session -> session.organizationActive = false),
                new Spoil<>(403, "origin_not_allowed", session -> session.origins = List.of("https://other.example")));

        @Test
        void areRefusedForTheFirstReasonInTheContractsOrder() {
            for (int mask = 1; mask < 1 << order.size(); mask++) {
                Session session = new Session();
                spoil(order, mask, session);
                know(session);
                Spoil<Session> first = order.get(Integer.numberOfTrailingZeros(mask));
                check(refusal(Set.of(Kind.BROWSER), SESSION, ORIGIN), first.status(), first.code());
            }
        }

        @Test
        void refreshLetsASupersededTokenThroughAndNothingElse() {
            for (int mask = 1; mask < 1 << order.size(); mask++) {
                Session session = new Session();
                spoil(order, mask, session);
                know(session);
                int withoutSuperseded = mask & ~2;
                if (withoutSuperseded == 0) {
                    assertThat(gatekeeper.admit(Set.of(Kind.REFRESH), SESSION, ORIGIN))
                            .isInstanceOf(Caller.Browser.class);
                } else {
                    Spoil<Session> first = order.get(Integer.numberOfTrailingZeros(withoutSuperseded));
                    check(refusal(Set.of(Kind.REFRESH), SESSION, ORIGIN), first.status(), first.code());
                }
            }
        }

        @Test
        void aDeletedCustomerIsNotActive() {
            Session session = new Session();
            session.customerStatus = CustomerStatus.DELETED;
            know(session);
            check(refusal(Kind.BROWSER, SESSION), 401, "customer_not_active");
        }

        @Test
        void originsAreComparedExactlyAndOnlyWhereThereIsAList() {
            Session session = new Session();
            know(session);
            assertThat(gatekeeper.admit(Set.of(Kind.BROWSER), SESSION, "https://anywhere.example"))
                    .isNotNull();
            session.origins = List.of(ORIGIN, "http://localhost:3000");
            know(session);
            assertThat(gatekeeper.admit(Set.of(Kind.BROWSER), SESSION, null)).isNotNull();
            assertThat(gatekeeper.admit(Set.of(Kind.BROWSER), SESSION, ORIGIN)).isNotNull();
            for (String other : List.of(
                    "null",
                    "https://app.example.com.evil.example",
                    "https://APP.example.com",
                    "http://app.example.com",
                    "https://app.example.com:444",
                    "http://localhost",
                    "")) {
                check(refusal(Set.of(Kind.BROWSER), SESSION, other), 403, "origin_not_allowed");
            }
        }
    }

    @Nested
    class Staff {
        @Test
        void passesWithAKeyOfItsKind() {
            directory.staff.put("new:" + OPERATOR, Accesses.staff(KeyKind.OPERATOR, false, null));
            directory.staff.put("new:" + AUDITOR, Accesses.staff(KeyKind.AUDITOR, false, null));
            assertThat(gatekeeper.admit(Set.of(Kind.OPERATOR), OPERATOR, null)).isInstanceOf(Caller.Operator.class);
            assertThat(gatekeeper.admit(Set.of(Kind.AUDITOR), AUDITOR, null)).isInstanceOf(Caller.Auditor.class);
        }

        @Test
        void isRefusedWithAKeyThatIsRevokedExpiredOrOfTheOtherKind() {
            directory.staff.put("new:" + OPERATOR, Accesses.staff(KeyKind.OPERATOR, true, null));
            check(refusal(Kind.OPERATOR, OPERATOR), 401, "token_revoked");
            directory.staff.put("new:" + OPERATOR, Accesses.staff(KeyKind.OPERATOR, false, Accesses.NOW));
            check(refusal(Kind.OPERATOR, OPERATOR), 401, "token_expired");
            directory.staff.put("new:" + OPERATOR, Accesses.staff(KeyKind.AUDITOR, false, null));
            check(refusal(Kind.OPERATOR, OPERATOR), 401, "invalid_token");
        }
    }

    @Nested
    class PublicRoutes {
        @Test
        void serveEverybodyAndKnowWhoHasAGoodToken() {
            Set<Kind> gates = Set.of(Kind.PUBLIC, Kind.BROWSER);
            assertThat(gatekeeper.admit(gates, null, null)).isNull();
            assertThat(gatekeeper.admit(gates, "nonsense", null)).isNull();
            assertThat(gatekeeper.admit(gates, SESSION, null)).isNull();
            know(new Session());
            assertThat(gatekeeper.admit(gates, SESSION, null)).isInstanceOf(Caller.Browser.class);
        }

        @Test
        void lookForNothingWhereNoTokenIsOfUse() {
            assertThat(gatekeeper.admit(Set.of(Kind.PUBLIC), SECRET, null)).isNull();
            assertThat(directory.asked).isEmpty();
        }
    }

    private record Spoil<T>(int status, String code, Consumer<T> spoil) {}

    private static <T> void spoil(List<Spoil<T>> order, int mask, T access) {
        for (int i = 0; i < order.size(); i++) {
            if ((mask & 1 << i) != 0) {
                order.get(i).spoil().accept(access);
            }
        }
    }
}
