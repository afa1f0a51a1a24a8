package dev.keystores.dashboard;

import dev.keystores.inventory.SeenKeyStore;
import dev.keystores.keystore.ConnectionState;
import dev.keystores.keystore.KeyStoreProperties;
import dev.keystores.keystore.KeyStoreType;
import dev.keystores.keystore.Property;
import dev.keystores.keystore.PropertyRules;
import dev.keystores.keystore.Violation;
import dev.keystores.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of whoever changes a key store, and what is wrong with the answers. */
@Component
class ChangeForm {

    static final String RECONNECT = "reconnect";

    private final Secrets secrets;

    ChangeForm(Secrets secrets) {
        this.secrets = secrets;
    }

    List<Field> fields(SeenKeyStore store) {
        var now = KeyStoreProperties.shownBy(store.keyStore());
        var reconnects = reconnects(store);
        var asked = asked(store).stream().map(property -> field(property, now.value(property), reconnects));
        var reconnect = reconnects ? Stream.of(reconnect()) : Stream.<Field>empty();
        return Stream.of(asked, reconnect, Stream.of(Field.reason()))
                .flatMap(fields -> fields)
                .toList();
    }

    KeyStoreProperties properties(SeenKeyStore store, Filled filled) {
        return filled.properties(asked(store));
    }

    /**
     * All that is wrong, at once.
     *
     * @param repair whether the store is disconnected for it in any case
     */
    List<Violation> violations(SeenKeyStore store, Filled filled, boolean repair) {
        var given = properties(store, filled);
        var violations = new ArrayList<>(filled.violations(asked(store)));
        violations.addAll(PropertyRules.ofChange(store.keyStore(), given, secrets::rule));
        if (violations.isEmpty() && given.isEmpty()) {
            violations.add(
                    new Violation(Form.WHOLE, "Nothing is filled in: give at least one value that is to change."));
        }
        if (!repair
                && store.state() == ConnectionState.CONNECTED
                && given.needDisconnect()
                && !filled.ticked(RECONNECT)) {
            violations.add(new Violation(
                    RECONNECT,
                    "must be ticked, or the key store be disconnected first: while it is"
                            + " CONNECTED, KMS doesn't take " + labels(given)));
        }
        return violations;
    }

    /** Whether it may have to be disconnected for an update, and need not be in any case. */
    private static boolean reconnects(SeenKeyStore store) {
        return switch (store.state()) {
            case CONNECTED, CONNECTING, DISCONNECTING -> true;
            case DISCONNECTED, FAILED -> false;
        };
    }

    private static Field field(Property property, @Nullable String now, boolean marked) {
        var field = Field.ofChange(property, now, marked);
        return switch (property) {
            case CLOUD_HSM_CLUSTER_ID -> field.withHint(field.hint() + "; made from a backup of the present one");
            case KEY_STORE_PASSWORD -> field.withHint(field.hint() + "; the one that kmsuser has now");
            case XKS_PROXY_CONNECTIVITY -> field.withHint("another one takes all that belongs to it");
            case XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME, XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER ->
                field.withHint(field.hint() + "; of VPC_ENDPOINT_SERVICE alone");
            default -> field;
        };
    }

    private static Field reconnect() {
        return Field.tick(
                RECONNECT,
                "Disconnect it for that, and connect it again",
                "all KMS keys in this store are unusable meanwhile, for everybody; it is done only where a value needs it");
    }

    private static String labels(KeyStoreProperties given) {
        return given.given().stream()
                .filter(Property::needsDisconnect)
                .map(Labels::of)
                .collect(Collectors.joining(", "));
    }

    private static List<Property> asked(SeenKeyStore store) {
        return store.keyStore().type() == KeyStoreType.AWS_CLOUDHSM
                ? List.of(Property.NAME, Property.CLOUD_HSM_CLUSTER_ID, Property.KEY_STORE_PASSWORD)
                : List.of(
                        Property.NAME,
                        Property.XKS_PROXY_URI_PATH,
                        Property.XKS_PROXY_ACCESS_KEY_ID,
                        Property.XKS_PROXY_RAW_SECRET_ACCESS_KEY,
                        Property.XKS_PROXY_CONNECTIVITY,
                        Property.XKS_PROXY_URI_ENDPOINT,
                        Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME,
                        Property.XKS_PROXY_VPC_ENDPOINT_SERVICE_OWNER);
    }
}
