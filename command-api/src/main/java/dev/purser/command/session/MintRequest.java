package dev.purser.command.session;

import dev.purser.domain.Money;
import dev.purser.domain.session.SessionCommand.MintSession;
import dev.purser.edge.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backend asks a session for.
 *
 * @param models null: every model
 * @param maxSpend null: no cap but the balance
 */
record MintRequest(
        String externalId,
        @Nullable String email,
        @Nullable String name,
        @Nullable List<String> models,
        @Nullable Money maxSpend,
        int ttlSeconds) {
    private static final int MAX_EXTERNAL_ID = 255;
    private static final int MAX_EMAIL = 320;
    private static final int MAX_NAME = 255;
    private static final int MAX_MODELS = 100;
    private static final int MAX_MODEL = 255;

    static MintRequest of(Fields fields) {
        String externalId;
        String email = null;
        String name = null;
        if (!fields.isPresent("customer") || fields.isText("customer")) {
            externalId = fields.text("customer", 1, MAX_EXTERNAL_ID);
        } else {
            Fields customer = fields.optionalObject("customer");
            externalId = customer == null ? "" : customer.text("externalId", 1, MAX_EXTERNAL_ID);
            email = customer == null ? null : customer.optionalText("email", 1, MAX_EMAIL);
            name = customer == null ? null : customer.optionalText("name", 1, MAX_NAME);
        }
        List<String> models = null;
        Money maxSpend = null;
        Fields scope = fields.optionalObject("scope");
        if (scope != null) {
            models = scope.optionalTexts("models", MAX_MODELS, MAX_MODEL);
            if (models != null && models.isEmpty()) {
                scope.refuse("models", "must name at least one model; leave it out to allow every model");
            }
            maxSpend = scope.optionalAmount("maxSpend", Fields.MAX_LIMIT);
        }
        Long ttlSeconds =
                fields.optionalInteger("ttlSeconds", MintSession.MIN_TTL_SECONDS, MintSession.MAX_TTL_SECONDS);
        fields.verify();
        return new MintRequest(
                externalId,
                email,
                name,
                models,
                maxSpend,
                ttlSeconds == null ? MintSession.DEFAULT_TTL_SECONDS : Math.toIntExact(ttlSeconds));
    }
}
