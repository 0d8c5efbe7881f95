package dev.purser.edge.idempotency;

/** Where an answer will be kept. */
@SuppressWarnings("ArrayRecordComponent") // computed once, compared once
record KeptAnswer(String scope, String key, byte[] requestHash) {}
