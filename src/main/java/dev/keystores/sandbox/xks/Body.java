package dev.keystores.sandbox.xks;

import dev.keystores.sandbox.wire.Limit;
import dev.keystores.sandbox.wire.Members;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a request says. Members nobody knows are no mistake, and what stands in the metadata is KMS's business; it must only
 * be there. Throws {@link dev.keystores.sandbox.wire.ServiceError} for whatever is missing or has the wrong type.
 */
record Body(Members members) {

    static Body parse(byte[] bytes) {
        return new Body(Members.parse(bytes));
    }

    void requireMetadata(String... names) {
        Members metadata = members.structure("requestMetadata").orElseThrow(() -> members.missing("requestMetadata"));
        List.of(names).forEach(name -> metadata.required(text(name)));
    }

    void require(String name, String value) {
        refuseOther(name, value, members.required(text(name)));
    }

    /** Whether it is there; and there, it has to have that value. */
    boolean asksFor(String name, String value) {
        Optional<String> given = members.text(text(name));
        given.ifPresent(other -> refuseOther(name, value, other));
        return given.isPresent();
    }

    byte[] bytes(String name, int longest) {
        return decoded(name, members.required(text(name)), longest);
    }

    /** No bytes where the member isn't there. */
    byte[] bytesIfAny(String name, int longest) {
        return members.text(text(name))
                .map(value -> decoded(name, value, longest))
                .orElse(new byte[0]);
    }

    private static void refuseOther(String name, String value, String given) {
        if (!given.equals(value)) {
            throw new RequestRefused(ErrorName.VALIDATION, name + " must be " + value);
        }
    }

    private static byte[] decoded(String name, String base64, int longest) {
        byte[] bytes = decoded(name, base64);
        if (bytes.length > longest) {
            throw new RequestRefused(
                    ErrorName.UNSUPPORTED_OPERATION, "%s may have up to %d bytes here".formatted(name, longest));
        }
        return bytes;
    }

    private static byte[] decoded(String name, String base64) {
        try {
            // Java would take it without padding.
            if (base64.length() % 4 == 0) {
                return Base64.getDecoder().decode(base64);
            }
        } catch (IllegalArgumentException malformed) {
            // Its message quotes what may be plaintext.
        }
        throw new RequestRefused(ErrorName.VALIDATION, name + " must be in Base64");
    }

    private static Limit text(String name) {
        return Limit.length(name, 0, Integer.MAX_VALUE);
    }
}
