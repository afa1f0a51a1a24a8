package dev.keystores.sandbox.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text member of a request with the limits its model sets; {@code member} in the model's spelling. */
public record Limit(
        String member, int shortest, int longest, @Nullable Pattern pattern) {

    public static Limit length(String member, int shortest, int longest) {
        return new Limit(member, shortest, longest, null);
    }

    public static Limit shape(String member, int shortest, int longest, String pattern) {
        return new Limit(member, shortest, longest, Pattern.compile(pattern));
    }

    /** The value is never repeated in the message: it may be a secret. */
    String checked(String path, String value) {
        if (value.codePointCount(0, value.length()) < shortest) {
            throw ServiceError.validation(path, "Member must have length greater than or equal to " + shortest);
        }
        if (value.codePointCount(0, value.length()) > longest) {
            throw ServiceError.validation(path, "Member must have length less than or equal to " + longest);
        }
        if (pattern != null && !pattern.matcher(value).matches()) {
            throw ServiceError.validation(path, "Member must satisfy regular expression pattern: " + pattern);
        }
        return value;
    }
}
