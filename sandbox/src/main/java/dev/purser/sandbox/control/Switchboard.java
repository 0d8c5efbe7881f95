package dev.purser.sandbox.control;

import dev.purser.sandbox.api.Api;
import dev.purser.sandbox.api.Incoming;
import dev.purser.sandbox.api.Outgoing;
import dev.purser.sandbox.api.Params;
import dev.purser.sandbox.api.StripeError;
import dev.purser.sandbox.event.Attempt;
import dev.purser.sandbox.event.Deliveries;
import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Store;
import dev.purser.sandbox.store.Stored;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes that change how the sandbox itself behaves: deliveries, faults and time. */
public final class Switchboard {
    private static final int MAX_TIMES = 1_000;
    private static final int MAX_PARALLEL = 64;
    private static final int MAX_REDELIVERIES = 100_000;
    private static final long MAX_MILLIS = 600_000;
    private static final long MAX_ADVANCE_SECONDS = Duration.ofDays(3650).toSeconds();
    private static final int DEFAULT_SHOWN = 100;
    private static final int MAX_SHOWN = 1_000;

    private final Api api;
    private final Store store;
    private final Deliveries deliveries;
    private final Faults faults = new Faults();
    private final Map<String, Route> routes;

    private interface Route {
        ObjectNode handle(Api.Control control) throws InterruptedException;
    }

    public Switchboard(Api api, Store store, Deliveries deliveries) {
        this.api = api;
        this.store = store;
        this.deliveries = deliveries;
        this.routes = Map.ofEntries(
                Map.entry("POST /sandbox/deliveries/pause", this::pause),
                Map.entry("POST /sandbox/deliveries/resume", this::resume),
                Map.entry("POST /sandbox/deliveries/delay", this::delay),
                Map.entry("POST /sandbox/deliveries/flush", this::flush),
                Map.entry("POST /sandbox/deliveries/redeliver", this::redeliver),
                Map.entry("GET /sandbox/deliveries", this::log),
                Map.entry("POST /sandbox/webhook", this::webhook),
                Map.entry("POST /sandbox/faults", this::addFault),
                Map.entry("GET /sandbox/faults", this::faults),
                Map.entry("DELETE /sandbox/faults", this::clearFaults),
                Map.entry("POST /sandbox/clock", this::clock));
    }

    /** The answer, or null if this is no route of the switchboard. */
    public @Nullable Outgoing answer(Incoming request) {
        Route route = routes.get(request.method() + " " + request.path());
        if (route == null) {
            return null;
        }
        try {
            return Outgoing.json(200, route.handle(api.control(request)));
        } catch (StripeError refused) {
            return Outgoing.json(refused.status(), refused.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outgoing.json(
                    503, StripeError.server(503, "The sandbox is stopping.").body());
        }
    }

    private ObjectNode pause(Api.Control control) {
        control.params().refuseUnknown();
        deliveries.pause();
        return waiting();
    }

    private ObjectNode resume(Api.Control control) {
        boolean drop = control.params().flag("drop");
        control.params().refuseUnknown();
        int dropped = deliveries.resume(drop);
        return waiting().put("dropped", dropped);
    }

    private ObjectNode delay(Api.Control control) {
        long millis = control.params().integer("millis", 0, 0, MAX_MILLIS);
        control.params().refuseUnknown();
        deliveries.delay(Duration.ofMillis(millis));
        return waiting();
    }

    /** Waits until everything is delivered. */
    private ObjectNode flush(Api.Control control) throws InterruptedException {
        long millis = control.params().integer("timeout_millis", 10_000, 0, MAX_MILLIS);
        control.params().refuseUnknown();
        boolean idle = deliveries.awaitIdle(Duration.ofMillis(millis));
        return waiting().put("delivered", idle);
    }

    private ObjectNode waiting() {
        return Json.object().put("waiting", deliveries.waiting());
    }

    /** One event or all of them (of a type), each several times, in shuffled order, over parallel connections. */
    private ObjectNode redeliver(Api.Control control) throws InterruptedException {
        Params params = control.params();
        String event = params.text("event");
        String type = params.text("type");
        int times = (int) params.integer("times", 1, 1, MAX_TIMES);
        int parallel = (int) params.integer("parallel", 1, 1, MAX_PARALLEL);
        boolean shuffled = params.has("seed");
        long seed = params.integer("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
        params.refuseUnknown();
        List<String> ids = store.read(
                control.caller().mode(),
                work -> work.oldestFirst(Kind.EVENT)
                        .filter(stored -> event == null || event.equals(stored.id()))
                        .filter(stored -> type == null || type.equals(stored.filter("type")))
                        .map(Stored::id)
                        .toList());
        if (ids.isEmpty() && event != null) {
            throw StripeError.withStatus(404, "resource_missing", "No such event: '" + event + "'");
        }
        if ((long) ids.size() * times > MAX_REDELIVERIES) {
            throw StripeError.invalid(null, "times", "At most " + MAX_REDELIVERIES + " deliveries in one request.");
        }
        List<String> order = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            order.addAll(ids);
        }
        if (shuffled) {
            Collections.shuffle(order, new Random(seed));
        }
        List<Attempt> attempts;
        try {
            attempts = deliveries.redeliver(control.caller().mode(), order, parallel);
        } catch (IllegalStateException e) {
            throw StripeError.invalid(null, null, String.valueOf(e.getMessage()));
        }
        long succeeded = attempts.stream().filter(Attempt::succeeded).count();
        ObjectNode answer = Json.object()
                .put("events", ids.size())
                .put("sent", attempts.size())
                .put("succeeded", succeeded)
                .put("failed", attempts.size() - succeeded);
        attempts.stream()
                .filter(attempt -> !attempt.succeeded())
                .findFirst()
                .ifPresent(failed -> answer.set("first_failure", failed.toJson()));
        return answer;
    }

    private ObjectNode log(Api.Control control) {
        String event = control.params().text("event");
        long limit = control.params().integer("limit", DEFAULT_SHOWN, 1, MAX_SHOWN);
        control.params().refuseUnknown();
        ObjectNode answer = waiting();
        ArrayNode data = answer.putArray("data");
        deliveries.log().stream()
                .filter(attempt -> attempt.mode() == control.caller().mode())
                .filter(attempt -> event == null || event.equals(attempt.event()))
                .limit(limit)
                .forEach(attempt -> data.add(attempt.toJson()));
        return answer;
    }

    private ObjectNode webhook(Api.Control control) {
        String url = control.params().text("url");
        control.params().refuseUnknown();
        try {
            deliveries.deliverTo(url == null ? null : URI.create(url));
        } catch (IllegalArgumentException e) {
            throw StripeError.invalid("url_invalid", "url", "Not a valid URL");
        }
        return waiting().put("url", url);
    }

    private ObjectNode addFault(Api.Control control) {
        Params params = control.params();
        String word = params.choice(
                "kind", Arrays.stream(Fault.Kind.values()).map(Fault.Kind::word).toList());
        Fault.Kind kind = Arrays.stream(Fault.Kind.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst()
                .orElseThrow();
        String path = params.text("path");
        Fault fault = new Fault(
                kind,
                params.text("method"),
                path == null ? "/v1/" : path,
                params.integer("times", 1, -1, MAX_TIMES),
                (int) params.integer("status", 500, 400, 599),
                params.integer("millis", 1_000, 0, MAX_MILLIS));
        params.refuseUnknown();
        if (fault.times() == 0) {
            throw StripeError.invalid(null, "times", "This value must be positive, or -1 for all requests.");
        }
        faults.add(fault);
        return fault.toJson();
    }

    private ObjectNode faults(Api.Control control) {
        control.params().refuseUnknown();
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        faults.all().forEach(fault -> data.add(fault.toJson()));
        return answer;
    }

    private ObjectNode clearFaults(Api.Control control) {
        control.params().refuseUnknown();
        faults.clear();
        return Json.object().put("cleared", true);
    }

    /** Lets the sandbox's time run ahead, so that idempotency keys and links age. */
    private ObjectNode clock(Api.Control control) {
        long seconds = control.params().integer("advance_seconds", 0, 0, MAX_ADVANCE_SECONDS);
        control.params().refuseUnknown();
        store.advance(Duration.ofSeconds(seconds));
        return Json.object().put("now", store.now().toString());
    }

    /** What shall go wrong with this request; never null. */
    public Trouble trouble(Incoming request) {
        Fault fault = request.path().startsWith("/v1/") ? faults.take(request.method(), request.path()) : null;
        return new Trouble(fault);
    }

    /** What goes wrong with one request. */
    public static final class Trouble {
        private final @Nullable Fault fault;

        Trouble(@Nullable Fault fault) {
            this.fault = fault;
        }

        private boolean is(Fault.Kind kind) {
            return fault != null && fault.kind() == kind;
        }

        public boolean losesRequest() {
            return is(Fault.Kind.LOSE_REQUEST);
        }

        public boolean losesAnswer() {
            return is(Fault.Kind.LOSE_ANSWER);
        }

        /** The error to answer with instead of doing anything, or null. */
        public @Nullable Outgoing failure() {
            if (fault == null || fault.kind() != Fault.Kind.FAIL) {
                return null;
            }
            StripeError error = StripeError.server(fault.status(), "The sandbox was told to fail this request.");
            return Outgoing.json(fault.status(), error.body());
        }

        public void delay() {
            if (fault == null || fault.kind() != Fault.Kind.DELAY) {
                return;
            }
            try {
                Thread.sleep(Duration.ofMillis(fault.millis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
