package dev.purser.eventstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class UpcastersTest {

    record Named(String firstName, String lastName) {}

    private static final EventTypes TYPES =
            EventTypes.builder().add(Named.class, "Named", 3).build();
    private static final UnaryOperator<ObjectNode> SAME = UnaryOperator.identity();

    private static Object decode(Upcasters upcasters, String type, int revision, String json) {
        return new JsonEventCodec(TYPES, upcasters, PayloadDictionary.none())
                .decode(type, (short) revision, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void runsAllStepsFromTheStoredRevisionInOrder() {
        Upcasters upcasters = Upcasters.builder()
                .add("Called", 1, "Named", 1, json -> {
                    json.set("name", json.remove("called"));
                    return json;
                })
                .add("Named", 1, json -> json.put("name", json.get("name").stringValue() + " Smith"))
                .add("Named", 2, json -> {
                    String[] names = json.get("name").stringValue().split(" ", -1);
                    return json.put("firstName", names[0]).put("lastName", names[1]);
                })
                .build(TYPES);

        assertThat(decode(upcasters, "Called", 1, "{\"called\":\"Anna\"}")).isEqualTo(new Named("Anna", "Smith"));
        assertThat(decode(upcasters, "Named", 2, "{\"name\":\"Anna Kern\"}")).isEqualTo(new Named("Anna", "Kern"));
        assertThat(decode(upcasters, "Named", 3, "{\"firstName\":\"Anna\",\"lastName\":\"Lenz\"}"))
                .isEqualTo(new Named("Anna", "Lenz"));
        assertThatThrownBy(() -> decode(upcasters, "Named", 4, "{}")).isInstanceOf(UnknownEventType.class);
    }

    @Test
    void keepsWhatIsNoObjectOutOfItsSteps() {
        Upcasters upcasters = Upcasters.builder().add("Named", 2, SAME).build(TYPES);
        assertThatThrownBy(() -> decode(upcasters, "Named", 2, "[\"secret\"]"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Named revision 2")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesAGap() {
        Upcasters.Builder gap = Upcasters.builder().add("Named", 1, SAME);
        assertThatThrownBy(() -> gap.build(TYPES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Named revision 1")
                .hasMessageContaining("end at event type Named revision 2");
    }

    @Test
    void refusesACircle() {
        Upcasters.Builder circle = Upcasters.builder().add("A", 1, "B", 1, SAME).add("B", 1, "A", 1, SAME);
        assertThatThrownBy(() -> circle.build(TYPES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void refusesTwoStepsFromOneRevision() {
        Upcasters.Builder builder = Upcasters.builder().add("Named", 2, SAME);
        assertThatThrownBy(() -> builder.add("Named", 2, "Other", 1, SAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two steps");
    }

    @Test
    void refusesAStepFromARevisionThatHasAClass() {
        Upcasters.Builder builder = Upcasters.builder().add("Named", 3, SAME);
        assertThatThrownBy(() -> builder.build(TYPES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a class");
    }

    @Test
    void refusesNamesAndRevisionsThatCannotBeStored() {
        Upcasters.Builder builder = Upcasters.builder();
        assertThatThrownBy(() -> builder.add("", 1, SAME)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add("Named", 0, SAME)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add("Named", Short.MAX_VALUE, SAME))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
