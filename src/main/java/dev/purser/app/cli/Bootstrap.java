package dev.purser.app.cli;

import java.util.SequencedMap;

/** What the bootstrap command does; implemented where the ledger is at hand. */
public interface Bootstrap {

    /**
     * Makes the first operator of this installation. The answer holds what is shown this once, names as in an environment
     * file ({@code PURSER_OPERATOR_KEY}); it is empty when there is an operator already, and then nothing was changed.
     */
    SequencedMap<String, String> firstOperator();

    /** Makes a demo organization and project; the answer as above, empty when they are there already. */
    SequencedMap<String, String> demo();
}
