package dev.keystores.sandbox;

import dev.keystores.sandbox.cloudhsm.CloudHsmService;
import dev.keystores.sandbox.data.DataFile;
import dev.keystores.sandbox.data.OtherFormat;
import dev.keystores.sandbox.ec2.Ec2Service;
import dev.keystores.sandbox.external.ProxyClient;
import dev.keystores.sandbox.kms.Kms;
import dev.keystores.sandbox.kms.model.Pace;
import dev.keystores.sandbox.secretsmanager.Secrets;
import dev.keystores.sandbox.secretsmanager.SecretsManagerService;
import dev.keystores.sandbox.sts.Sts;
import dev.keystores.sandbox.wire.AwsJson;
import dev.keystores.sandbox.wire.AwsQuery;
import dev.keystores.sandbox.wire.Handler;
import dev.keystores.sandbox.wire.HostCheck;
import dev.keystores.sandbox.wire.Listener;
import dev.keystores.sandbox.wire.Service;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running sandbox: the AWS wire and the control door on one port. */
public final class Sandbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

    private final Parts parts;
    private final ControlRoom control;
    private final URI endpoint;
    private final int xksPort;

    private Sandbox(Parts parts, ControlRoom control, URI endpoint, int xksPort) {
        this.xksPort = xksPort;
        this.parts = parts;
        this.control = control;
        this.endpoint = endpoint;
    }

    /** Throws {@link SandboxCannotStart} when the port is taken or another process has the data. */
    public static Sandbox start(SandboxOptions options) {
        Parts parts = new Parts();
        try {
            return start(options, parts);
        } catch (RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    private static Sandbox start(SandboxOptions options, Parts parts) {
        DataFile file = parts.with(openData(options));
        Outside outside = Outside.open(options, file, parts);
        ProxyClient client = outside.client(options, parts.with(ClosedPort.open()));
        Pace pace = new Pace(options.speed());
        Kms kms = parts.with(Kms.open(file, client, options.clock(), pace, options.choices()));
        Sts sts = Sts.open(file, options.clock());
        Secrets secrets = Secrets.open(file, options.clock());
        ControlRoom control = new ControlRoom(kms.causes(), sts.roles(), secrets, outside);
        Service cloudHsm = new CloudHsmService(kms.clusters(), pace.hsm(), options.clock());
        Service secretsManager = new SecretsManagerService(secrets, options.clock());
        Handler json = new AwsJson(List.of(kms.service(), cloudHsm, secretsManager), sts.sessions());
        Handler query = new AwsQuery(List.of(sts.service(), new Ec2Service(kms.networks())), sts.sessions());
        Listener listener = parts.with(listen(options, aws(json, query), new ControlDoor(control)));
        URI endpoint = endpoint(options.address(), listener.port());
        if (!options.address().isLoopbackAddress()) {
            log.warn("Whoever reaches {} can use the sandbox and turn its control room", options.address());
        }
        log.info(
                "The sandbox answers at {}, its external key store proxies at port {}, {} times faster than AWS",
                endpoint,
                outside.server().port(),
                options.speed());
        return new Sandbox(parts, control, endpoint, outside.server().port());
    }

    /** Where AWS clients send their calls, such as http://127.0.0.1:4599. */
    public URI endpoint() {
        return endpoint;
    }

    /** Where its external key store proxies answer over TLS. */
    public int xksPort() {
        return xksPort;
    }

    public ControlRoom control() {
        return control;
    }

    @Override
    public void close() {
        parts.close();
    }

    private static DataFile openData(SandboxOptions options) {
        try {
            return DataFile.open(options.dataDir());
        } catch (IOException unwritable) {
            throw dataUnusable(options, "it can't be written", unwritable);
        } catch (OtherFormat other) {
            throw dataUnusable(options, "another version of the sandbox has made it", other);
        } catch (MVStoreException failed) {
            boolean locked = failed.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
            throw dataUnusable(options, locked ? "it is in use by another process" : "it can't be read", failed);
        }
    }

    private static SandboxCannotStart dataUnusable(SandboxOptions options, String why, Exception cause) {
        String message =
                "The sandbox can't use its data in %s, because %s (%s): set keystores.data-dir to another directory";
        return new SandboxCannotStart(message.formatted(options.dataDir(), why, cause.getMessage()), cause);
    }

    private static Handler aws(Handler json, Handler query) {
        return request -> AwsQuery.isFor(request) ? query.handle(request) : json.handle(request);
    }

    private static Listener listen(SandboxOptions options, Handler aws, Handler door) {
        Handler both = request -> ControlDoor.isFor(request) ? door.handle(request) : aws.handle(request);
        InetSocketAddress address = new InetSocketAddress(options.address(), options.port());
        try {
            return Listener.open(address, new HostCheck(options.address(), both));
        } catch (IOException refused) {
            throw SandboxCannotStart.portTaken(address, "keystores.sandbox.port", refused);
        }
    }

    private static URI endpoint(InetAddress bound, int port) {
        InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        String host = address.getHostAddress();
        return URI.create("http://" + (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port);
    }
}
