package dev.purser.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class FormTest {
    private static Params params(String encoded) {
        return new Params(Form.parse(encoded), "");
    }

    @Test
    void bracketsNest() {
        Params params = params("a[b][c]=1&a%5Bb%5D%5Bd%5D=2&plain=x%20y+z%C3%A9");

        assertThat(params.map("a").map("b").text("c")).isEqualTo("1");
        assertThat(params.map("a").map("b").text("d")).isEqualTo("2");
        assertThat(params.text("plain")).isEqualTo("x y zé");
    }

    @Test
    void arraysComeWithAndWithoutTheirNumbers() {
        assertThat(params("expand[]=a&expand[]=b").texts("expand")).containsExactly("a", "b");
        assertThat(params("expand[0]=a&expand[1]=b").texts("expand")).containsExactly("a", "b");
    }

    @Test
    void anEmptyValueUnsets() {
        Params params = params("description=&metadata=");

        assertThat(params.has("description")).isTrue();
        assertThat(params.text("description")).isNull();
        assertThat(params.map("metadata").isEmpty()).isTrue();
    }

    @Test
    void whatNobodyAskedForIsNamedWithItsWholeName() {
        Params params = params("a[b]=1&a[c]=2&d=3");
        params.map("a").text("b");

        assertThatExceptionOfType(StripeError.class)
                .isThrownBy(params::refuseUnknown)
                .withMessage("Received unknown parameters: a[c], d");
    }

    @Test
    void theFingerprintIsTheSameInAnyOrderAndForNothingElse() {
        assertThat(params("a=1&b[c]=2").fingerprint())
                .isEqualTo(params("b[c]=2&a=1").fingerprint());
        assertThat(params("a=1&b[c]=2").fingerprint())
                .isNotEqualTo(params("a=1&b[c]=3").fingerprint());
        assertThat(params("a=1&b=2").fingerprint())
                .isNotEqualTo(params("a=1%26b%3D2").fingerprint());
    }

    @Test
    void contradictionsAndExcessAreRefused() {
        refused("a=1&a[b]=2");
        refused("a[b]=2&a=1");
        refused("a%ZZ=1");
        refused("a" + "[x]".repeat(10) + "=1");
        refused("a=1&".repeat(1001));
    }

    private static void refused(String encoded) {
        assertThatExceptionOfType(StripeError.class)
                .isThrownBy(() -> Form.parse(encoded))
                .satisfies(error -> assertThat(error.status()).isEqualTo(400));
    }
}
