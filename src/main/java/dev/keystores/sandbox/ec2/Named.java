package dev.keystores.sandbox.ec2;

import dev.keystores.sandbox.wire.ServiceError;
import java.util.List;
import java.util.function.Function;

/** Whatever a call names one by one: each must be there. */
record Named<T>(Function<T, String> name, String errorCode, String errorText) {

    /** All where nothing is named. */
    List<T> among(List<T> all, List<String> named) {
        named.forEach(one -> {
            if (all.stream().map(name).noneMatch(one::equals)) {
                throw ServiceError.client(errorCode, errorText.formatted(one));
            }
        });
        return named.isEmpty()
                ? all
                : all.stream().filter(one -> named.contains(name.apply(one))).toList();
    }
}
