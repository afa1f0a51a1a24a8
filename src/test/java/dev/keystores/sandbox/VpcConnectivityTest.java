package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.XksProxyConfigurationType;
import software.amazon.awssdk.services.kms.model.XksProxyUriEndpointInUseException;
import software.amazon.awssdk.services.kms.model.XksProxyUriInUseException;
import software.amazon.awssdk.services.kms.model.XksProxyUriUnreachableException;
import software.amazon.awssdk.services.kms.model.XksProxyVpcEndpointServiceInUseException;
import software.amazon.awssdk.services.kms.model.XksProxyVpcEndpointServiceInvalidConfigurationException;
import software.amazon.awssdk.services.kms.model.XksProxyVpcEndpointServiceNotFoundException;

/** External key stores behind VPC endpoint services: what KMS asks of a service at create, update and connect. */
class VpcConnectivityTest {

    private static final String OTHER = "444455556666";
    private static final String KMS = "cks.kms.eu-central-1.amazonaws.com";

    private static final Map<String, Consumer<EndpointServiceControl>> FLAWS = Map.of(
            "gateway load balancer", service -> service.loadBalancer(EndpointService.LoadBalancer.GATEWAY),
            "one zone", service -> service.zones("eu-central-1a"),
            "one zone twice", service -> service.zones("eu-central-1a", "eu-central-1a"),
            "acceptance required", service -> service.acceptanceRequired(true),
            "name not verified yet", service -> service.nameState(EndpointService.NameState.PENDING_VERIFICATION),
            "name not verified", service -> service.nameState(EndpointService.NameState.FAILED),
            "another private DNS name", service -> service.privateDnsName("other.example"),
            "removed", EndpointServiceControl::remove,
            "KMS no principal", service -> service.permits("arn:aws:iam::444455556666:root"));

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KmsClient kms = running.kms(RunningSandbox.EUROPE);
    private final KmsClient others = running.kms(OTHER, RunningSandbox.EUROPE);
    private final EndpointService spare = spare(0);

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void connectsThroughAService() {
        String id = create(behind(spare));
        proxyAnswersFor(spare);

        connectAndWait(id);

        assertThat(running.state(id)).isEqualTo("CONNECTED");
        assertThat(configuration(id)).satisfies(shown -> {
            assertThat(shown.connectivityAsString()).isEqualTo("VPC_ENDPOINT_SERVICE");
            assertThat(shown.vpcEndpointServiceName()).isEqualTo(spare.name());
            assertThat(shown.vpcEndpointServiceOwner()).isEqualTo(RunningSandbox.ACCOUNT);
            assertThat(shown.uriEndpoint()).isEqualTo("https://" + spare.privateDnsName());
        });
    }

    @Test
    void speaksToTheProxyNotBeforeTheConnect() {
        running.control().proxy(spare.privateDnsName()).down(true);
        String id = create(behind(spare));

        connectAndWait(id);

        assertThat(running.store(id).connectionErrorCode()).hasToString("XKS_PROXY_NOT_REACHABLE");
    }

    @Test
    void findsNoServiceThatIsUnknownOrInAnotherRegion() {
        EndpointService american = running.world(RunningSandbox.ACCOUNT, RunningSandbox.AMERICA)
                .endpointServices()
                .getFirst();

        refuses(
                behind(spare).andThen(call -> call.xksProxyVpcEndpointServiceName(spare.name() + "0")),
                XksProxyVpcEndpointServiceNotFoundException.class);
        refuses(behind(american), XksProxyVpcEndpointServiceNotFoundException.class);
    }

    @Test
    void findsNoServiceWhosePrincipalItIsNot() {
        control(spare).permits("cks.kms.us-east-1.amazonaws.com", "arn:aws:iam::111122223333:root");
        refuses(behind(spare), XksProxyVpcEndpointServiceNotFoundException.class);

        control(spare).permits("*");

        create(behind(spare));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:root",
                "arn:aws:iam::111122223333:role/key-stores",
                "arn:aws:iam::111122223333:user/operator",
                "*"
            })
    void connectsThroughAServiceOfAnotherAccountThatPermitsIt(String principal) {
        EndpointService foreign = serviceOf(OTHER, KMS, principal);
        proxyAnswersFor(foreign);

        String id = create(behind(foreign));
        connectAndWait(id);

        assertThat(running.state(id)).isEqualTo("CONNECTED");
        assertThat(configuration(id).vpcEndpointServiceOwner()).isEqualTo(OTHER);
    }

    @Test
    void findsNoServiceOfAnotherAccountWithoutItsPermission() {
        refuses(behind(serviceOf(OTHER, KMS)), XksProxyVpcEndpointServiceNotFoundException.class);
        refuses(
                behind(serviceOf(OTHER, KMS, "arn:aws:iam::999988887777:root")),
                XksProxyVpcEndpointServiceNotFoundException.class);
        refuses(
                behind(serviceOf(OTHER, "arn:aws:iam::111122223333:root")),
                XksProxyVpcEndpointServiceNotFoundException.class);
        refuses(
                behind(serviceOf(OTHER, KMS, "arn:aws:iam::111122223333:root"))
                        .andThen(call -> call.xksProxyVpcEndpointServiceOwner(null)),
                XksProxyVpcEndpointServiceNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway load balancer",
                "one zone",
                "one zone twice",
                "acceptance required",
                "name not verified yet",
                "name not verified",
                "another private DNS name"
            })
    void refusesAServiceThatLacksSomething(String flaw) {
        String store = create(behind(spare(1)));
        FLAWS.get(flaw).accept(control(spare));

        refuses(behind(spare), XksProxyVpcEndpointServiceInvalidConfigurationException.class);
        refusesUpdate(store, movedTo(spare), XksProxyVpcEndpointServiceInvalidConfigurationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "gateway load balancer,    XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        "one zone,                 XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        "acceptance required,      XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        "name not verified yet,    XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        "another private DNS name, XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        "removed,                  XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
        "KMS no principal,         XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND"
    })
    void failsToConnectWhenTheServiceHasChanged(String flaw, String code) {
        String id = create(behind(spare));
        proxyAnswersFor(spare);
        FLAWS.get(flaw).accept(control(spare));

        connectAndWait(id);

        assertThat(running.store(id).connectionErrorCode()).hasToString(code);
    }

    @Test
    void staysConnectedWhateverHappensToTheService() {
        String id = create(behind(spare));
        proxyAnswersFor(spare);
        connectAndWait(id);

        control(spare).remove();

        assertThat(running.state(id)).isEqualTo("CONNECTED");
    }

    @Test
    void letsAChangeReachOnlyWhatComesAfterItInOtherAccountsToo() {
        EndpointService foreign = serviceOf(OTHER, KMS, "*");
        proxyAnswersFor(foreign);
        String id = create(behind(foreign));
        connectAndWait(id);

        control(foreign).remove();

        assertThat(running.state(id)).isEqualTo("CONNECTED");
    }

    @Test
    void letsAServiceBelongToOneStoreOfAllAccounts() {
        control(spare).permits("*");
        String id = create(behind(spare));

        refuses(
                behind(spare).andThen(call -> call.customKeyStoreName("other").xksProxyUriPath("/other/kms/xks/v1")),
                XksProxyVpcEndpointServiceInUseException.class);
        refuses(behind(spare).andThen(call -> call.customKeyStoreName("other")), XksProxyUriInUseException.class);
        refuses(others, behind(spare), XksProxyVpcEndpointServiceInUseException.class);
        String second = create(behind(spare(1)));
        refusesUpdate(
                second,
                movedTo(spare).andThen(call -> call.xksProxyUriPath("/other/kms/xks/v1")),
                XksProxyVpcEndpointServiceInUseException.class);
        kms.deleteCustomKeyStore(call -> call.customKeyStoreId(id));

        create(others, behind(spare));
    }

    @Test
    void belongsToOneOfManyThatWantItAtOnce() {
        control(spare).permits("*");

        List<String> ends = IntStream.range(0, 8)
                .mapToObj(number -> running.kms("44445555666" + number, RunningSandbox.EUROPE))
                .map(account -> CompletableFuture.supplyAsync(() -> create(account, behind(spare)))
                        .handle((id, refused) ->
                                id == null ? refused.getCause().getClass().getSimpleName() : "created"))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(ends)
                .containsOnlyOnce("created")
                .containsOnly("created", "XksProxyVpcEndpointServiceInUseException");
    }

    @Test
    void letsAPrivateDnsNameBelongToOneStoreOfAllAccounts() {
        create(behind(spare));
        EndpointService foreign = serviceOf(OTHER, KMS);
        control(foreign).privateDnsName(spare.privateDnsName());

        refuses(others, behind(foreign, spare.privateDnsName()), XksProxyUriEndpointInUseException.class);
    }

    @Test
    void letsNoPublicStoreHaveTheEndpointOfAVpcStore() {
        create(behind(spare));
        proxyAnswersFor(spare);
        String id = create(others, onInternet("spare-1.xks.sandbox.example"));

        refuses(others, onInternet(spare.privateDnsName()), XksProxyUriEndpointInUseException.class);
        refusesUpdate(
                others,
                id,
                call -> call.xksProxyUriEndpoint("https://" + spare.privateDnsName()),
                XksProxyUriEndpointInUseException.class);
        create(running.kms(OTHER, RunningSandbox.AMERICA), onInternet(spare.privateDnsName()));
    }

    @Test
    void letsNoVpcStoreHaveTheEndpointOfAPublicStore() {
        proxyAnswersFor(spare);
        String id = create(others, onInternet(spare.privateDnsName()));

        refuses(behind(spare), XksProxyUriEndpointInUseException.class);
        others.deleteCustomKeyStore(call -> call.customKeyStoreId(id));

        create(behind(spare));
    }

    @Test
    void keepsItsServiceWhenSomethingElseChanges() {
        String id = create(behind(spare));
        proxyAnswersFor(spare);

        update(id, call -> call.xksProxyUriPath("/other/kms/xks/v1"));

        assertThat(configuration(id).uriPath()).isEqualTo("/other/kms/xks/v1");
        assertThat(configuration(id).vpcEndpointServiceName()).isEqualTo(spare.name());
    }

    @Test
    void movesToAnotherServiceAndLeavesTheFirst() {
        String id = create(behind(spare));
        proxyAnswersFor(spare(1));

        update(id, movedTo(spare(1)));

        assertThat(configuration(id).vpcEndpointServiceName()).isEqualTo(spare(1).name());
        create(behind(spare).andThen(call -> call.customKeyStoreName("second")));
    }

    @Test
    void movesToAServiceOfAnotherAccount() {
        EndpointService foreign = serviceOf(OTHER, KMS, "arn:aws:iam::111122223333:root");
        String id = create(behind(spare));
        proxyAnswersFor(foreign);
        refusesUpdate(id, movedTo(foreign), XksProxyVpcEndpointServiceNotFoundException.class);

        update(id, movedTo(foreign).andThen(call -> call.xksProxyVpcEndpointServiceOwner(OTHER)));

        assertThat(configuration(id).vpcEndpointServiceOwner()).isEqualTo(OTHER);
    }

    @Test
    void refusesAnUpdateThatTheProxyDoesNotAnswerTo() {
        String id = create(behind(spare));
        running.control().proxy(spare(1).privateDnsName()).down(true);

        refusesUpdate(id, movedTo(spare(1)), XksProxyUriUnreachableException.class);
    }

    @Test
    void refusesAServiceWhoseNameTheEndpointIsNot() {
        String id = create(behind(spare));
        proxyAnswersFor(spare(1));

        refusesUpdate(
                id,
                call -> call.xksProxyVpcEndpointServiceName(spare(1).name()),
                XksProxyVpcEndpointServiceInvalidConfigurationException.class);
        refusesUpdate(
                id,
                call -> call.xksProxyUriEndpoint("https://" + spare(1).privateDnsName()),
                XksProxyVpcEndpointServiceInvalidConfigurationException.class);
    }

    @Test
    void goesFromAPublicEndpointToAServiceAndBack() {
        proxyAnswersFor(spare);
        String id = create(onInternet("spare-1.xks.sandbox.example"));
        Consumer<UpdateCustomKeyStoreRequest.Builder> toService =
                movedTo(spare).andThen(call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE"));
        Consumer<UpdateCustomKeyStoreRequest.Builder> toInternet = call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT")
                .xksProxyUriEndpoint("https://spare-1.xks.sandbox.example")
                .xksProxyVpcEndpointServiceName("");

        update(id, toService);
        assertThat(configuration(id).vpcEndpointServiceName()).isEqualTo(spare.name());
        update(id, toInternet);

        assertThat(configuration(id).connectivityAsString()).isEqualTo("PUBLIC_ENDPOINT");
        assertThat(configuration(id).vpcEndpointServiceName()).isNull();
        assertThat(configuration(id).vpcEndpointServiceOwner()).isNull();
        create(behind(spare).andThen(call -> call.customKeyStoreName("second")));
    }

    @Test
    void goesFromAPublicEndpointToAServiceOnTheSameHost() {
        proxyAnswersFor(spare);
        String id = create(onInternet(spare.privateDnsName()));

        update(id, movedTo(spare).andThen(call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")));
        update(
                id,
                call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT")
                        .xksProxyUriEndpoint("https://" + spare.privateDnsName()));

        assertThat(configuration(id).connectivityAsString()).isEqualTo("PUBLIC_ENDPOINT");
    }

    @Test
    void changesTheConnectivityOnlyWithWhatBelongsToIt() {
        proxyAnswersFor(spare);
        String endpoint = "https://" + spare.privateDnsName();
        String id = create(onInternet("spare-1.xks.sandbox.example"));

        invalid(id, call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE"));
        invalid(id, call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE").xksProxyUriEndpoint(endpoint));
        invalid(
                id,
                call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE").xksProxyVpcEndpointServiceName(spare.name()));
        invalid(id, call -> call.xksProxyVpcEndpointServiceName(spare.name()));
        invalid(id, call -> call.xksProxyVpcEndpointServiceOwner(OTHER));
        String behind = create(behind(spare));
        invalid(behind, call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT"));
        invalid(behind, call -> call.xksProxyVpcEndpointServiceName(""));
        invalid(
                behind,
                call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT")
                        .xksProxyUriEndpoint(endpoint)
                        .xksProxyVpcEndpointServiceName(spare.name()));
    }

    @Test
    void isCreatedOnlyWithTheServicesName() {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> create(behind(spare).andThen(call -> call.xksProxyVpcEndpointServiceName(null))))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
    }

    private EndpointService spare(int number) {
        return running.world(RunningSandbox.ACCOUNT, RunningSandbox.EUROPE)
                .endpointServices()
                .get(number);
    }

    private EndpointService serviceOf(String account, String... principals) {
        String name = "com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d4e5f60718";
        running.control().endpointService(account, RunningSandbox.EUROPE, name).permits(principals);
        return running.world(account, RunningSandbox.EUROPE).endpointServices().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private EndpointServiceControl control(EndpointService service) {
        return running.control().endpointService(service.owner(), RunningSandbox.EUROPE, service.name());
    }

    private void proxyAnswersFor(EndpointService service) {
        running.control().proxy(service.privateDnsName()).exists();
    }

    private static Consumer<CreateCustomKeyStoreRequest.Builder> behind(EndpointService service) {
        return behind(service, service.privateDnsName());
    }

    private static Consumer<CreateCustomKeyStoreRequest.Builder> behind(EndpointService service, String host) {
        return on(host, "behind " + service.id())
                .andThen(call -> call.xksProxyConnectivity("VPC_ENDPOINT_SERVICE")
                        .xksProxyVpcEndpointServiceName(service.name())
                        .xksProxyVpcEndpointServiceOwner(service.owner()));
    }

    private static Consumer<CreateCustomKeyStoreRequest.Builder> onInternet(String host) {
        return on(host, "public " + host).andThen(call -> call.xksProxyConnectivity("PUBLIC_ENDPOINT"));
    }

    private static Consumer<CreateCustomKeyStoreRequest.Builder> on(String host, String name) {
        return call -> call.customKeyStoreName(name)
                .customKeyStoreType("EXTERNAL_KEY_STORE")
                .xksProxyUriEndpoint("https://" + host)
                .xksProxyUriPath("/kms/xks/v1")
                .xksProxyAuthenticationCredential(half -> half.accessKeyId(ProxyCredential.DEFAULT.accessKeyId())
                        .rawSecretAccessKey(ProxyCredential.DEFAULT.secretAccessKey()));
    }

    private static Consumer<UpdateCustomKeyStoreRequest.Builder> movedTo(EndpointService service) {
        return call -> call.xksProxyUriEndpoint("https://" + service.privateDnsName())
                .xksProxyVpcEndpointServiceName(service.name());
    }

    private String create(Consumer<CreateCustomKeyStoreRequest.Builder> wanted) {
        return create(kms, wanted);
    }

    private static String create(KmsClient kms, Consumer<CreateCustomKeyStoreRequest.Builder> wanted) {
        return kms.createCustomKeyStore(wanted).customKeyStoreId();
    }

    private void update(String id, Consumer<UpdateCustomKeyStoreRequest.Builder> wanted) {
        kms.updateCustomKeyStore(call -> wanted.accept(call.customKeyStoreId(id)));
    }

    private void connectAndWait(String id) {
        kms.connectCustomKeyStore(call -> call.customKeyStoreId(id));
        running.clock.advance(RunningSandbox.XKS_CONNECT);
    }

    private XksProxyConfigurationType configuration(String id) {
        running.clock.advance(Duration.ofSeconds(1));
        return kms.describeCustomKeyStores(call -> call.customKeyStoreId(id))
                .customKeyStores()
                .getFirst()
                .xksProxyConfiguration();
    }

    private void refuses(Consumer<CreateCustomKeyStoreRequest.Builder> wanted, Class<? extends KmsException> with) {
        refuses(kms, wanted, with);
    }

    private void refuses(
            KmsClient kms, Consumer<CreateCustomKeyStoreRequest.Builder> wanted, Class<? extends KmsException> with) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> create(kms, wanted)).isInstanceOf(with);
    }

    private void refusesUpdate(
            String id, Consumer<UpdateCustomKeyStoreRequest.Builder> wanted, Class<? extends KmsException> with) {
        refusesUpdate(kms, id, wanted, with);
    }

    private void refusesUpdate(
            KmsClient kms,
            String id,
            Consumer<UpdateCustomKeyStoreRequest.Builder> wanted,
            Class<? extends KmsException> with) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> kms.updateCustomKeyStore(call -> wanted.accept(call.customKeyStoreId(id))))
                .isInstanceOf(with);
    }

    private void invalid(String id, Consumer<UpdateCustomKeyStoreRequest.Builder> wanted) {
        running.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> update(id, wanted))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
    }
}
