package dev.purser.app.web;

import dev.purser.edge.Problem;

/** What Tomcat refuses before any controller is asked, in the edge's terms. */
final class ContainerProblems {
    private ContainerProblems() {}

    static Problem of(int status) {
        return new Problem(status, code(status), message(status));
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 408 -> "request_timeout";
            case 413 -> "request_too_large";
            case 414 -> "uri_too_long";
            case 415 -> "unsupported_media_type";
            case 417 -> "expectation_failed";
            case 431 -> "headers_too_large";
            case 503 -> "unavailable";
            default -> status >= 500 ? "internal_error" : "invalid_request";
        };
    }

    private static String message(int status) {
        return switch (status) {
            case 400 -> "The request is not valid HTTP, or its line or headers are too long.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This method is not offered here.";
            case 408 -> "The request took too long to arrive.";
            case 413 -> "The request body is too large.";
            case 414 -> "The request line is too long.";
            case 415 -> "This content type is not offered here.";
            case 417 -> "The expectation cannot be met.";
            case 431 -> "The request headers are too large.";
            case 503 -> "The server is busy or stopping; try again.";
            default -> status >= 500 ? "Something went wrong on our side." : "The request was refused.";
        };
    }
}
