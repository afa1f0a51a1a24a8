package dev.keystores.sandbox.external;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Sends a request, and a second time if the first timed out; each time on a connection and with a signature of its own. */
record Attempts(Lines lines) {

    /** KMS Developer Guide: KMS tries again once when the network times out, and never for another reason. */
    Exchange.Response response(Access access, String path, byte[] body) throws CallFailed {
        try {
            return once(access, path, body);
        } catch (CallFailed failed) {
            if (failed.trouble() != Trouble.TIMED_OUT) {
                throw failed;
            }
            return once(access, path, body);
        }
    }

    private Exchange.Response once(Access access, String path, byte[] body) throws CallFailed {
        Exchange exchange = new Exchange(signed(access, path, body));
        String host = access.address().host();
        try (Line line = lines.open(host)) {
            return exchange.on(line, lines.secured(line, host), lines.patience().answer());
        }
    }

    private ClassicHttpRequest signed(Access access, String path, byte[] body) {
        Signature signature = new Signature(access, lines.clock().instant());
        ClassicHttpRequest request = new BasicClassicHttpRequest("POST", (HttpHost) null, path);
        // Without a port, wherever the name leads: to KMS it is always 443.
        request.setHeader(HttpHeaders.HOST, access.address().host());
        request.setHeader("X-Amz-Date", signature.date());
        request.setHeader(HttpHeaders.AUTHORIZATION, signature.authorization(path, body));
        request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        request.setHeader(HttpHeaders.CONTENT_LENGTH, body.length);
        request.setHeader(HttpHeaders.CONNECTION, "close");
        request.setEntity(new ByteArrayEntity(body, null));
        return request;
    }
}
