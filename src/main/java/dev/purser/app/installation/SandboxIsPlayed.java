package dev.purser.app.installation;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the built-in sandbox stands in for Stripe. */
public final class SandboxIsPlayed implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return PaymentMode.isSandbox(context.getEnvironment());
    }
}
