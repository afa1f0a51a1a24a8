package dev.keystores.sandbox.wire;

/**
 * Somebody who has assumed a role.
 *
 * @param roleArn {@code arn:aws:iam::<account>:role/<path and name>}
 * @param name given by whoever assumed it
 */
public record RoleSession(String roleArn, String name) {

    public String arn() {
        return "arn:%s:sts::%s:assumed-role/%s/%s".formatted(partition(), account(), roleName(), name);
    }

    public String account() {
        return roleArn.split(":")[4];
    }

    public String partition() {
        return roleArn.split(":")[1];
    }

    /** Without its path. */
    public String roleName() {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }
}
