package dev.purser.edge.error;

/** Whose clients call a route, and so which shape its errors have. */
public enum RouteFamily {
    API,
    OPENAI
}
