package dev.keystores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.target.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a targets file may say. */
class TargetsFileTest {

    @TempDir
    private Path folder;

    private Path path;
    private TargetsFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("targets.yaml");
        file = new TargetsFile(path);
    }

    @Test
    void hasThePropertiesThatTheSettingsHave() throws IOException {
        write("""
                targets:
                  - name: prod-eu
                    region: eu-central-1
                    role-arn: arn:aws:iam::111122223333:role/key-stores
                    external-id: 0123-4567
                  - {name: local, region: us-east-1, account: 000000000007, endpoint: "http://127.0.0.1:4599"}
                  - {name: "no", region: eu-west-1, roleArn: null}
                """);

        assertThat(file.read().problems()).isEmpty();
        assertThat(file.read().targets())
                .containsExactly(
                        new Target(
                                "prod-eu",
                                "eu-central-1",
                                "arn:aws:iam::111122223333:role/key-stores",
                                "0123-4567",
                                null,
                                null),
                        new Target(
                                "local", "us-east-1", null, null, URI.create("http://127.0.0.1:4599"), "000000000007"),
                        new Target("no", "eu-west-1", null, null, null, null));
    }

    @Test
    void takesEveryValueForTheTextItIs() throws IOException {
        write("targets: [{name: no, region: eu-west-1, account: 012345670123}]");

        assertThat(file.read().targets())
                .containsExactly(new Target("no", "eu-west-1", null, null, null, "012345670123"));
    }

    @Test
    void namesEverythingThatIsWrongWithItsPlace() throws IOException {
        write("""
                targets:
                  - {name: Prod EU, region: mars-1, regoin: eu-central-1}
                  - {name: fine, region: eu-central-1}
                  - {region: eu-central-1, endpoint: "http://a b"}
                  - {name: far, region: eu-central-1, endpoint: "ftp://kms.example"}
                poll: {hot: 2s}
                """);

        assertThat(file.read().problems())
                .containsExactlyInAnyOrder(
                        path + ": targets[0].name: must be 1 to 63 of a-z, 0-9 and -",
                        path + ": targets[0].region: must be an AWS Region such as eu-central-1",
                        path + ": targets[0].regoin: there is no such setting",
                        path + ": targets[2].name: must be set",
                        path + ": targets[2].endpoint: \"http://a b\" is not a URI",
                        path + ": targets[3]: endpoint must be http:// or https:// and a host, with or without a port,"
                                + " and nothing else",
                        path + ": poll: there is no such setting in this file");
    }

    @Test
    void keepsAnExternalIdToItself() throws IOException {
        write("targets: [{name: prod, region: eu-central-1, external-id: 'not this one'}]");

        assertThat(file.read().problems()).singleElement().asString().doesNotContain("not this one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                   | must have a list called targets
            # nothing but a comment              | must have a list called targets
            - {name: a, region: eu-central-1}    | must have a list called targets
            targets:                             | targets: must be a list
            targets: {name: a}                   | targets: must be a list
            target: [{name: a}]                  | target: there is no such setting in this file
            targets: [a, {name: a}]              | targets[0]: must have a name and a region
            targets: [{name: a, name: b}]        | found duplicate key name
            targets: [{name: a, region: eu-c     | line 1, column
            'targets: [{name: *a}]'              | line 1, column
            """)
    void saysWhatIsWrongWithAFileThatIsNone(String text, String problem) throws IOException {
        write(text);

        assertThat(file.read().problems())
                .isNotEmpty()
                .allSatisfy(said -> assertThat(said).startsWith(path + ": ").doesNotContain("\n"))
                .anySatisfy(said -> assertThat(said).contains(problem));
    }

    @Test
    void saysThatItCannotBeRead() throws IOException {
        assertThat(file.read().problems()).containsExactly(path + ": there is no such file");

        Files.write(path, new byte[] {'a', (byte) 0xff});
        assertThat(file.read().problems()).containsExactly(path + ": is no text in UTF-8");

        Files.delete(path);
        Files.createDirectory(path);
        assertThat(file.read().problems()).singleElement().asString().startsWith(path + ": can't be read");
    }

    @Test
    void mayBeEmptyWhereItSaysSo() throws IOException {
        write("targets: []");

        assertThat(file.read()).isEqualTo(TargetsFile.Content.NONE);
    }

    @Test
    @Timeout(180)
    void mayHaveThousands() throws IOException {
        var entry = "  - {name: t-%d, region: eu-central-1, role-arn: 'arn:aws:iam::%012d:role/key-stores'}\n";
        write("targets:\n"
                + IntStream.range(0, 20_000)
                        .mapToObj(number -> entry.formatted(number, number))
                        .collect(Collectors.joining()));

        var content = file.read();

        assertThat(content.problems()).isEmpty();
        assertThat(content.targets()).hasSize(20_000);
    }

    private void write(String text) throws IOException {
        Files.writeString(path, text);
    }
}
