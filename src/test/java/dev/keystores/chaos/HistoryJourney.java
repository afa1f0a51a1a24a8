package dev.keystores.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.chaos.model.Model;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Judges what was seen of an earlier run once more: {@code -Dchaos.history=.../history.jsonl}. */
@EnabledIfSystemProperty(named = "chaos.history", matches = ".+")
class HistoryJourney {

    @Test
    void isJudgedAgain() {
        var file = Path.of(System.getProperty("chaos.history"));

        var settings = ChaosSettings.read();
        var model = new Model(settings.pace().bounds());
        var seen = Journal.read(file);

        new Summary("history", settings).print(model.figures(seen));
        var violations = model.violations(seen);

        assertThat(violations).as("%s", file).isEmpty();
    }
}
