package dev.keystores;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the settings instead of showing a stack trace. */
final class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettings> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidSettings cause) {
        var description = "The settings are not right:%n%n%s".formatted(cause.getMessage());
        return new FailureAnalysis(description, "Correct them and start again. README.md lists every setting.", cause);
    }
}
