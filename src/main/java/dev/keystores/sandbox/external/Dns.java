package dev.keystores.sandbox.external;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The name service of the machine. It can't be interrupted and may take half a minute, so the caller leaves it behind. */
final class Dns {

    private Dns() {}

    static InetAddress find(String host, Duration patience) throws UnknownHostException {
        FutureTask<InetAddress> lookup = new FutureTask<>(() -> InetAddress.getByName(host));
        // A platform thread: the native call would hold a virtual one's carrier for as long as it takes.
        Thread.ofPlatform().daemon().name("sandbox-dns").start(lookup);
        try {
            return lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw unknown(host);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw unknown(host);
        }
    }

    private static UnknownHostException unknown(String host) {
        return new UnknownHostException(host);
    }
}
