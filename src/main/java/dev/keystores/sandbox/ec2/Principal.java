package dev.keystores.sandbox.ec2;

/** Who may make an endpoint to a VPC endpoint service: the name of an AWS service, an ARN, or {@code *}. */
record Principal(String name) {

    /** {@code PrincipalType} of the EC2 model. */
    enum Type {
        All,
        Service,
        Account,
        Role,
        User
    }

    Type type() {
        if (name.equals("*")) {
            return Type.All;
        }
        if (!name.startsWith("arn:")) {
            return Type.Service;
        }
        String resource = name.substring(name.lastIndexOf(':') + 1);
        return switch (resource.replaceFirst("/.*", "")) {
            case "role" -> Type.Role;
            case "user" -> Type.User;
            default -> Type.Account;
        };
    }

    /** The same each time it is looked at. */
    String permissionId(String serviceId) {
        return "vpce-svc-perm-%08x%08x0".formatted(serviceId.hashCode(), name.hashCode());
    }
}
