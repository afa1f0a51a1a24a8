package dev.keystores.keystore;

import static dev.keystores.keystore.Property.CLOUD_HSM_CLUSTER_ID;
import static dev.keystores.keystore.Property.KEY_STORE_PASSWORD;
import static dev.keystores.keystore.Property.NAME;
import static dev.keystores.keystore.Property.TRUST_ANCHOR_CERTIFICATE;
import static dev.keystores.keystore.Property.XKS_PROXY_ACCESS_KEY_ID;
import static dev.keystores.keystore.Property.XKS_PROXY_CONNECTIVITY;
import static dev.keystores.keystore.Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY;
import static dev.keystores.keystore.Property.XKS_PROXY_URI_ENDPOINT;
import static dev.keystores.keystore.Property.XKS_PROXY_URI_PATH;
import static dev.keystores.keystore.Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME;
import static dev.keystores.keystore.Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which properties go together, and how each has to be: all that KMS would refuse without looking at anything else (KMS API
 * Reference, CreateCustomKeyStore and UpdateCustomKeyStore). Finds everything that is wrong, not just the first.
 */
public final class PropertyRules {

    private static final String PUBLIC = "PUBLIC_ENDPOINT";
    private static final String VPC = "VPC_ENDPOINT_SERVICE";
    private static final String GIVEN = "must be given";

    private final KeyStoreProperties given;
    private final Function<Secret, Optional<String>> secretRule;
    private final List<Violation> violations = new ArrayList<>();

    private PropertyRules(KeyStoreProperties given, Function<Secret, Optional<String>> secretRule) {
        this.given = given;
        this.secretRule = secretRule;
    }

    /**
     * For a new key store.
     *
     * @param type null where none is given, which only its own rule is about
     * @param secretRule the rule that a secret breaks by the way it is given
     */
    public static List<Violation> ofNew(
            @Nullable KeyStoreType type, KeyStoreProperties given, Function<Secret, Optional<String>> secretRule) {
        var rules = new PropertyRules(given, secretRule);
        rules.require(NAME);
        if (type != null) {
            switch (type) {
                case AWS_CLOUDHSM -> rules.require(CLOUD_HSM_CLUSTER_ID, TRUST_ANCHOR_CERTIFICATE, KEY_STORE_PASSWORD);
                case EXTERNAL_KEY_STORE -> rules.requireProxy();
            }
        }
        rules.checkEach(type);
        return rules.violations;
    }

    /** For a change of a key store. */
    public static List<Violation> ofChange(
            KeyStore keyStore, KeyStoreProperties given, Function<Secret, Optional<String>> secretRule) {
        var rules = new PropertyRules(given, secretRule);
        if (keyStore.configuration() instanceof Configuration.ExternalKeyStore now) {
            rules.requireBothHalves();
            rules.requireWhatConnectivityNeeds(String.valueOf(now.xksProxyConnectivity()));
        }
        if (given.has(TRUST_ANCHOR_CERTIFICATE)) {
            rules.broken(TRUST_ANCHOR_CERTIFICATE, "can't be changed: it is given when a key store is created");
        }
        rules.checkEach(keyStore.type());
        return rules.violations;
    }

    private void requireProxy() {
        require(
                XKS_PROXY_CONNECTIVITY,
                XKS_PROXY_URI_ENDPOINT,
                XKS_PROXY_URI_PATH,
                XKS_PROXY_ACCESS_KEY_ID,
                XKS_PROXY_RAW_SECRET_ACCESS_KEY);
        var connectivity = given.value(XKS_PROXY_CONNECTIVITY);
        if (VPC.equals(connectivity)) {
            require(XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME);
        } else if (PUBLIC.equals(connectivity)) {
            refuseService();
        }
    }

    private void requireBothHalves() {
        if (given.has(XKS_PROXY_ACCESS_KEY_ID) != given.has(XKS_PROXY_RAW_SECRET_ACCESS_KEY)) {
            require(XKS_PROXY_ACCESS_KEY_ID, XKS_PROXY_RAW_SECRET_ACCESS_KEY);
        }
    }

    private void requireWhatConnectivityNeeds(String now) {
        var wanted = given.value(XKS_PROXY_CONNECTIVITY);
        if (wanted != null && !wanted.equals(now)) {
            require(XKS_PROXY_URI_ENDPOINT);
            if (VPC.equals(wanted)) {
                require(XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME);
            }
        }
        if (PUBLIC.equals(wanted == null ? now : wanted)) {
            refuseService();
        }
    }

    private void refuseService() {
        List.of(XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER).stream()
                .filter(given::has)
                .forEach(property ->
                        broken(property, "belongs to " + XKS_PROXY_CONNECTIVITY.field() + " " + VPC + " alone"));
    }

    private void require(Property... properties) {
        List.of(properties).stream()
                .filter(property -> !given.has(property))
                .forEach(property -> broken(property, GIVEN));
    }

    private void checkEach(@Nullable KeyStoreType type) {
        for (var property : given.given()) {
            if (type != null && !property.belongsTo(type)) {
                broken(property, "belongs to no key store of type " + type);
            } else {
                broken(property).ifPresent(rule -> broken(property, rule));
            }
        }
    }

    private Optional<String> broken(Property property) {
        var secret = given.secret(property);
        if (secret == null) {
            return property.brokenBy(String.valueOf(given.value(property)));
        }
        var byItself =
                secret instanceof Secret.Given plain ? property.brokenBy(plain.value()) : Optional.<String>empty();
        return byItself.or(() -> secretRule.apply(secret));
    }

    /** One rule for each is enough to go on with. */
    private void broken(Property property, String rule) {
        if (violations.stream().noneMatch(known -> known.field().equals(property.field()))) {
            violations.add(new Violation(property.field(), rule));
        }
    }
}
