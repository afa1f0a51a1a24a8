package dev.keystores.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.secret.SecretSettings;
import dev.keystores.secret.Secrets;
import dev.keystores.target.Target;
import dev.keystores.target.Targets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewKeyStoreFormTest {

    @Test
    void letsATargetBeChosenWhereAllCanBeListed() {
        assertThat(target(1).choices()).extracting(Field.Choice::value).containsExactly("t1");
        assertThat(target(2).choices()).extracting(Field.Choice::value).containsExactly("", "t1", "t2");
        assertThat(target(NewKeyStoreForm.MOST).shape()).isEqualTo(Field.Shape.CHOICE);
    }

    @Test
    void letsItsNameBeTypedWhereThereAreTooMany() {
        var field = target(5000);

        assertThat(field.shape()).isEqualTo(Field.Shape.LINE);
        assertThat(field.choices()).hasSize(NewKeyStoreForm.MOST);
        assertThat(field.hint()).endsWith("one of 5,000 names");
    }

    private static Field target(int targets) {
        var all = IntStream.rangeClosed(1, targets)
                .mapToObj(number -> new Target("t" + number, "eu-west-1", null, null, null, null))
                .toList();
        var form = new NewKeyStoreForm(new Targets(all), Secrets.of(new SecretSettings(null, null, null)));
        return form.fields(NewKind.PUBLIC_PROXY).getFirst();
    }
}
