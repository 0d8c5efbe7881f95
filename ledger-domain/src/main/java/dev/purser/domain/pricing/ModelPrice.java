package dev.purser.domain.pricing;

/** The tariff of one model. */
public record ModelPrice(String model, Tariff tariff) {}
