package dev.keystores.kms;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Puts a request on the wire only while the lease of its call lasts: checked before a connection is looked for, and once
 * more as the body is written to it, without which KMS has no request. So what is left of the time between check and wire is
 * a write to a socket that is open already.
 */
final class LeasedHttp implements SdkHttpClient {

    /** Of the call that this thread makes; where there is none, as for what needs no turn, nothing is checked. */
    static final ScopedValue<Lease> LEASE = ScopedValue.newInstance();

    private final SdkHttpClient http;

    LeasedHttp(SdkHttpClient http) {
        this.http = http;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return LEASE.isBound() ? leased(request, LEASE.get()) : http.prepareRequest(request);
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }

    private ExecutableHttpRequest leased(HttpExecuteRequest request, Lease lease) {
        var checked = HttpExecuteRequest.builder()
                .request(request.httpRequest())
                .metricCollector(request.metricCollector().orElse(null));
        request.contentStreamProvider().ifPresent(body -> checked.contentStreamProvider(checked(body, lease)));
        return new Leased(http.prepareRequest(checked.build()), lease);
    }

    private static ContentStreamProvider checked(ContentStreamProvider body, Lease lease) {
        return () -> new Checked(body.newStream(), lease);
    }

    private record Leased(ExecutableHttpRequest request, Lease lease) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            lease.check();
            return request.call();
        }

        @Override
        public void abort() {
            request.abort();
        }
    }

    private static final class Checked extends FilterInputStream {

        private final Lease lease;

        Checked(InputStream body, Lease lease) {
            super(body);
            this.lease = lease;
        }

        @Override
        public int read() throws IOException {
            lease.check();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            lease.check();
            return super.read(bytes, from, length);
        }
    }
}
