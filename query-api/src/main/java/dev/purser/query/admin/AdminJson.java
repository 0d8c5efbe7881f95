package dev.purser.query.admin;

import dev.purser.edge.wire.LedgerJson;
import dev.purser.edge.wire.Times;
import dev.purser.projection.access.TenantDirectory.Organization;
import dev.purser.projection.access.TenantDirectory.Page;
import dev.purser.projection.access.TenantDirectory.Project;
import dev.purser.projection.engine.DeadLetter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an operator lists, on the wire. */
final class AdminJson {
    private AdminJson() {}

    static <T> Map<String, @Nullable Object> page(String name, Page<T> page, Function<T, Object> item) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(name, page.items().stream().map(item).toList());
        json.put("total", page.total());
        return json;
    }

    static Map<String, @Nullable Object> organization(Organization organization) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", organization.id().value());
        json.put("name", organization.name());
        json.put("active", organization.active());
        json.put("createdAt", Times.iso(organization.createdAt()));
        return json;
    }

    static Map<String, @Nullable Object> project(Project project) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", project.id().value());
        json.put("organizationId", project.organizationId().value());
        json.put("name", project.name());
        json.put("active", project.active());
        json.put("settings", LedgerJson.settings(project.settings()));
        json.put("createdAt", Times.iso(project.createdAt()));
        return json;
    }

    static Map<String, @Nullable Object> deadLetter(DeadLetter letter) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("projection", letter.projection());
        json.put("position", letter.position());
        json.put("stream", letter.stream());
        json.put("sequenceKey", letter.sequenceKey());
        json.put("error", letter.error());
        json.put("attempts", letter.attempts());
        json.put("parkedAt", Times.iso(letter.parkedAt()));
        json.put("triedAt", Times.iso(letter.triedAt()));
        return json;
    }
}
