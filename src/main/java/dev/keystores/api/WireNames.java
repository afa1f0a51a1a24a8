package dev.keystores.api;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the OpenAPI document calls what is on the wire, and what that is here. */
final class WireNames extends TypeNameResolver {

    private static final String OURS = "dev.keystores.";

    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    /** Those that were named so far. */
    Map<String, Class<?>> records() {
        return records;
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        if (!type.getName().startsWith(OURS)) {
            return super.nameForClass(type, options);
        }
        var name = name(type);
        if (type.isRecord()) {
            records.put(name, type);
        }
        return name;
    }

    @Override
    protected String nameForGenericType(JavaType type, Set<Options> options) {
        var name = super.nameForGenericType(type, options);
        if (type.getRawClass().isRecord()) {
            records.put(name, type.getRawClass());
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
