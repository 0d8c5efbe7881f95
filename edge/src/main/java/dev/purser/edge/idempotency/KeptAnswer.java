package dev.purser.edge.idempotency;

/** Where an answer will be kept. */
record KeptAnswer(String scope, String key, byte[] requestHash) {}
