package dev.keystores.journey;

import com.microsoft.playwright.BrowserType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips with one loud line where no Chromium is installed; where CI says it must be there, its absence fails. */
final class NeedsChromium implements ExecutionCondition {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (found().isPresent() || "true".equals(System.getenv("CI"))) {
            return ConditionEvaluationResult.enabled("Chromium is there, or must be");
        }
        var why = "NO CHROMIUM FOUND ON THE PATH: the journeys in a browser are skipped";
        System.out.println("[WARNING] " + why);
        return ConditionEvaluationResult.disabled(why);
    }

    static BrowserType.LaunchOptions options() {
        var chromium = found().orElseThrow(() -> new IllegalStateException("install chromium, or unset CI"));
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of("--no-sandbox", "--disable-quic", "--disable-background-networking"));
    }

    private static Optional<Path> found() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
