package dev.keystores.sandbox.xks.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealedTest {

    @Test
    void hasTheIntegrityValueOfTheSpecificationsExample() {
        Sealed example = new Sealed(
                bytes("a2V5X3ZlcnNpb249MQ=="),
                bytes("HMrlRw85cAJUd5Ax"),
                bytes("ghxkK1txeDNn3q8Y"),
                bytes("vBxN2ncH1oEkR8WVXpmyYQ=="));

        assertThat(example.integrityValue(bytes("cHJvamVjdD1uaWxlLGRlcGFydG1lbnQ9bWFya2V0aW5n")))
                .isEqualTo(bytes("qHA/ImC9h5HsLRXqCyPmWgYx7tzyoTplzILbP0fPXsc="));
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
