package dev.keystores.sandbox.ec2;

/** Who may make an endpoint to a VPC endpoint service: the name of an AWS service, an ARN, or {@code *}. */
record Principal(String name) {

    /** {@code PrincipalType} of the EC2 model. */
    String type() {
        if (name.equals("*")) {
            return "All";
        }
        if (!name.startsWith("arn:")) {
            return "Service";
        }
        String resource = name.substring(name.lastIndexOf(':') + 1);
        return switch (resource.replaceFirst("/.*", "")) {
            case "role" -> "Role";
            case "user" -> "User";
            default -> "Account";
        };
    }

    /** The same each time it is looked at. */
    String permissionId(String serviceId) {
        return "vpce-svc-perm-%08x%08x0".formatted(serviceId.hashCode(), name.hashCode());
    }
}
