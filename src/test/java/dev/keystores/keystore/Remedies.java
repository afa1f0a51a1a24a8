package dev.keystores.keystore;

import java.util.Arrays;
import java.util.stream.Stream;

/** Every remedy there is: of each code for each type, of a code that nobody knows, and of none. */
final class Remedies {

    private Remedies() {}

    static Stream<Remedy> all() {
        var known = Arrays.stream(ConnectionErrorCode.values())
                .flatMap(code -> Arrays.stream(KeyStoreType.values()).map(code::remedy));
        return Stream.concat(
                        known, Stream.of(Remedy.of("NEW_IN_2031", KeyStoreType.AWS_CLOUDHSM), Remedy.withoutCode()))
                .distinct();
    }

    static Stream<String> texts(Remedy remedy) {
        return Stream.concat(Stream.of(remedy.cause()), remedy.steps().stream());
    }
}
