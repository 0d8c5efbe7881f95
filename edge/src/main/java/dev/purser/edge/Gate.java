package dev.purser.edge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says on a controller (or one of its methods) who may call; checked before the body is read. Every handler has one.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Gate {
    Kind[] value();

    /** Several kinds: any of them. */
    enum Kind {
        PUBLIC,
        /** A platform secret key, sk_. */
        BACKEND,
        /** A session token, es_; with the wallet, customer, project and origin rules. */
        BROWSER,
        /** A session token as {@code refresh} takes it: superseded ones still reach the handler. */
        REFRESH,
        OPERATOR,
        AUDITOR
    }
}
