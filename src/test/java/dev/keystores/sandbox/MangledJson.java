package dev.keystores.sandbox;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that are malformed as JSON, or whose members are. */
record MangledJson(Chance chance, Set<String> secretMembers) {

    private static final String PLACE = "@place@";

    /** What no string of JSON can be, or only in a way of its own. */
    private static final List<String> RAW = List.of(
            "null",
            "true",
            "0",
            "-1",
            "-0",
            "1.5",
            "1e2",
            "1E400",
            "-1e-400",
            "2147483647",
            "2147483648",
            "9223372036854775808",
            "NaN",
            "Infinity",
            "01",
            "0x1",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[{}]",
            "{\"a\":{\"a\":1}}",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\\uZZZZ\"",
            "\"\\x\"",
            "\"\n\"",
            "'a'",
            "undefined",
            "");

    /** Well-formed JSON mostly, with one member that isn't what it should be. */
    byte[] wrongMember(ObjectNode valid) {
        ObjectNode body = valid.deepCopy();
        List<ObjectNode> objects = objects(body);
        ObjectNode object = chance.of(objects);
        List<String> names = List.copyOf(object.propertyNames());
        if (names.isEmpty()) {
            return utf8("{\"" + chance.of("CustomKeyStoreId", "a", "") + "\":1}");
        }
        String name = chance.of(names);
        switch (chance.below(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.put(name, hostile(name));
            case 2 -> {
                JsonNode value = object.remove(name);
                object.set(
                        chance.of(name.toLowerCase(), name.toUpperCase(), name + " ", name + "\0", "\u200b" + name),
                        value);
            }
            default -> {
                object.put(name, PLACE);
                return utf8(body.toString().replace("\"" + PLACE + "\"", raw()));
            }
        }
        return utf8(body.toString());
    }

    /** Not JSON, or JSON that nobody expects. */
    byte[] mangled(ObjectNode valid) {
        String text = valid.toString();
        return chance.call(
                () -> utf8(text.substring(0, chance.below(text.length()))),
                () -> utf8(text + chance.of("}", "x", text, "\0", ",", "//", " ".repeat(3000))),
                () -> utf8("\ufeff" + text),
                () -> text.getBytes(chance.of(
                        StandardCharsets.UTF_16,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        Charset.forName("UTF-32"))),
                () -> utf8(text.replace('"', '\'')),
                () -> utf8(chance.of("/**/", "#\n", "//\n") + text),
                () -> utf8(text.replaceFirst(":", chance.of("", "::", "=", ":,", ": :"))),
                () -> utf8(text.replaceFirst("\\}$", ",}")),
                () -> utf8(twice(text)),
                () -> utf8(deep(text)),
                () -> utf8(chance.of(
                        "", " ", "null", "true", "\"a\"", "1", "[]", "[" + text + "]", "NaN", "{", "[", "{}")),
                () -> structural(text),
                () -> notUtf8(text),
                () -> utf8(text.replaceFirst("\\{", "{\"" + "a".repeat(1 + chance.length()) + "\":" + number() + ",")),
                () -> large(text),
                () -> chance.bytes(chance.below(300)));
    }

    String hostile(String member) {
        return (secretMembers.contains(member) ? Chance.HUSH : "") + chance.hostile();
    }

    private String raw() {
        return switch (chance.below(12)) {
            case 0 -> number();
            case 1 -> "[".repeat(1 + chance.below(1200));
            case 2 -> "[".repeat(900) + "]".repeat(900);
            case 3 -> "[" + "1,".repeat(chance.length()) + "1]";
            default -> chance.of(RAW);
        };
    }

    private String number() {
        return chance.of(
                "1",
                "9".repeat(9 + chance.below(1200)),
                "0." + "1".repeat(1 + chance.below(900)),
                "1e" + chance.below(Integer.MAX_VALUE));
    }

    private String twice(String text) {
        return text.equals("{}") ? "{\"a\":1,\"a\":2}" : text.substring(0, text.length() - 1) + "," + text.substring(1);
    }

    private String deep(String text) {
        int depth = chance.of(10, 500, 999, 1001, 30_000);
        String open = chance.of("[", "{\"a\":");
        String close = open.equals("[") ? "]" : "}";
        return "{\"a\":" + open.repeat(depth) + text + (chance.percent(50) ? close.repeat(depth) + "}" : "");
    }

    /** Only characters that no host's name has are put in: nobody outside must be asked for a name. */
    private byte[] structural(String text) {
        byte[] bytes = utf8(text);
        for (int i = 0; i < 1 + chance.below(4); i++) {
            bytes[chance.below(bytes.length)] = (byte) "{}[]\":,\\\0\u001f \n\t/'".charAt(chance.below(15));
        }
        return bytes;
    }

    private byte[] notUtf8(String text) {
        byte[] bytes = utf8(text);
        bytes[chance.below(bytes.length)] =
                (byte) chance.of(0xff, 0xfe, 0xc0, 0xed, 0x80, 0xf8).intValue();
        return bytes;
    }

    private byte[] large(String text) {
        if (!chance.percent(3)) {
            return utf8(text.replaceFirst("\\{", "{" + " \n\t".repeat(chance.length())));
        }
        byte[] bytes = new byte[(1 << 20) + chance.of(-2, -1, 0, 1, 2, 70_000)];
        Arrays.fill(bytes, (byte) ' ');
        byte[] start = utf8(text);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }

    private static List<ObjectNode> objects(ObjectNode body) {
        List<ObjectNode> objects = new ArrayList<>(List.of(body));
        for (JsonNode value : body) {
            if (value instanceof ObjectNode object) {
                objects.addAll(objects(object));
            }
        }
        return objects;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
