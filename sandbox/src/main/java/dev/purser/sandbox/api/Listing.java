package dev.purser.sandbox.api;

import dev.purser.sandbox.json.Json;
import dev.purser.sandbox.store.Kind;
import dev.purser.sandbox.store.Stored;
import dev.purser.sandbox.store.Work;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A page of a list as Stripe gives it: newest first, by limit, starting_after, ending_before, created and filters. */
public final class Listing {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private Listing() {}

    /** A route that lists all objects of a kind, with its filters as parameters. */
    public static Routes.Handler of(Kind kind, String url) {
        return call -> page(call, kind, url, stored -> true);
    }

    public static ObjectNode page(Call call, Kind kind, String url, Predicate<Stored> also) {
        Predicate<Stored> wanted = stored -> created(call.params(), stored);
        created(call.params(), null);
        for (String field : kind.filters()) {
            String value = call.params().text(field);
            if (value != null) {
                wanted = wanted.and(stored -> matches(value, stored.filter(field)));
            }
        }
        return page(call, kind, url, wanted.and(also), call.params());
    }

    private static ObjectNode page(Call call, Kind kind, String url, Predicate<Stored> wanted, Params params) {
        int limit = (int) params.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Long after = cursor(call, kind, "starting_after");
        Long before = cursor(call, kind, "ending_before");
        Work work = call.work();
        Stream<Stored> all = before == null ? work.newestFirst(kind) : work.oldestFirst(kind);
        List<Stored> found = all.filter(stored -> after == null || stored.sequence() < after)
                .filter(stored -> before == null || stored.sequence() > before)
                .filter(wanted)
                .limit(limit + 1L)
                .toList();
        List<Stored> page = found.subList(0, Math.min(limit, found.size()));
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        (before == null ? page : page.reversed()).forEach(stored -> data.add(Work.view(stored.read())));
        return list.put("has_more", found.size() > limit).put("url", url);
    }

    private static @Nullable Long cursor(Call call, Kind kind, String param) {
        ObjectNode object = call.namedIfGiven(kind, param);
        return object == null ? null : Json.number(Json.child(object, Stored.PRIVATE), "sequence");
    }

    /** {@code created=1} or {@code created[gte]=1}; without an object the parameter is only checked. */
    private static boolean created(Params params, @Nullable Stored stored) {
        if (!params.has("created")) {
            return true;
        }
        long seconds = stored == null ? 0 : stored.created();
        if (params.isPlain("created")) {
            return seconds == params.requiredInteger("created");
        }
        Params range = params.map("created");
        Long above = range.integer("gt");
        Long from = range.integer("gte");
        Long below = range.integer("lt");
        Long to = range.integer("lte");
        return (above == null || seconds > above)
                && (from == null || seconds >= from)
                && (below == null || seconds < below)
                && (to == null || seconds <= to);
    }

    /** Events are also filtered by several types at once. */
    public static Predicate<Stored> types(List<String> types) {
        return stored -> types.isEmpty() || types.stream().anyMatch(wanted -> matches(wanted, stored.filter("type")));
    }

    /** A type of event may end in {@code .*}. */
    private static boolean matches(String wanted, @Nullable String value) {
        return value != null
                && (wanted.endsWith(".*")
                        ? value.startsWith(wanted.substring(0, wanted.length() - 1))
                        : value.equals(wanted));
    }
}
