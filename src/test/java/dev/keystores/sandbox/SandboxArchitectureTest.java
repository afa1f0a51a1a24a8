package dev.keystores.sandbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class SandboxArchitectureTest {

    private final JavaClasses sandbox = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.keystores.sandbox");

    @Test
    void sharesNothingWithTheServiceItStandsAgainst() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.keystores..").and(not(resideInAPackage("dev.keystores.sandbox.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "org.springframework..")
                .because("a mistake in shared code would hide itself: service and sandbox meet on the wire only")
                .check(sandbox);
    }

    @Test
    void hasNoPackagesInACycle() {
        slices().matching("dev.keystores.(sandbox..)")
                .should()
                .beFreeOfCycles()
                .because("a later service must be able to stand beside KMS, not inside it")
                .check(sandbox);
    }

    @Test
    void readsTimeFromItsClockOnly() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .because("a test sets the clock instead of waiting")
                .check(sandbox);
    }
}
