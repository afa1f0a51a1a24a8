package dev.keystores.api;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the OpenAPI document calls what is on the wire, and what that is here. */
final class WireNames extends TypeNameResolver {

    private static final String OURS = "dev.keystores.";

    /** Of the process: the library asks the resolver that was made last, whichever of its documents it writes. */
    private static final Map<String, Class<?>> RECORDS = new ConcurrentHashMap<>();

    /** Those that were named so far. */
    Map<String, Class<?>> records() {
        return RECORDS;
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        if (!type.getName().startsWith(OURS)) {
            return super.nameForClass(type, options);
        }
        var name = name(type);
        if (type.isRecord()) {
            RECORDS.put(name, type);
        }
        return name;
    }

    @Override
    protected String nameForGenericType(JavaType type, Set<Options> options) {
        var name = super.nameForGenericType(type, options);
        if (type.getRawClass().isRecord()) {
            RECORDS.put(name, type.getRawClass());
        }
        return name;
    }

    /** {@code JobView.StepView} is a JobStep. */
    private static String name(Class<?> type) {
        var own = type.getSimpleName().replaceFirst("View$", "");
        var around = type.getDeclaringClass();
        return around == null || around.getSimpleName().endsWith("Controller")
                ? own
                : name(around) + own.replaceFirst("Request$", "");
    }
}
