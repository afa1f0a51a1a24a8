package dev.keystores.sandbox.sts;

import dev.keystores.sandbox.data.Shelf;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The roles that ask for something. Every other one can be assumed by anybody, whatever its account. */
public final class Roles {

    private static final int LONGEST = 2048;
    private static final String ARN = "arn:aws(-[a-z]+)*:iam::\\d{12}:role/(?:[!-~]{1,511}/)?[\\w+=,.@-]{1,64}";

    private final Shelf<Demands> shelf;
    private final Map<String, Demands> byArn;

    Roles(Shelf<Demands> shelf) {
        this.shelf = shelf;
        this.byArn = new ConcurrentHashMap<>(shelf.all());
    }

    /** The length comes first: the pattern goes one call deeper with each hyphen of the partition. */
    static boolean isArn(String text) {
        return text.length() <= LONGEST && text.matches(ARN);
    }

    Demands of(String arn) {
        return byArn.getOrDefault(arn, Demands.NONE);
    }

    public synchronized void reset() {
        shelf.clear();
        byArn.clear();
    }

    /** Throws {@link IllegalArgumentException} when that can't be the ARN of a role. */
    public synchronized void change(String arn, UnaryOperator<Demands> change) {
        if (!isArn(arn)) {
            throw new IllegalArgumentException("arn: must be the ARN of a role, arn:aws:iam::<account>:role/<name>");
        }
        Demands changed = change.apply(of(arn));
        shelf.put(arn, changed);
        byArn.put(arn, changed);
    }
}
