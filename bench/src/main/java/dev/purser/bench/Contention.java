package dev.purser.bench;

import java.util.random.RandomGenerator;

/** Which wallets a load debits. */
enum Contention {
    /** Any of 10,000, chosen evenly. */
    SPREAD("10,000 wallets"),
    /** Always the same one. */
    HOT("one wallet");

    static final int WALLETS = 10_000;

    private final String words;

    Contention(String words) {
        this.words = words;
    }

    /** The index of the next wallet, from 0. */
    int next(RandomGenerator random) {
        return this == HOT ? 0 : random.nextInt(WALLETS);
    }

    String word() {
        return this == HOT ? "hot" : "spread";
    }

    @Override
    public String toString() {
        return words;
    }
}
