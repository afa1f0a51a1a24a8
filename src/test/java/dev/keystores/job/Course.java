package dev.keystores.job;

import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.Secret;
import dev.keystores.sandbox.ec2.EndpointService;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.util.List;

/**
 * What a key store of one kind is given in the course of its life, and what goes wrong outside of KMS.
 *
 * @param first what it is created with
 * @param inUse new values that KMS takes while it is CONNECTED
 * @param move what comes about before the next
 * @param outOfUse new values that KMS takes only while it is DISCONNECTED
 * @param trouble after it, no connect succeeds
 * @param cure the values with which one does
 */
record Course(
        KeyStoreProperties first,
        KeyStoreProperties inUse,
        Runnable move,
        KeyStoreProperties outOfUse,
        Runnable trouble,
        KeyStoreProperties cure) {

    private static final String NEW_PASSWORD = "changedByAnAdmin2";
    private static final ProxyCredential NEW =
            new ProxyCredential("NEWACCESSKEYNEWACCESS", "NEW/SECRET/NEW/SECRET/NEW/SECRET/NEW/SECRET/NEW=");

    /** Every text that nobody may see. */
    static List<String> secrets() {
        return List.of(Place.PASSWORD, Place.SECRET_KEY, NEW_PASSWORD, NEW.secretAccessKey());
    }

    static Course onACluster(Place place) {
        var first = place.onCluster('A');
        var cluster = place.cluster('A').id();
        var restored = cluster.replace("spareA", "backup");
        return new Course(
                first,
                KeyStoreProperties.NONE.with(Property.NAME, "renamed"),
                () -> place.control().cluster(cluster).restoreAs(restored),
                KeyStoreProperties.NONE.with(Property.CLOUD_HSM_CLUSTER_ID, restored),
                () -> place.control().cluster(restored).kmsuserPassword(NEW_PASSWORD),
                KeyStoreProperties.NONE.with(Property.KEY_STORE_PASSWORD, new Secret.Given(NEW_PASSWORD)));
    }

    static Course onTheInternet(Place place) {
        var first = proxy(place, Place.newHost());
        var second = Place.newHost();
        var third = proxy(place, Place.newHost());
        return new Course(
                place.behindProxy(first),
                newCredential(),
                () -> proxy(place, second),
                endpoint(second),
                () -> place.control().proxy(second).remove(),
                endpoint(third));
    }

    static Course behindAService(Place place) {
        var services = place.services();
        var first = services.get(0);
        var second = services.get(1);
        proxy(place, first.privateDnsName());
        return new Course(
                place.behindProxy(first.privateDnsName())
                        .with(Property.XKS_PROXY_CONNECTIVITY, "VPC_ENDPOINT_SERVICE")
                        .with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, first.name()),
                newCredential(),
                () -> proxy(place, second.privateDnsName()),
                service(second),
                () -> place.control()
                        .endpointService(second.owner(), place.target().region(), second.name())
                        .remove(),
                service(first));
    }

    /** It knows the old credential and the new one. */
    private static String proxy(Place place, String host) {
        place.control().proxy(host).credentials(new ProxyCredential(Place.ACCESS_KEY, Place.SECRET_KEY), NEW);
        return host;
    }

    private static KeyStoreProperties newCredential() {
        return KeyStoreProperties.NONE
                .with(Property.NAME, "renamed")
                .with(Property.XKS_PROXY_ACCESS_KEY_ID, NEW.accessKeyId())
                .with(Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY, new Secret.Given(NEW.secretAccessKey()));
    }

    private static KeyStoreProperties endpoint(String host) {
        return KeyStoreProperties.NONE.with(Property.XKS_PROXY_URI_ENDPOINT, "https://" + host);
    }

    private static KeyStoreProperties service(EndpointService service) {
        return endpoint(service.privateDnsName()).with(Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, service.name());
    }
}
