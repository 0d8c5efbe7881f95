package dev.purser.projection.access;

import dev.purser.domain.KeyId;
import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.key.KeyKind;
import dev.purser.domain.key.KeyView;
import dev.purser.domain.project.ProjectSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an operator lists: organizations, projects and keys, newest first, current to the last durable event. */
public final class TenantDirectory {
    /**
     * An organization.
     *
     * @param stripeAccountId where its payouts go; null until it was onboarded
     */
    public record Organization(
            OrganizationId id,
            String name,
            boolean active,
            Instant createdAt,
            @Nullable String stripeAccountId) {}

    /** A project. */
    public record Project(
            ProjectId id,
            OrganizationId organizationId,
            String name,
            boolean active,
            ProjectSettings settings,
            Instant createdAt) {}

    /** Some rows of a list, and how many it has in all. */
    public record Page<T>(List<T> items, long total) {}

    private static final String ORGANIZATIONS =
            "select organization_id, name, active, created_at, stripe_account_id from inline.organization ";
    private static final String PROJECTS =
            "select project_id, organization_id, name, active, settings, created_at from inline.project ";
    private static final String KEYS = """
        select key_id, kind, organization_id, project_id, mode, name, preview, revoked, expires_at, created_at
        from inline.access_key
        """;

    private final JdbcClient jdbc;

    public TenantDirectory(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public Page<Organization> organizations(int limit, long offset) {
        List<Organization> items = jdbc.sql(
                        ORGANIZATIONS + "order by created_at desc, organization_id limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query((row, _) -> organization(row))
                .list();
        return new Page<>(items, count("select count(*) from inline.organization where :id = ''", ""));
    }

    /** Whether any operator key was ever made, revoked ones included. */
    public boolean hasOperator() {
        return jdbc.sql("select exists (select 1 from inline.access_key where kind = :kind)")
                .param("kind", KeyKind.OPERATOR.name())
                .query(Boolean.class)
                .single();
    }

    public boolean hasOrganizationNamed(String name) {
        return jdbc.sql("select exists (select 1 from inline.organization where name = :name)")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    public Optional<Organization> organization(OrganizationId id) {
        return jdbc.sql(ORGANIZATIONS + "where organization_id = :id")
                .param("id", id.value())
                .query((row, _) -> organization(row))
                .optional();
    }

    public Page<Project> projects(OrganizationId organizationId, int limit, long offset) {
        List<Project> items = jdbc.sql(PROJECTS + """
            where organization_id = :organization
            order by created_at desc, project_id limit :limit offset :offset\
            """)
                .param("organization", organizationId.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, _) -> project(row))
                .list();
        return new Page<>(
                items,
                count("select count(*) from inline.project where organization_id = :id", organizationId.value()));
    }

    public Optional<Project> project(ProjectId id) {
        return jdbc.sql(PROJECTS + "where project_id = :id")
                .param("id", id.value())
                .query((row, _) -> project(row))
                .optional();
    }

    /** The platform keys of a project, revoked and expired ones included. */
    public Page<KeyView> keys(ProjectId projectId, int limit, long offset) {
        List<KeyView> items = jdbc.sql(KEYS + """
            where project_id = :project
            order by created_at desc, key_id limit :limit offset :offset\
            """)
                .param("project", projectId.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, _) -> key(row))
                .list();
        return new Page<>(
                items, count("select count(*) from inline.access_key where project_id = :id", projectId.value()));
    }

    public Optional<KeyView> key(KeyId id) {
        return jdbc.sql(KEYS + "where key_id = :id")
                .param("id", id.value())
                .query((row, _) -> key(row))
                .optional();
    }

    private long count(String sql, String id) {
        return jdbc.sql(sql).param("id", id).query(Long.class).single();
    }

    private static Organization organization(ResultSet row) throws SQLException {
        return new Organization(
                new OrganizationId(row.getString(1)),
                row.getString(2),
                row.getBoolean(3),
                AccessRows.instant(row, 4),
                row.getString(5));
    }

    private static Project project(ResultSet row) throws SQLException {
        return new Project(
                new ProjectId(row.getString(1)),
                new OrganizationId(row.getString(2)),
                row.getString(3),
                row.getBoolean(4),
                AccessJson.settings(row.getString(5)),
                AccessRows.instant(row, 6));
    }

    private static KeyView key(ResultSet row) throws SQLException {
        String organization = row.getString(3);
        String project = row.getString(4);
        String mode = row.getString(5);
        return new KeyView(
                new KeyId(row.getString(1)),
                KeyKind.valueOf(row.getString(2)),
                organization == null ? null : new OrganizationId(organization),
                project == null ? null : new ProjectId(project),
                mode == null ? null : Mode.ofWireName(mode),
                row.getString(6),
                row.getString(7),
                row.getBoolean(8),
                AccessRows.instantOrNull(row, 9),
                AccessRows.instant(row, 10));
    }
}
