package dev.keystores;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML in which every value is text: an account that begins with 0 is no octal number, and a target may be called no. */
final class PlainYaml {

    private static final Pattern NOTHING = Pattern.compile("^(?:~|null)?$");
    private static final Pattern MERGE = Pattern.compile("^<<$");

    private PlainYaml() {}

    /**
     * @return maps, lists and texts; null of an empty text
     * @throws YAMLException telling the line
     */
    static @Nullable Object read(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(Integer.MAX_VALUE);
        var dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new Texts())
                .load(text);
    }

    private static final class Texts extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, NOTHING, "~n\0");
            addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
            addImplicitResolver(Tag.MERGE, MERGE, "<");
        }
    }
}
