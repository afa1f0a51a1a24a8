package dev.keystores.api;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The frame of the OpenAPI document; what it says of each call and record are their documentation comments. */
@Configuration(proxyBeanMethods = false)
class OpenApi {

    static final String PROBLEM = "Problem";

    private static final String BASIC = "basic";

    @Bean
    WireNames wireNames() {
        return new WireNames();
    }

    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mappers, WireNames names) {
        return new ModelResolver(mappers.jsonMapper(), names).openapi31(true);
    }

    @Bean
    OpenAPI frame() {
        var logIn = new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BASIC);
        return new OpenAPI()
                .info(new Info()
                        .title("Key Store Connector")
                        .version("1")
                        .description("Connects AWS KMS custom key stores, stays with each connect until it has truly"
                                + " ended, and keeps watching. Times are in UTC, to the millisecond."))
                .tags(List.of(
                        tag("Targets", "The accounts and Regions that are looked after."),
                        tag("Key stores", "What was last seen of the key stores."),
                        tag("Changes", "Asking for a change of a key store."),
                        tag("Jobs", "Every change that was accepted, and how far it is."),
                        tag("Events", "What changes, as it changes.")))
                .addServersItem(new Server().url("/"))
                .components(new Components().addSecuritySchemes(BASIC, logIn).addSchemas(PROBLEM, problem()))
                // Where the settings name no users, nobody has to log in.
                .security(List.of(new SecurityRequirement(), new SecurityRequirement().addList(BASIC)));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    private static Schema<?> problem() {
        var code = new StringSchema();
        code.setEnum(Arrays.stream(Problem.values()).map(Enum::name).toList());
        Schema<?> problem = new ObjectSchema();
        problem.addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("names what is wrong, and the rule"))
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("code", code.description("for programs: doesn't change"));
        problem.setDescription("Why there is no other answer (RFC 9457). Some have more properties, such as the link"
                + " of the job that is in the way.");
        problem.setRequired(List.of("type", "title", "status", "detail", "instance", "code"));
        return problem;
    }
}
