package dev.purser.projection.access;

import static dev.purser.eventstore.inline.ColumnType.BIGINT;
import static dev.purser.eventstore.inline.ColumnType.BOOLEAN;
import static dev.purser.eventstore.inline.ColumnType.INTEGER;
import static dev.purser.eventstore.inline.ColumnType.TEXT;
import static dev.purser.eventstore.inline.ColumnType.TIMESTAMP;

import dev.purser.eventstore.inline.InlineTable;

/** The inline tables of this package, as their migration made them. */
final class AccessTables {
    static final InlineTable ORGANIZATION = InlineTable.named("inline.organization")
            .key("organization_id", TEXT)
            .value("name", TEXT)
            .value("active", BOOLEAN)
            .value("created_at", TIMESTAMP)
            .value("stripe_account_id", TEXT)
            .build();

    static final InlineTable PROJECT = InlineTable.named("inline.project")
            .key("project_id", TEXT)
            .value("organization_id", TEXT)
            .value("name", TEXT)
            .value("active", BOOLEAN)
            .value("settings", TEXT)
            .value("created_at", TIMESTAMP)
            .build();

    static final InlineTable KEY = InlineTable.named("inline.access_key")
            .key("key_id", TEXT)
            .value("kind", TEXT)
            .value("organization_id", TEXT)
            .value("project_id", TEXT)
            .value("mode", TEXT)
            .value("name", TEXT)
            .value("preview", TEXT)
            .value("revoked", BOOLEAN)
            .value("expires_at", TIMESTAMP)
            .value("created_at", TIMESTAMP)
            .build();

    static final InlineTable KEY_FINGERPRINT = InlineTable.named("inline.key_fingerprint")
            .key("fingerprint", TEXT)
            .value("key_id", TEXT)
            .build();

    static final InlineTable EXTERNAL_ID = InlineTable.named("inline.external_id")
            .key("project_id", TEXT)
            .key("mode", TEXT)
            .key("external_id_index", TEXT)
            .value("customer_id", TEXT)
            .build();

    static final InlineTable CUSTOMER = InlineTable.named("inline.customer")
            .key("customer_id", TEXT)
            .value("wallet_id", TEXT)
            .value("organization_id", TEXT)
            .value("project_id", TEXT)
            .value("mode", TEXT)
            .value("status", TEXT)
            .value("stripe_customer_id", TEXT)
            .build();

    static final InlineTable WALLET = InlineTable.named("inline.wallet")
            .key("wallet_id", TEXT)
            .value("customer_id", TEXT)
            .value("project_id", TEXT)
            .value("mode", TEXT)
            .value("frozen_backend", BOOLEAN)
            .value("frozen_operator", BOOLEAN)
            .value("frozen_dispute", BOOLEAN)
            .build();

    static final InlineTable SESSION = InlineTable.named("inline.session")
            .key("session_id", TEXT)
            .value("wallet_id", TEXT)
            .value("customer_id", TEXT)
            .value("organization_id", TEXT)
            .value("project_id", TEXT)
            .value("mode", TEXT)
            .value("generation", INTEGER)
            .value("revoked", BOOLEAN)
            .value("minted_at", TIMESTAMP)
            .value("models", TEXT)
            .value("max_spend", BIGINT)
            .build();

    static final InlineTable SESSION_TOKEN = InlineTable.named("inline.session_token")
            .key("fingerprint", TEXT)
            .value("session_id", TEXT)
            .value("generation", INTEGER)
            .value("expires_at", TIMESTAMP)
            .build();

    static final InlineTable BACKEND_HOLD = InlineTable.named("inline.backend_hold")
            .key("hold_id", TEXT)
            .value("wallet_id", TEXT)
            .value("status", TEXT)
            .build();

    private AccessTables() {}
}
