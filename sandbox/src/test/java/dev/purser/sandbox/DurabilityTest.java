package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
    private static final String KEY = Fixture.LIVE.secretKey();
    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    private Path journal() {
        return directory.resolve("journal.jsonl");
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        String intent;
        try (Fixture fixture = Fixture.startedIn(directory)) {
            intent = fixture.pay(fixture.live, 1000, "pm_card_visa").getId();
            create(fixture.live, "k1");
            fixture.post(KEY, "/sandbox/clock", "advance_seconds", "3600");
            fixture.delivered();
        }

        try (Fixture fixture = Fixture.startedIn(directory)) {
            assertThat(fixture.live.v1().paymentIntents().retrieve(intent).getStatus())
                    .isEqualTo("succeeded");
            assertThat(fixture.live
                            .v1()
                            .balance()
                            .retrieve()
                            .getAvailable()
                            .getFirst()
                            .getAmount())
                    .isEqualTo(941);
            create(fixture.live, "k1");
            assertThat(fixture.live.v1().customers().list().getData())
                    .as("the idempotency key is still known")
                    .hasSize(1);
            assertThat(fixture.pay(fixture.live, 1000, "pm_card_visa").getCreated())
                    .isGreaterThan(Instant.now().plusSeconds(3500).getEpochSecond());
            assertThat(fixture.delivered())
                    .as("what was delivered does not come again")
                    .hasSize(3);
        }
    }

    @Test
    void whatWasNotDeliveredIsDeliveredAfterTheNextStart() throws Exception {
        try (Fixture fixture = Fixture.startedIn(directory)) {
            fixture.post(KEY, "/sandbox/deliveries/pause");
            fixture.pay(fixture.live, 1000, "pm_card_visa");
        }

        try (Fixture fixture = Fixture.startedIn(directory)) {
            assertThat(fixture.delivered()).hasSize(3);
        }
    }

    @Test
    void aLastLineThatWasCutOffIsForgottenAndAnyOtherStopsTheStart() throws Exception {
        try (Fixture fixture = Fixture.startedIn(directory)) {
            create(fixture.live, "k1");
            create(fixture.live, "k2");
        }
        Files.writeString(journal(), "{\"mode\":\"LIVE\",\"obje", StandardOpenOption.APPEND);
        try (Fixture fixture = Fixture.startedIn(directory)) {
            assertThat(fixture.live.v1().customers().list().getData()).hasSize(2);
        }

        List<String> lines = new ArrayList<>(Files.readAllLines(journal()));
        lines.set(1, "{\"mode\":");
        Files.write(journal(), lines);
        assertThatIllegalStateException()
                .isThrownBy(() -> Fixture.startedIn(directory))
                .withMessageContaining("cannot be read from line 2 on");
    }

    @Test
    void oneProcessAtATimeHasTheDirectory() {
        try (Fixture _ = Fixture.startedIn(directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Fixture.startedIn(directory))
                    .withMessageContaining("Another sandbox uses");
        }
    }

    @Test
    void oldEventsAndForgottenKeysLeaveTheJournalAtTheNextStart() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T08:00:00Z"));
        SandboxSettings settings =
                Fixture.settings().withDataDirectory(directory).withClock(now::get);
        try (StripeSandbox sandbox = StripeSandbox.start(settings)) {
            StripeClient client = Fixture.client(sandbox.baseUrl(), Fixture.TEST.secretKey());
            create(client, "k1");
        }
        now.updateAndGet(before -> before.plus(Duration.ofDays(31)));

        try (Inbox inbox = new Inbox();
                StripeSandbox sandbox = StripeSandbox.start(settings.withWebhook(inbox.address()))) {
            await().until(() -> inbox.deliveries().size() == 1);
            assertThat(Files.readString(journal())).contains("customer.created").doesNotContain("\"answers\"");
            assertThat(sandbox.port()).isPositive();
        }
        StripeSandbox.start(settings).close();
        assertThat(Files.readString(journal())).contains("cus_").doesNotContain("customer.created");
    }

    /** Kills the process while four clients write, several times. */
    @Test
    void aKilledProcessLosesNothingThatItHasAnswered() throws Exception {
        ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 3; round++) {
            Process process = launch(round);
            URI base = baseOf(round);
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(Thread.ofVirtual().start(() -> write(base, acknowledged)));
            }
            int before = acknowledged.size();
            await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() >= before + 40);
            process.destroyForcibly().waitFor();
            for (Thread writer : writers) {
                writer.join();
            }
        }

        try (Fixture fixture = Fixture.startedIn(directory)) {
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(120);
            for (String id : acknowledged) {
                assertThat(fixture.live.v1().customers().retrieve(id).getId()).isEqualTo(id);
            }
        }
    }

    private static void write(URI base, ConcurrentLinkedQueue<String> acknowledged) {
        StripeClient client = Fixture.client(base, KEY);
        try {
            while (true) {
                acknowledged.add(create(client, null).getId());
            }
        } catch (StripeException e) {
            // The process is gone, as it should be.
        }
    }

    private Process launch(int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxMain.class.getName(),
                        "testSecretKey=" + Fixture.TEST.secretKey(),
                        "testPublishableKey=" + Fixture.TEST.publishableKey(),
                        "liveSecretKey=" + Fixture.LIVE.secretKey(),
                        "livePublishableKey=" + Fixture.LIVE.publishableKey(),
                        "dataDirectory=" + directory,
                        "portFile=" + portFile(round))
                .redirectOutput(directory.resolve("out-" + round).toFile())
                .redirectErrorStream(true)
                .start();
    }

    private Path portFile(int round) {
        return directory.resolve("port-" + round);
    }

    private URI baseOf(int round) throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(portFile(round)));
        return URI.create("http://127.0.0.1:" + Files.readString(portFile(round), StandardCharsets.UTF_8));
    }

    private static Customer create(StripeClient client, @Nullable String key) throws StripeException {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder();
        if (key != null) {
            options.setIdempotencyKey(key);
        }
        return client.v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("Ada").build(), options.build());
    }
}
