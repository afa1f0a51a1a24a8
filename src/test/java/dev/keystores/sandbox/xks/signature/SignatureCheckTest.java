package dev.keystores.sandbox.xks.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.keystores.sandbox.wire.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against signatures that AWS has published, in its Signature Version 4 test suite. */
class SignatureCheckTest {

    private static final Instant THEN = Instant.parse("2015-08-30T12:36:00Z");

    private final SignatureCheck check = new SignatureCheck("service", Clock.fixed(THEN, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "GET, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    })
    void acceptsWhatAwsHasSigned(String method, String signature) {
        assertThatCode(() -> require(method, signature, null)).doesNotThrowAnyException();
    }

    @Test
    void refusesTheSignatureOfAnotherRequest() {
        String ofGet = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

        assertThatThrownBy(() -> require("POST", ofGet, null)).isInstanceOf(NotAuthentic.class);
        assertThatThrownBy(() -> require("GET", ofGet, "a=b")).isInstanceOf(NotAuthentic.class);
    }

    private void require(String method, String signature, String query) {
        Headers headers = new Headers();
        headers.add("Host", "example.amazonaws.com");
        headers.add("X-Amz-Date", "20150830T123600Z");
        headers.add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, Signature=" + signature);
        check.require(
                new Request(method, "/", query, headers, new byte[0]),
                query,
                id -> Optional.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
    }
}
