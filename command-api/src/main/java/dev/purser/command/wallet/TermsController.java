package dev.purser.command.wallet;

import dev.purser.domain.Money;
import dev.purser.domain.WalletId;
import dev.purser.domain.project.ProjectSettings.InvalidSetting;
import dev.purser.domain.wallet.WalletCommand.ChangeWalletTerms;
import dev.purser.domain.wallet.WalletTerms;
import dev.purser.domain.wallet.WalletTerms.Term;
import dev.purser.domain.wallet.WalletView;
import dev.purser.edge.Caller;
import dev.purser.edge.Gate;
import dev.purser.edge.Gate.Kind;
import dev.purser.edge.idempotency.Idempotency;
import dev.purser.edge.json.Fields;
import dev.purser.edge.request.Call;
import dev.purser.edge.wire.LedgerJson;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A backend gives one wallet other terms than its project's, or takes them back. */
@RestController
public final class TermsController {
    private static final Map<String, Term> NAMES = Map.of(
            "markupPercent", Term.MARKUP_PERCENT,
            "bonusPercent", Term.BONUS_PERCENT,
            "lowBalanceThreshold", Term.LOW_BALANCE_THRESHOLD);

    private final Idempotency idempotency;
    private final WalletAccess wallets;

    public TermsController(Idempotency idempotency, WalletAccess wallets) {
        this.idempotency = idempotency;
        this.wallets = wallets;
    }

    /** Here null says something: the project's term applies again. */
    @PatchMapping("/v1/wallets/{id}")
    @Gate(Kind.BACKEND)
    ResponseEntity<byte[]> change(Caller.Backend caller, @PathVariable String id, Call call) {
        return idempotency.answer(call, commands -> {
            WalletId walletId = wallets.require(caller, id).walletId();
            Fields fields = call.fields();
            Set<Term> changed = EnumSet.noneOf(Term.class);
            NAMES.forEach((name, term) -> {
                if (fields.has(name)) {
                    changed.add(term);
                }
            });
            return commands.answer(200, new ChangeWalletTerms(walletId, terms(fields), changed), TermsController::json);
        });
    }

    private static WalletTerms terms(Fields fields) {
        BigDecimal markupPercent = fields.optionalDecimal("markupPercent");
        BigDecimal bonusPercent = fields.optionalDecimal("bonusPercent");
        Money threshold = fields.optionalLimit("lowBalanceThreshold", Fields.MAX_LIMIT);
        fields.verify();
        try {
            return new WalletTerms(markupPercent, bonusPercent, threshold);
        } catch (InvalidSetting invalid) {
            fields.refuse(invalid.field(), String.valueOf(invalid.getMessage()));
            fields.verify();
            throw invalid;
        }
    }

    private static Map<String, @Nullable Object> json(WalletView wallet) {
        WalletTerms terms = wallet.terms();
        Map<String, @Nullable Object> json = LedgerJson.wallet(wallet);
        json.put("markupPercent", terms.markupPercent());
        json.put("bonusPercent", terms.bonusPercent());
        json.put(
                "lowBalanceThreshold",
                terms.lowBalanceThreshold() == null
                        ? null
                        : terms.lowBalanceThreshold().toString());
        return json;
    }
}
