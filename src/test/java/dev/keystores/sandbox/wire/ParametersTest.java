package dev.keystores.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void decodesNamesAndValues() {
        Parameters parameters = Parameters.parse("A+b=c%26d&Empty=&Alone&=nameless&&Last=x=y");

        assertThat(parameters.text("A b")).hasValue("c&d");
        assertThat(parameters.text("Empty")).hasValue("");
        assertThat(parameters.text("Alone")).hasValue("");
        assertThat(parameters.text("Last")).hasValue("x=y");
        assertThat(parameters.text("Missing")).isEmpty();
    }

    @Test
    void readsAListInTheOrderOfItsNumbers() {
        Parameters parameters = Parameters.parse("Id.10=c&Id.2=b&Id.1=a&Id.0=no&Id.x=no&Ids.1=no&Id=no");

        assertThat(parameters.texts("Id")).containsExactly("a", "b", "c");
        assertThat(parameters.texts("Missing")).isEmpty();
    }

    @Test
    void readsListsWithinStructures() {
        Parameters parameters =
                Parameters.parse("Filter.2.Name=b&Filter.1.Name=a&Filter.1.Value.2=y&Filter.1.Value.1=x&Filter.3=no");

        assertThat(parameters.structures("Filter"))
                .extracting(filter -> filter.text("Name").orElseThrow())
                .containsExactly("a", "b");
        assertThat(parameters.structures("Filter").getFirst().texts("Value")).containsExactly("x", "y");
        assertThat(parameters.structures("Filter").getLast().texts("Value")).isEmpty();
    }

    @Test
    void refusesWrongTypesWithoutRepeatingThem() {
        Parameters parameters = Parameters.parse("Number=hunter2&Flag=hunter2");

        assertThatThrownBy(() -> parameters.number("Number"))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("Number")
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> parameters.flag("Flag"))
                .isInstanceOf(ServiceError.class)
                .hasMessageContaining("Flag")
                .message()
                .doesNotContain("hunter2");
    }
}
