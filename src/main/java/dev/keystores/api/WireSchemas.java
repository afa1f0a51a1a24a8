package dev.keystores.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.JavadocProvider;
import org.springframework.stereotype.Component;

/**
 * Says in the OpenAPI document what our records say by {@link Nullable}: what we tell is all there, if only as null; of
 * what we are told, everything may be left out and nothing else may come.
 */
@Component
@SuppressWarnings({"rawtypes", "unchecked"}) // as the library's own maps are
class WireSchemas implements OpenApiCustomizer {

    private final WireNames names;
    private final JavadocProvider comments;

    WireSchemas(WireNames names, JavadocProvider comments) {
        this.names = names;
        this.comments = comments;
    }

    @Override
    public void customise(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        names.records().forEach((name, type) -> {
            if (schemas.get(name) != null) {
                describe(schemas.get(name), type);
            }
        });
        schemas.computeIfPresent(SecretRequest.class.getSimpleName(), (name, reference) -> textOr(reference));
    }

    /** A secret is a text, or an object that says where it lies. */
    private static Schema<?> textOr(Schema<?> reference) {
        var properties = new LinkedHashMap<>(reference.getProperties());
        properties.remove(SecretRequest.VALUE);
        reference.setProperties(properties);
        reference.setMinProperties(1);
        reference.setMaxProperties(1);
        var either = new Schema<>();
        either.setDescription(reference.getDescription());
        reference.setDescription(null);
        return either.addOneOfItem(new StringSchema().format("password")).addOneOfItem(reference);
    }

    private void describe(Schema schema, Class<?> type) {
        flatten(schema);
        comment(schema, type);
        if (type.getSimpleName().endsWith("Request")) {
            schema.setAdditionalProperties(false);
            return;
        }
        var properties = ((Schema<?>) schema).getProperties();
        for (var component : type.getRecordComponents()) {
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                properties.computeIfPresent(component.getName(), (name, property) -> orNull(property));
            }
        }
        schema.setRequired(List.copyOf(properties.keySet()));
    }

    private void comment(Schema<?> schema, Class<?> type) {
        schema.setDescription(Markdown.of(comments.getClassJavadoc(type)));
        var parts = comments.getRecordClassParamJavadoc(type);
        schema.getProperties().forEach((name, property) -> {
            if (parts.get(name) != null) {
                property.setDescription(Markdown.of(parts.get(name)));
            }
        });
    }

    /** One of a sealed family: that it belongs to it says nothing about what it looks like. */
    private static void flatten(Schema schema) {
        if (schema.getAllOf() != null) {
            schema.setProperties(((Schema<?>) schema).getAllOf().getLast().getProperties());
            schema.setAllOf(null);
            schema.addType("object");
        }
    }

    private static Schema orNull(Schema property) {
        if (property.get$ref() == null && property.getEnum() == null) {
            property.addType("null");
            return property;
        }
        var nothing = new Schema<>();
        nothing.addType("null");
        var either = new Schema<>();
        either.setDescription(property.getDescription());
        property.setDescription(null);
        return either.addAnyOfItem(property).addAnyOfItem(nothing);
    }
}
