package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.ManifestFiles.Kustomization;
import dev.keystores.ManifestFiles.Manifest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The manifests and the image name only what the application has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestsTest {

    /** Boot's names for its two availability groups; a journey asks the packaged application for both. */
    private static final List<String> PROBES = List.of("/actuator/health/liveness", "/actuator/health/readiness");

    private List<Manifest> manifests;

    @BeforeAll
    void read() throws IOException {
        manifests = ManifestFiles.all();
    }

    @Test
    void holdNoFieldThatKubernetesDoesNotKnow() {
        assertThat(manifests).hasSizeGreaterThan(5);
        assertThat(manifests)
                .allSatisfy(manifest -> assertThat(manifest.unknownFields())
                        .as(manifest.file().toString())
                        .isEmpty());
    }

    @Test
    void areAllNamedByAKustomizationWhoseFilesExist() throws IOException {
        var named = ManifestFiles.namedByKustomizations();
        assertThat(named).allSatisfy(file -> assertThat(file).exists());
        assertThat(named).containsAll(manifests.stream().map(Manifest::file).toList());
    }

    @Test
    void setTheImageInOnePlaceForBothWaysToRun() throws IOException {
        var kustomizations = ManifestFiles.kustomizations();
        var image = kustomizations.stream()
                .filter(Kustomization::setsImages)
                .map(Kustomization::folder)
                .toList();
        assertThat(image).hasSize(1);
        assertThat(kustomizations)
                .filteredOn(kustomization -> !kustomization.setsImages())
                .hasSize(2)
                .allSatisfy(
                        kustomization -> assertThat(kustomization.components()).isEqualTo(image));
    }

    @Test
    void giveTheStatefulSetAHeadlessServiceAndClientsAnother() {
        var set = all(StatefulSet.class).findFirst().orElseThrow().getSpec();
        var headless = all(Service.class)
                .filter(service -> "None".equals(service.getSpec().getClusterIP()))
                .map(service -> service.getMetadata().getName());
        assertThat(headless).containsExactly(set.getServiceName()).doesNotContain("key-store-connector");
        assertThat(all(Service.class).map(service -> service.getMetadata().getName()))
                .contains("key-store-connector");
    }

    @Test
    void leadTheServiceToThePortTheApplicationListensOn() {
        var port = Integer.valueOf(Settings.ofTheApplication().getRequiredProperty("server.port"));
        assertThat(pods())
                .allSatisfy(pod -> assertThat(container(pod).getPorts())
                        .singleElement()
                        .satisfies(open -> assertThat(open.getContainerPort()).isEqualTo(port))
                        .satisfies(open -> assertThat(open.getName()).isEqualTo("http")));
        assertThat(all(Service.class).filter(service -> service.getSpec().getPorts() != null))
                .flatExtracting(service -> service.getSpec().getPorts())
                .isNotEmpty()
                .allSatisfy(open -> assertThat(open.getTargetPort().getStrVal()).isEqualTo("http"));
    }

    @Test
    void probeWhatTheApplicationAnswers() {
        assertThat(pods()).allSatisfy(pod -> {
            var container = container(pod);
            assertThat(path(container.getLivenessProbe())).isEqualTo(PROBES.get(0));
            assertThat(path(container.getReadinessProbe())).isEqualTo(PROBES.get(1));
            assertThat(path(container.getStartupProbe())).isIn(PROBES);
        });
    }

    @Test
    void selectTheirOwnPods() {
        var labels =
                templates().map(template -> template.getMetadata().getLabels()).toList();
        var selectors = Stream.of(
                        all(Deployment.class)
                                .map(found -> found.getSpec().getSelector().getMatchLabels()),
                        all(StatefulSet.class)
                                .map(found -> found.getSpec().getSelector().getMatchLabels()),
                        all(Service.class).map(found -> found.getSpec().getSelector()))
                .flatMap(found -> found)
                .filter(selector -> selector != null && !selector.isEmpty())
                .toList();
        assertThat(selectors).hasSize(4);
        assertThat(selectors)
                .allSatisfy(selector ->
                        assertThat(labels).allSatisfy(own -> assertThat(own).containsAllEntriesOf(selector)));
    }

    @Test
    void giveThePodNoMoreThanItNeeds() {
        assertThat(pods()).hasSize(2).allSatisfy(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            var container = container(pod);
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getResources().getRequests()).containsKeys("memory", "cpu");
        });
    }

    @Test
    void mountWhatTheyNameAndReadTheSettingsFromThere() {
        assertThat(pods()).allSatisfy(pod -> {
            var mounts = container(pod).getVolumeMounts();
            var volumes = Stream.concat(pod.getVolumes().stream().map(Volume::getName), Stream.of("data"))
                    .toList();
            assertThat(mounts).extracting(VolumeMount::getName).isSubsetOf(volumes);
            assertThat(variable(pod, "SPRING_CONFIG_ADDITIONAL_LOCATION").split(","))
                    .extracting(file ->
                            Path.of(file.replaceFirst("^file:", "")).getParent().toString())
                    .isSubsetOf(mounts.stream().map(VolumeMount::getMountPath).toList());
        });
    }

    @Test
    void setOnlyVariablesThatTheApplicationReads() {
        var names = pods().stream()
                .flatMap(pod -> container(pod).getEnv().stream())
                .map(EnvVar::getName)
                .toList();
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(Settings.knowsVariable(name)).as(name).isTrue());
    }

    @Test
    void bringSettingsThatTheApplicationStartsWith() {
        var environment = Settings.of(Path.of("k8s/base/application.yaml"));
        assertThat(Settings.names(environment))
                .allSatisfy(name -> assertThat(Settings.knows(name)).as(name).isTrue());
        var reader = new SettingsReader(environment);
        var read = reader.read();
        assertThat(reader.problems()).isEmpty();
        assertThat(read.sandbox().enabled()).isEqualTo(SandboxSettings.Mode.FALSE);
        assertThat(read.targetsFile()).isNotNull();
        assertThat(pods())
                .allSatisfy(pod -> assertThat(container(pod).getVolumeMounts())
                        .filteredOn(mount -> mount.getSubPath() == null)
                        .extracting(VolumeMount::getMountPath)
                        .contains(read.targetsFile().getParent().toString()));
        var content = new TargetsFile(
                        Path.of("k8s/base", read.targetsFile().getFileName().toString()))
                .read();
        assertThat(content.problems()).isEmpty();
        assertThat(content.targets())
                .isNotEmpty()
                .allSatisfy(target -> assertThat(target.real()).isTrue());
        assertThat(environment.getProperty("server.address")).isEqualTo("0.0.0.0");
    }

    @Test
    void showUsersInTheFormTheApplicationReads() throws IOException {
        var example = Files.readString(Path.of("k8s/users.example.yaml"));
        var hash = "$2a$12$" + "a".repeat(53);
        var filled = Settings.of(example.replace("<bcrypt hash>", hash));
        var reader = new SettingsReader(filled);
        assertThat(reader.read().security().users()).hasSize(2);
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void runTheSamePodOnPostgresqlButForItsVolume() {
        var one = all(StatefulSet.class)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
        var many = all(Deployment.class)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
        one.getContainers()
                .getFirst()
                .getVolumeMounts()
                .removeIf(mount -> mount.getName().equals("data"));
        many.getContainers()
                .getFirst()
                .getEnv()
                .removeIf(variable -> variable.getName().startsWith("SPRING_DATASOURCE_"));
        many.setTopologySpreadConstraints(one.getTopologySpreadConstraints());
        assertThat(many).isEqualTo(one);
    }

    @Test
    void buildAnImageThatIsFoundWhereItSaysItIs() throws IOException {
        var dockerfile = Files.readString(Path.of("Dockerfile"));
        var port = Settings.ofTheApplication().getRequiredProperty("server.port");
        assertThat(found("EXPOSE (\\d+)", dockerfile)).isEqualTo(port);
        assertThat(found("GET (/actuator\\S+) HTTP", dockerfile)).isIn(PROBES);
        assertThat(dockerfile).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n");
        assertThat(Pattern.compile("([A-Z_]+)=\\S+")
                        .matcher(found("\nENV (SERVER_.*)\n", dockerfile))
                        .results()
                        .map(result -> result.group(1)))
                .hasSize(2)
                .allSatisfy(name ->
                        assertThat(Settings.knowsVariable(name)).as(name).isTrue());
    }

    private List<PodSpec> pods() {
        return templates().map(PodTemplateSpec::getSpec).toList();
    }

    private Stream<PodTemplateSpec> templates() {
        return Stream.concat(
                all(StatefulSet.class).map(found -> found.getSpec().getTemplate()),
                all(Deployment.class).map(found -> found.getSpec().getTemplate()));
    }

    private <T> Stream<T> all(Class<T> kind) {
        return manifests.stream()
                .map(Manifest::resource)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Container container(PodSpec pod) {
        return pod.getContainers().getFirst();
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        return probe.getHttpGet().getPath();
    }

    private static String variable(PodSpec pod, String name) {
        return container(pod).getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
