package dev.keystores.api;

import dev.keystores.keystore.Remedy;
import java.util.List;

/**
 * What cures a failure.
 *
 * @param retry whether to try again as it is: NEVER, AFTER_FIX or LATER
 * @param needsUpdate the parameters of {@code UpdateCustomKeyStore} that need another value
 */
record RemedyView(String cause, List<String> steps, Remedy.Retry retry, List<String> needsUpdate) {

    static RemedyView from(Remedy remedy) {
        return new RemedyView(remedy.cause(), remedy.steps(), remedy.retry(), remedy.needsUpdate());
    }
}
