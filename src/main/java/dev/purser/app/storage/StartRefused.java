package dev.purser.app.storage;

import org.jspecify.annotations.Nullable;

/** Purser will not start like this; the message tells the operator what to change and is printed without a stack trace. */
public final class StartRefused extends RuntimeException {
    public StartRefused(String message) {
        this(message, null);
    }

    public StartRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
