package dev.purser.edge.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.edge.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "q=ada", "q=%C3%BC&limit=5", "q=a%26b", "a&b&c", "q=%00", "=", "q=%f0%9f%98%80"})
    void letsThroughWhatDecodes(String query) {
        assertThatCode(() -> QueryString.requireDecodable(query)).doesNotThrowAnyException();
    }

    @Test
    void needsNoQuery() {
        assertThatCode(() -> QueryString.requireDecodable(null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=f%zz", "q=%", "q=%1", "cursor=%ff%fe", "q=%C3&x=%BC", "q=ü"})
    void refusesWhatDoesNot(String query) {
        assertThatThrownBy(() -> QueryString.requireDecodable(query))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("The query");
    }

    @Test
    void refusesTooManyParameters() {
        assertThatCode(() -> QueryString.requireDecodable("&".repeat(99))).doesNotThrowAnyException();
        assertThatThrownBy(() -> QueryString.requireDecodable("&".repeat(100))).hasMessageContaining("100");
    }
}
