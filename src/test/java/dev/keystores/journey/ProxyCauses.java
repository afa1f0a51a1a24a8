package dev.keystores.journey;

import static dev.keystores.journey.Cause.Backing.PROXY;
import static dev.keystores.keystore.ConnectionErrorCode.INTERNAL_ERROR;
import static dev.keystores.keystore.ConnectionErrorCode.INVALID_CREDENTIALS;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_ACCESS_DENIED;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_INVALID_CONFIGURATION;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_INVALID_RESPONSE;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_INVALID_TLS_CONFIGURATION;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_NOT_REACHABLE;
import static dev.keystores.keystore.ConnectionErrorCode.XKS_PROXY_TIMED_OUT;

import dev.keystores.keystore.ConnectionErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What goes wrong between KMS and an external key store proxy on the Internet. */
final class ProxyCauses {

    private static final String NEW_KEY_ID = "NEWACCESSKEYOFPROXY2";
    private static final String NEW_SECRET = "no/secret/of/anybody/no/secret/of/anybody/2=";

    private ProxyCauses() {}

    static List<Cause> all() {
        return Stream.of(reach(), tls(), answers(), access())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Cause> reach() {
        return List.of(
                cause(XKS_PROXY_NOT_REACHABLE, "the proxy is down", is("down", true), is("down", false)),
                cause(
                        XKS_PROXY_NOT_REACHABLE,
                        "no key manager is available",
                        is("keyManagers", List.of("UNAVAILABLE", "UNAVAILABLE")),
                        is("keyManagers", List.of("DEGRADED", "UNAVAILABLE"))),
                answering(XKS_PROXY_NOT_REACHABLE, "the proxy is throttling", "THROTTLING"),
                cause(
                        XKS_PROXY_NOT_REACHABLE,
                        "the proxy has moved to another host",
                        operator -> operator.proxy().delete(),
                        operator -> operator.proxy().makeNew(),
                        (call, operator) -> call.xksProxyUriEndpoint(
                                "https://" + operator.proxy().newHost())),
                cause(
                        XKS_PROXY_TIMED_OUT,
                        "the proxy answers too late",
                        is("answerMillis", 300),
                        is("answerMillis", 0)),
                answering(XKS_PROXY_TIMED_OUT, "the key manager answers too late", "DEPENDENCY_TIMEOUT"),
                new Cause(
                        INTERNAL_ERROR,
                        PROXY,
                        "KMS itself is impaired",
                        operator -> operator.impairKms(true),
                        operator -> operator.impairKms(false)));
    }

    private static List<Cause> tls() {
        return List.of(
                presenting("the certificate has expired", "EXPIRED"),
                presenting("the certificate has another name", "MISNAMED"),
                presenting("the certificate is by an unknown authority", "UNTRUSTED"),
                presenting("the certificate comes without its chain", "INCOMPLETE"),
                cause(
                        XKS_PROXY_INVALID_TLS_CONFIGURATION,
                        "the certificate was not renewed in time",
                        is("certificateExpires", "2024-01-31T00:00:00Z"),
                        is("certificateExpires", "2099-01-31T00:00:00Z")));
    }

    private static List<Cause> answers() {
        return List.of(
                answering(XKS_PROXY_INVALID_RESPONSE, "the answer lacks its members", "MALFORMED"),
                answering(XKS_PROXY_INVALID_RESPONSE, "the answer is a web page", "NOT_JSON"),
                answering(XKS_PROXY_INVALID_RESPONSE, "a load balancer answers alone", "BAD_GATEWAY"),
                answering(XKS_PROXY_INVALID_RESPONSE, "the proxy has an internal error", "INTERNAL"),
                answering(XKS_PROXY_INVALID_RESPONSE, "the proxy takes the request for malformed", "VALIDATION"));
    }

    private static List<Cause> access() {
        return List.of(
                cause(
                        INVALID_CREDENTIALS,
                        "the proxy has a new credential",
                        is("credentials", List.of(Map.of("accessKeyId", NEW_KEY_ID, "secretAccessKey", NEW_SECRET))),
                        operator -> {},
                        (call, operator) -> call.xksProxyAuthenticationCredential(
                                half -> half.accessKeyId(NEW_KEY_ID).rawSecretAccessKey(NEW_SECRET))),
                answering(XKS_PROXY_ACCESS_DENIED, "a rule of the proxy refuses KMS", "ACCESS_DENIED"),
                cause(
                        XKS_PROXY_INVALID_CONFIGURATION,
                        "the proxy has another path",
                        is("pathPrefix", "/moved"),
                        operator -> {},
                        (call, operator) -> call.xksProxyUriPath("/moved/kms/xks/v1")));
    }

    private static Cause presenting(String words, String certificate) {
        return cause(
                XKS_PROXY_INVALID_TLS_CONFIGURATION, words, is("certificate", certificate), is("certificate", "VALID"));
    }

    private static Cause answering(ConnectionErrorCode code, String words, String behaviour) {
        return cause(code, words, is("behaviour", behaviour), is("behaviour", "NORMAL"));
    }

    private static Cause cause(ConnectionErrorCode code, String words, Cause.Deed happens, Cause.Deed righted) {
        return new Cause(code, PROXY, words, happens, righted);
    }

    private static Cause cause(
            ConnectionErrorCode code, String words, Cause.Deed happens, Cause.Deed righted, Cause.Update told) {
        return new Cause(code, PROXY, words, happens, righted, told);
    }

    private static Cause.Deed is(String property, Object value) {
        return operator -> operator.proxy().change(property, value);
    }
}
