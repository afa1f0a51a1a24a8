package dev.keystores.api;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** The call is accepted, and a job stays with it: for the OpenAPI document. */
@ApiResponse(
        responseCode = "202",
        description = "Accepted: the job reaches an end, whatever happens to this service meanwhile.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = JobView.class)),
        headers = {
            @Header(name = "Location", description = "where the job is", schema = @Schema(type = "string")),
            @Header(
                    name = "Retry-After",
                    description = "in how many seconds there may be something new",
                    schema = @Schema(type = "integer"))
        })
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface AnswersWithJob {}
