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

        var violations = new Model(ChaosSettings.read().pace().bounds()).violations(Journal.read(file));

        assertThat(violations).as("%s", file).isEmpty();
    }
}
