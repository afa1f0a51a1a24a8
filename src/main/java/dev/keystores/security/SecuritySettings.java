package dev.keystores.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service, and how long it is remembered what they did.
 *
 * @param users with none, anybody may; that is allowed only on loopback and with sandbox targets alone
 * @param auditRetention how long it is kept who asked for what
 */
public record SecuritySettings(
        @DefaultValue List<@Valid User> users,

        @DefaultValue("365d")
        @NotNull
        @DurationMin(days = 1, message = "must be at least 1d")
        @DurationMax(days = 3650, message = "must be at most 3650d")
        Duration auditRetention) {

    /**
     * @param password a bcrypt hash, as {@code htpasswd -nbBC 12} makes it; one of a cost above 15 takes seconds to check
     */
    public record User(
            @NotNull(message = "must be set")
            @Pattern(regexp = "[\\w.@-]{1,100}", message = "must be 1 to 100 of letters, digits and _.@-")
            String name,

            @NotNull(message = "must be set")
            @Pattern(
                    regexp = "\\$2[aby]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}",
                    message = "must be a bcrypt hash, as htpasswd -nbBC 12 makes it, of cost 04 to 15")
            String password,

            @NotNull(message = "must be viewer or operator") Role role) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "User[%s, %s]".formatted(name, role);
        }
    }

    /** A viewer sees everything and changes nothing. */
    public enum Role {
        VIEWER,
        OPERATOR
    }
}
