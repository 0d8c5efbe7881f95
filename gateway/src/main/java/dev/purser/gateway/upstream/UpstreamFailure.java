package dev.purser.gateway.upstream;

import java.util.OptionalInt;

/** A call that the provider did not answer. The message is fit for the client: no key, no host, no address. */
public final class UpstreamFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int retryAfterSeconds;
    private final Remedy remedy;

    /** What may help. */
    public enum Remedy {
        /** Everybody would say the same, or the answer had begun. */
        NONE,
        OTHER_PROVIDER,
        /** The same provider a little later, else another one. */
        RETRY
    }

    /** What went wrong, as far as it matters to whoever may try again. */
    public enum Kind {
        /** The provider finds fault with the request itself. */
        BAD_REQUEST(400, "invalid_request"),
        RATE_LIMITED(429, "rate_limit_exceeded"),
        /** Unreachable, or its answer makes no sense. */
        BROKEN(502, "api_error"),
        UNAVAILABLE(503, "api_error"),
        TIMEOUT(504, "timeout_error"),
        /** Stopped from here, as the server goes down. */
        CANCELLED(503, "api_error");

        private final int status;
        private final String code;

        Kind(int status, String code) {
            this.status = status;
            this.code = code;
        }

        public int status() {
            return status;
        }

        public String code() {
            return code;
        }
    }

    public UpstreamFailure(Kind kind, String message) {
        this(kind, message, OptionalInt.empty());
    }

    public UpstreamFailure(Kind kind, String message, Remedy remedy) {
        this(kind, message, OptionalInt.empty(), remedy);
    }

    public UpstreamFailure(Kind kind, String message, OptionalInt retryAfterSeconds) {
        this(
                kind,
                message,
                retryAfterSeconds,
                switch (kind) {
                    case BAD_REQUEST, CANCELLED -> Remedy.NONE;
                    case BROKEN, TIMEOUT -> Remedy.OTHER_PROVIDER;
                    case RATE_LIMITED, UNAVAILABLE -> Remedy.RETRY;
                });
    }

    private UpstreamFailure(Kind kind, String message, OptionalInt retryAfterSeconds, Remedy remedy) {
        super(message, null, false, false);
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds.orElse(-1);
        this.remedy = remedy;
    }

    /** The same, where the answer had begun already. */
    public UpstreamFailure afterTheFirstByte() {
        return new UpstreamFailure(kind, message(), retryAfterSeconds(), Remedy.NONE);
    }

    public Remedy remedy() {
        return remedy;
    }

    public Kind kind() {
        return kind;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }
}
