package dev.purser.app.wiring;

/** What is done once the ledger takes commands and before anything is served. */
@FunctionalInterface
interface OnLedgerOpen {
    void ledgerIsOpen();
}
