package dev.keystores.keystore;

import static dev.keystores.keystore.ProxyRemedies.UPDATE_ENDPOINT;
import static dev.keystores.keystore.ProxyRemedies.WAIT_FOR_UPDATE;
import static dev.keystores.keystore.Remedy.DISCONNECT;
import static dev.keystores.keystore.Remedy.REPAIR;
import static dev.keystores.keystore.Remedy.afterFix;

/** What cures the failures of the VPC endpoint service before a proxy (KMS Developer Guide, vpc-connectivity). */
final class VpcEndpointServiceRemedies {

    private static final String SHOW_SERVICE =
            "aws ec2 describe-vpc-endpoint-service-configurations --filters Name=service-name,Values=${SERVICE_NAME:?}";

    static final Remedy XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION = afterFix(
            "The VPC endpoint service of the proxy breaks a rule of KMS, in its load balancer, its acceptance of endpoints,"
                    + " or its private DNS name.",
            "See how it is set up, in the account that owns it: " + SHOW_SERVICE,
            "If it stands on a gateway load balancer, build it anew on a network load balancer with IPv4.",
            "If AvailabilityZones has fewer than two, add a subnet to the load balancer: "
                    + "aws elbv2 set-subnets --load-balancer-arn ${LOAD_BALANCER:?} --subnets ${SUBNET:?} ${OTHER_SUBNET:?}",
            "If AcceptanceRequired is true, switch it off: "
                    + "aws ec2 modify-vpc-endpoint-service-configuration --service-id ${SERVICE_ID:?}"
                    + " --no-acceptance-required",
            "If PrivateDnsName is not the host of the key store's endpoint, set it: aws ec2"
                    + " modify-vpc-endpoint-service-configuration --service-id ${SERVICE_ID:?}"
                    + " --private-dns-name ${PROXY_HOST:?}",
            "If the name's State is not verified, publish the TXT record of PrivateDnsNameConfiguration and start: "
                    + "aws ec2 start-vpc-endpoint-service-private-dns-verification --service-id ${SERVICE_ID:?}",
            "If the endpoint in KMS is wrong, change that with the next steps; else go straight to the repair.",
            DISCONNECT,
            "Tell KMS the endpoint with the private DNS name" + UPDATE_ENDPOINT,
            WAIT_FOR_UPDATE,
            REPAIR);

    static final Remedy XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND = afterFix(
            "KMS can't see the VPC endpoint service it was given. The service doesn't admit KMS, has another name or owner, was"
                    + " deleted, or lies in another Region.",
            "Look for the service in the key store's Region, in the account that owns it: " + SHOW_SERVICE,
            "See whom it admits: aws ec2 describe-vpc-endpoint-service-permissions --service-id ${SERVICE_ID:?}",
            "If KMS is missing there, admit it: aws ec2 modify-vpc-endpoint-service-permissions --service-id ${SERVICE_ID:?}"
                    + " --add-allowed-principals cks.kms.${REGION:?}.amazonaws.com",
            "If the service is another account's, admit the key store's account too: "
                    + "aws ec2 modify-vpc-endpoint-service-permissions --service-id ${SERVICE_ID:?}"
                    + " --add-allowed-principals ${ACCOUNT_ARN:?}",
            "If KMS has a wrong name or owner, change it with the next steps; else go straight to the repair.",
            DISCONNECT,
            "Tell KMS the right service and the account that owns it, be it the key store's own: "
                    + "aws kms update-custom-key-store --custom-key-store-id ${ID:?}"
                    + " --xks-proxy-vpc-endpoint-service-name ${NEW_SERVICE_NAME:?}"
                    + " --xks-proxy-vpc-endpoint-service-owner ${OWNER:?}",
            WAIT_FOR_UPDATE,
            REPAIR);

    private VpcEndpointServiceRemedies() {}
}
