package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.QueryService;
import dev.keystores.sandbox.wire.QueryShape;
import dev.keystores.sandbox.wire.ServiceError;
import dev.keystores.sandbox.wire.Xml;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The four looks of EC2 that tell beforehand whether a custom key store can connect. */
public final class Ec2Service implements QueryService {

    private final Map<String, Operation> operations;

    public Ec2Service(Networks networks) {
        this.operations = Map.of(
                "DescribeSubnets", new DescribeSubnets(networks),
                "DescribeSecurityGroups", new DescribeSecurityGroups(networks),
                "DescribeVpcEndpointServiceConfigurations", new DescribeEndpointServices(networks),
                "DescribeVpcEndpointServicePermissions", new DescribePrincipals(networks));
    }

    @Override
    public String signingName() {
        return "ec2";
    }

    @Override
    public String version() {
        return "2016-11-15";
    }

    @Override
    public String namespace() {
        return "http://ec2.amazonaws.com/doc/2016-11-15/";
    }

    @Override
    public QueryShape shape() {
        return QueryShape.EC2;
    }

    @Override
    public boolean offers(String action) {
        return operations.containsKey(action);
    }

    @Override
    public Consumer<Xml> answer(Call call) {
        if (call.parameters().flag("DryRun")) {
            throw new ServiceError("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
        }
        Operation operation = Objects.requireNonNull(operations.get(call.action()));
        return operation.answer(call.caller().scope(), call.parameters());
    }
}
