package dev.keystores;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.keystores.kms.Lease;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Repository;

/** The arrows between the packages. One that turns round is a mistake in the layout, not in this test. */
@AnalyzeClasses(packages = "dev.keystores", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule newsComesUpAndCallsGoDown = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.keystores..")
            .withOptionalLayers(true)
            .layer("root")
            .definedBy("dev.keystores")
            .layer("target")
            .definedBy("dev.keystores.target..")
            .layer("keystore")
            .definedBy("dev.keystores.keystore..")
            .layer("kms")
            .definedBy("dev.keystores.kms..")
            .layer("inventory")
            .definedBy("dev.keystores.inventory..")
            .layer("diagnosis")
            .definedBy("dev.keystores.diagnosis..")
            .layer("job")
            .definedBy("dev.keystores.job..")
            .layer("watch")
            .definedBy("dev.keystores.watch..")
            .layer("event")
            .definedBy("dev.keystores.event..")
            .layer("api")
            .definedBy("dev.keystores.api..")
            .layer("dashboard")
            .definedBy("dev.keystores.dashboard..")
            .layer("secret")
            .definedBy("dev.keystores.secret..")
            .layer("security")
            .definedBy("dev.keystores.security..")
            .layer("sandbox")
            .definedBy("dev.keystores.sandbox..")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("target")
            .mayNotAccessAnyLayer()
            .whereLayer("keystore")
            .mayNotAccessAnyLayer()
            .whereLayer("secret")
            .mayOnlyAccessLayers("keystore")
            .whereLayer("kms")
            .mayOnlyAccessLayers("target", "keystore")
            .whereLayer("inventory")
            .mayOnlyAccessLayers("target", "keystore", "kms")
            .whereLayer("diagnosis")
            .mayOnlyAccessLayers("target", "keystore", "kms", "inventory")
            .whereLayer("job")
            .mayOnlyAccessLayers("target", "keystore", "kms", "inventory", "diagnosis", "secret", "security")
            .whereLayer("watch")
            .mayOnlyAccessLayers("target", "keystore", "kms", "inventory", "diagnosis", "job")
            .whereLayer("event")
            .mayOnlyAccessLayers("target", "keystore", "kms", "inventory", "diagnosis", "job")
            .whereLayer("api")
            .mayOnlyAccessLayers("target", "keystore", "secret", "inventory", "diagnosis", "job", "watch", "event")
            .whereLayer("dashboard")
            .mayOnlyAccessLayers("target", "keystore", "secret", "inventory", "diagnosis", "job", "watch", "event")
            .whereLayer("security")
            .mayNotAccessAnyLayer()
            .whereLayer("sandbox")
            .mayNotAccessAnyLayer()
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("root")
            .because(
                    "reads go through Inventory and writes through Jobs, neither api nor dashboard reaches AWS, and the"
                            + " sandbox meets the service on the wire alone");

    @ArchTest
    static final ArchRule packagesAreInNoCycle = slices().matching("dev.keystores.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package is the unit of change");

    @ArchTest
    static final ArchRule oneClassStartsTheSandbox = classes()
            .that()
            .resideInAPackage("dev.keystores.sandbox..")
            .should()
            .onlyHaveDependentClassesThat(resideInAPackage("dev.keystores.sandbox..")
                    .or(JavaClass.Predicates.simpleNameStartingWith("SandboxConfiguration"))
                    .or(JavaClass.Predicates.simpleName("EmbeddedSandbox")))
            .because("nothing of ours may learn how the sandbox thinks: one mistake would hide another");

    @ArchTest
    static final ArchRule wordsOfTheDomainNeedNoFramework = classes()
            .that()
            .resideInAPackage("dev.keystores.keystore..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.keystores.keystore.."))
            .because("what a key store is doesn't change with a framework");

    @ArchTest
    static final ArchRule onlyTwoDoorsLeadToAws = noClasses()
            .that()
            .resideOutsideOfPackages("dev.keystores.kms..", "dev.keystores.diagnosis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("AWS's exceptions, retries and quotas end in one place");

    @ArchTest
    static final ArchRule onlyRepositoriesTouchJdbc = noClasses()
            .that()
            .areNotAnnotatedWith(Repository.class)
            .and()
            .haveSimpleNameNotEndingWith("Row")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.jdbc..")
            .because("SQL is read and changed in one place for each table");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .that()
            // What a lease measures is how long this process was stopped, which no clock of a test can tell.
            .doNotBelongToAnyOf(Lease.class)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests set the clock");

    @ArchTest
    static final ArchRule clocksAreMadeInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("KeyStoresApplication")
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("there is one clock");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Impl|Dto|Util|Utils|Abstract)$")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("an operator would not say it");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        classes.getPackage("dev.keystores").getSubpackagesInTree().stream()
                .filter(ours -> !ours.getClasses().isEmpty())
                .forEach(ArchitectureTest::assertNullMarked);
    }

    private static void assertNullMarked(JavaPackage ours) {
        Assertions.assertThat(ours.isAnnotatedWith(NullMarked.class))
                .as("package %s opens with its sentence and is @NullMarked", ours.getName())
                .isTrue();
    }
}
