package dev.keystores.target;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One account in one Region, with the role to assume there: the unit of quota and of polling.
 *
 * @param name how people and URLs call it
 * @param region an AWS Region, {@code eu-central-1}
 * @param roleArn the role to assume; without it the credentials of the default chain are used as they are
 * @param externalId the external id that role asks for
 * @param endpoint another address of KMS; a loopback one makes the target no real one
 * @param account the 12 digits of the account; told by the role or asked of STS when absent. Without a role at a loopback
 *     endpoint it is the access key, by which the sandbox knows the account
 */
public record Target(
        @NotNull(message = "must be set")
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}", message = "must be 1 to 63 of a-z, 0-9 and -")
        String name,

        @NotNull(message = "must be set")
        @Pattern(
                regexp = "[a-z]{2,5}(-[a-z]{1,12}){1,3}-\\d{1,2}",
                message = "must be an AWS Region such as eu-central-1")
        String region,

        @Nullable
        @Pattern(
                regexp = "arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}",
                message = "must be the ARN of an IAM role")
        String roleArn,

        @Nullable
        @Pattern(regexp = "[\\w+=,.@:/-]{2,1224}", message = "must be 2 to 1224 of letters, digits and +=,.@:/-")
        String externalId,

        @Nullable URI endpoint,

        @Nullable @Pattern(regexp = "\\d{12}", message = "must be 12 digits")
        String account) {

    private static final String ACCOUNT_OF_A_SANDBOX = "111122223333";

    /** Its place in an ARN. */
    private static final int ACCOUNT = 4;

    @AssertTrue(message = "endpoint must be http:// or https:// and a host, with or without a port, and nothing else")
    boolean isEndpointAnAddress() {
        return endpoint == null
                || (List.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
                        && endpoint.getHost() != null
                        && endpoint.getUserInfo() == null
                        && endpoint.getQuery() == null
                        && endpoint.getFragment() == null
                        && List.of("", "/").contains(endpoint.getPath()));
    }

    @AssertTrue(message = "account must be that of role-arn")
    boolean isAccountThatOfTheRole() {
        return account == null
                || accountOfTheRole().isEmpty()
                || accountOfTheRole().get().equals(account);
    }

    /** False at a loopback endpoint, where no AWS account can be touched. */
    public boolean real() {
        return endpoint == null || !Loopback.isLoopback(endpoint.getHost());
    }

    /** The sandbox takes 12 digits for the caller's account; where a role is assumed, its account follows from that. */
    public String accessKeyOfSandbox() {
        return account == null || roleArn != null ? ACCOUNT_OF_A_SANDBOX : account;
    }

    /** The account as far as the settings tell it. */
    public Optional<String> knownAccount() {
        if (account != null) {
            return Optional.of(account);
        }
        var ofTheRole = accountOfTheRole();
        return ofTheRole.isPresent() || real() ? ofTheRole : Optional.of(ACCOUNT_OF_A_SANDBOX);
    }

    /** The account whose role is assumed, if one is. */
    public Optional<String> accountOfTheRole() {
        return Optional.ofNullable(roleArn)
                .map(arn -> arn.split(":"))
                .filter(parts -> parts.length > ACCOUNT)
                .map(parts -> parts[ACCOUNT]);
    }
}
