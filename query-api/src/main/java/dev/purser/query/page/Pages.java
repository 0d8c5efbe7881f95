package dev.purser.query.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists that are read page by page. */
public final class Pages {
    private Pages() {}

    /**
     * A page and where the next one begins.
     *
     * @param name the list's field
     * @param found at most one more than the limit: whether there is one tells whether there is a next page
     * @param cursor makes the cursor of the page's last item
     */
    public static <T> Map<String, @Nullable Object> of(
            String name,
            List<T> found,
            int limit,
            Function<T, Map<String, @Nullable Object>> item,
            Function<T, String> cursor) {
        boolean more = found.size() > limit;
        List<T> page = more ? found.subList(0, limit) : found;
        return json(name, page.stream().map(item).toList(), more ? cursor.apply(page.getLast()) : null);
    }

    /** A list that has nothing and goes nowhere. */
    public static Map<String, @Nullable Object> empty(String name) {
        return json(name, List.of(), null);
    }

    private static Map<String, @Nullable Object> json(String name, List<?> items, @Nullable String nextCursor) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(name, items);
        json.put("nextCursor", nextCursor);
        return json;
    }
}
