package dev.keystores.keystore;

import static dev.keystores.keystore.Remedy.CONNECT;
import static dev.keystores.keystore.Remedy.DISCONNECT;
import static dev.keystores.keystore.Remedy.REPAIR;
import static dev.keystores.keystore.Remedy.afterFix;
import static dev.keystores.keystore.Remedy.later;
import static dev.keystores.keystore.Remedy.neverWithoutNew;

/**
 * What cures the failures between KMS and an external key store proxy (KMS Developer Guide, xks-troubleshooting; AWS KMS
 * External Key Store Proxy API Specification 1.0.3).
 */
final class ProxyRemedies {

    private static final String CHECK_PORT =
            "Check that port 443 answers, from outside or, with VPC connectivity, within its VPC by its load balancer's name: "
                    + "nc -vz ${PROXY_HOST:?} 443";
    private static final String CHECK_TARGETS =
            "Behind a load balancer, check that a target in each Availability Zone is healthy: "
                    + "aws elbv2 describe-target-health --target-group-arn ${TARGET_GROUP:?}";
    private static final String READ_CREDENTIAL =
            "Read into the shell, without leaving them in its history, first the access key id and then the secret that"
                    + " the proxy holds for KMS: read -r XKS_ACCESS_KEY_ID && read -rs XKS_SECRET";
    private static final String SEND = "Send the proxy what KMS sends it: ";

    static final String WAIT_FOR_UPDATE = "Give KMS up to five minutes to use the new value everywhere.";

    /** Goes on behind the words that say what to update. */
    static final String UPDATE_ENDPOINT =
            ". AWS CLI 1 would fetch the endpoint as a page, so take version 2, or first run aws configure set"
                    + " cli_follow_urlparam false: aws kms update-custom-key-store --custom-key-store-id ${ID:?}"
                    + " --xks-proxy-uri-endpoint https://${NEW_PROXY_HOST:?}";

    static final Remedy NETWORK_ERRORS = later(
            "KMS didn't get through to the proxy over the network. That usually passes.",
            "Wait a few minutes and, the first time, go straight to the repair.",
            CHECK_PORT,
            CHECK_TARGETS,
            REPAIR);

    static final Remedy INVALID_CREDENTIALS = neverWithoutNew(
            "xksProxyAuthenticationCredential",
            "The proxy refuses the signature of KMS. KMS holds another access key id or secret than the proxy does, or"
                    + " something between them alters what was signed.",
            "Look up on the proxy, or create there, the credential that is meant for KMS.",
            READ_CREDENTIAL,
            SEND + getHealthStatus("${URI_PATH:?}"),
            "If that is refused as well, set the proxy's clock right and let no reverse proxy alter the Host or X-Amz-Date"
                    + " header.",
            DISCONNECT,
            "Tell KMS both halves of the credential: aws kms update-custom-key-store --custom-key-store-id ${ID:?}"
                    + " --xks-proxy-authentication-credential"
                    + " \"AccessKeyId=${XKS_ACCESS_KEY_ID:?},RawSecretAccessKey=${XKS_SECRET:?}\"",
            WAIT_FOR_UPDATE,
            CONNECT);

    static final Remedy XKS_PROXY_ACCESS_DENIED = afterFix(
            "A rule of the proxy forbids what KMS asked. Nothing is wrong in KMS.",
            "Find the refused request and the rule that refused it in the proxy's log.",
            "Let KMS call GetHealthStatus without a further rule, as the proxy specification demands.",
            READ_CREDENTIAL,
            SEND + getHealthStatus("${URI_PATH:?}"),
            REPAIR);

    static final Remedy XKS_PROXY_INVALID_CONFIGURATION = neverWithoutNew(
            "xksProxyUriPath",
            "The proxy knows nothing at the path that KMS was given, most often because the path is wrong.",
            "Look up the path in the proxy's settings or documentation, with everything before its end /kms/xks/v1.",
            READ_CREDENTIAL,
            SEND + getHealthStatus("${NEW_URI_PATH:?}"),
            DISCONNECT,
            "Tell KMS the right path: "
                    + "aws kms update-custom-key-store --custom-key-store-id ${ID:?} --xks-proxy-uri-path ${NEW_URI_PATH:?}",
            WAIT_FOR_UPDATE,
            CONNECT);

    static final Remedy XKS_PROXY_INVALID_RESPONSE = later(
            "KMS couldn't read the proxy's answer. The network may have spoilt it once; if it stays, the proxy is at fault.",
            "The first times, go straight to the repair, a few minutes apart.",
            READ_CREDENTIAL,
            SEND + getHealthStatus("${URI_PATH:?}"),
            "Test the proxy with https://github.com/aws-samples/aws-kms-xksproxy-test-client: ./test-xks-proxy",
            "Fix the proxy, or send the result to its vendor.",
            REPAIR);

    static final Remedy XKS_PROXY_INVALID_TLS_CONFIGURATION = afterFix(
            "KMS doesn't accept the proxy's TLS. Its certificate has expired, bears another name or comes from an authority"
                    + " KMS doesn't trust, its chain is incomplete, or it offers neither TLS 1.2 nor 1.3.",
            "See the certificate's name, issuer and dates, within a VPC by its load balancer's name: "
                    + "openssl s_client -connect ${PROXY_HOST:?}:443 -servername ${PROXY_HOST:?} </dev/null"
                    + " | openssl x509 -noout -subject -issuer -dates",
            "See whether the chain is complete, and the TLS version: "
                    + "openssl s_client -connect ${PROXY_HOST:?}:443 -servername ${PROXY_HOST:?} -showcerts </dev/null",
            "See in https://github.com/aws/aws-kms-xksproxy-api-spec that TrustedCertificateAuthorities has its root.",
            "Correct what is wrong where TLS ends, at the proxy or its load balancer. The certificate's CN has to be"
                    + " the host of the key store's endpoint or a wildcard of its parent.",
            "If the certificate is right and the endpoint in KMS is wrong, change that with the next steps; else go straight"
                    + " to the repair.",
            DISCONNECT,
            "Tell KMS the right endpoint" + UPDATE_ENDPOINT,
            WAIT_FOR_UPDATE,
            REPAIR);

    static final Remedy XKS_PROXY_NOT_REACHABLE = later(
            "KMS reaches no working proxy. Nothing answers at the endpoint, a firewall is in the way, or the proxy reports"
                    + " all of its key managers as UNAVAILABLE.",
            "The first times, go straight to the repair, a few minutes apart.",
            CHECK_PORT,
            CHECK_TARGETS,
            READ_CREDENTIAL,
            "See that not every key manager's healthStatus is UNAVAILABLE: " + getHealthStatus("${URI_PATH:?}"),
            "Check that the round trip from the Region to the key manager takes at most 35 ms.",
            "If the endpoint, path or service name in KMS is wrong, change it with the next steps; else go straight to the"
                    + " repair.",
            DISCONNECT,
            "Tell KMS the right endpoint, or take --xks-proxy-uri-path or --xks-proxy-vpc-endpoint-service-name where that was"
                    + " wrong" + UPDATE_ENDPOINT,
            WAIT_FOR_UPDATE,
            REPAIR);

    static final Remedy XKS_PROXY_TIMED_OUT = later(
            "The proxy didn't answer within the 250 ms that KMS waits, or its key manager kept it waiting.",
            "Wait a few minutes and, the first times, go straight to the repair.",
            READ_CREDENTIAL,
            "Measure the answer from within the Region, where it has to come in less than 0.25 s: "
                    + getHealthStatus("${URI_PATH:?}") + " -w '%{time_total}'",
            "If it is slow, give proxy and key manager more capacity, or bring them within 35 ms of the Region.",
            "Let the proxy answer GetHealthStatus from a result up to one minute old.",
            REPAIR);

    private ProxyRemedies() {}

    private static String getHealthStatus(String path) {
        return "curl --aws-sigv4 aws:amz:${REGION:?}:kms-xks-proxy --user \"${XKS_ACCESS_KEY_ID:?}:${XKS_SECRET:?}\""
                + " -H 'Content-Type:application/json'"
                + " -d '{\"requestMetadata\":{\"kmsRequestId\":\"check\",\"kmsOperation\":\"KmsHealthCheck\"}}'"
                + " https://${PROXY_HOST:?}" + path + "/health";
    }
}
