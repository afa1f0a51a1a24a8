package dev.keystores.api;

import dev.keystores.keystore.Remedy;
import java.util.List;

/** A remedy on the wire. */
record RemedyView(String cause, List<String> steps, String retry, List<String> needsUpdate) {

    static RemedyView from(Remedy remedy) {
        return new RemedyView(remedy.cause(), remedy.steps(), remedy.retry().name(), remedy.needsUpdate());
    }
}
