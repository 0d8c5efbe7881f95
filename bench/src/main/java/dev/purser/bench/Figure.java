package dev.purser.bench;

/** One of the figures that docs/performance.md lists. */
interface Figure {
    String title();

    /** Measures and reports; the database server is the run's, what is in it is the figure's own. */
    void measure(Run run) throws Exception;
}
