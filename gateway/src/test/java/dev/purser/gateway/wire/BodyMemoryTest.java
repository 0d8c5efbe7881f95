package dev.purser.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.edge.Problem;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    @Test
    void refusesWhatDoesNotFitAndTakesItOnceRoomIsBack() {
        BodyMemory memory = new BodyMemory(JsonBody.MAX_BYTES + 10_000);
        BodyMemory.Lease first = memory.take(JsonBody.MAX_BYTES);
        assertThatThrownBy(() -> memory.take(JsonBody.MAX_BYTES))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.headers()).containsKey("Retry-After"));
        memory.take(5_000).close();
        first.close();
        memory.take(JsonBody.MAX_BYTES).close();
    }

    @Test
    void countsABodyOfUnknownLengthAsTheLargestUntilItIsRead() {
        BodyMemory memory = new BodyMemory(JsonBody.MAX_BYTES + 10_000);
        BodyMemory.Lease unknown = memory.take(-1);
        assertThatThrownBy(() -> memory.take(JsonBody.MAX_BYTES)).isInstanceOf(Problem.class);
        unknown.shrinkTo(2_000);
        memory.take(JsonBody.MAX_BYTES).close();
        unknown.close();
    }

    @Test
    void givesBackOnlyOnce() {
        BodyMemory memory = new BodyMemory(JsonBody.MAX_BYTES);
        BodyMemory.Lease lease = memory.take(JsonBody.MAX_BYTES);
        lease.close();
        lease.close();
        memory.take(JsonBody.MAX_BYTES);
        assertThatThrownBy(() -> memory.take(JsonBody.MAX_BYTES)).isInstanceOf(Problem.class);
    }
}
