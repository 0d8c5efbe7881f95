package dev.purser.domain.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.domain.Mode;
import dev.purser.domain.OrganizationId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginIdTest {
    @ParameterizedTest
    @EnumSource
    void isFoundInItsStreamAgain(Mode mode) {
        MarginId id = new MarginId(new OrganizationId("orgMLMT1"), mode);

        assertThat(MarginId.ofStream(id.streamId())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org1", "ML", ""})
    void refusesOtherStreams(String stream) {
        assertThatThrownBy(() -> MarginId.ofStream(stream)).isInstanceOf(IllegalArgumentException.class);
    }
}
