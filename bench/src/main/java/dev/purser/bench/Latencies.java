package dev.purser.bench;

import java.util.Arrays;
import java.util.List;

/** Measured times in microseconds, complete and sorted: percentiles are exact. Immutable. */
final class Latencies {
    private final long[] sortedMicros;

    private Latencies(long[] sortedMicros) {
        this.sortedMicros = sortedMicros;
    }

    static Latencies of(List<Recorder> recorders) {
        return new Latencies(recorders.stream()
                .flatMapToLong(recorder -> Arrays.stream(recorder.micros, 0, recorder.count))
                .sorted()
                .toArray());
    }

    int count() {
        return sortedMicros.length;
    }

    /** The nearest-rank percentile, in milliseconds. */
    double percentileMillis(double percent) {
        if (sortedMicros.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        int rank = (int) Math.ceil(percent / 100 * sortedMicros.length);
        return sortedMicros[Math.max(0, rank - 1)] / 1e3;
    }

    /** Takes times; for one thread. */
    static final class Recorder {
        private long[] micros = new long[1_024];
        private int count;

        void record(long nanos) {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, count * 2);
            }
            micros[count++] = nanos / 1_000;
        }
    }
}
