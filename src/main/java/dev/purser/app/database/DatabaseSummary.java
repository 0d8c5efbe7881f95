package dev.purser.app.database;

/** The database in one line for people. */
public record DatabaseSummary(String text) {}
