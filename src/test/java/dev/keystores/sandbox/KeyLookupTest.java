package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.sandbox.KeyBench.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** How keys are found: by id, by ARN, and page by page. */
class KeyLookupTest {

    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private final RunningSandbox running = RunningSandbox.fresh();
    private final KeyBench hsm = new KeyBench(running, Kind.HSM);

    @BeforeEach
    void connect() {
        hsm.connect();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void findsAKeyByItsIdAndByItsArn() {
        String id = hsm.createKey();
        String arn = hsm.describe(id).arn();

        assertThat(hsm.describe(arn)).isEqualTo(hsm.describe(id));
        assertThat(hsm.decrypt(hsm.encrypt(arn))).isEqualTo(KeyBench.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NOBODY,
                "nobody",
                "alias/mine",
                "arn:aws:kms:eu-central-1:111122223333:key/" + NOBODY,
                "arn:aws:kms:eu-central-1:111122223333:key/nobody",
                "arn:aws:kms:eu-central-1:111122223333:alias/mine",
                "arn:aws-cn:kms:eu-central-1:111122223333:key/" + NOBODY
            })
    void findsNoKeyThatIsNotThere(String name) {
        hsm.createKey();

        refusesEveryCall(hsm.kms, name, "NotFoundException", "NotFoundException");
    }

    @Test
    void findsNoKeyOfAnotherAccountOrRegion() {
        String id = hsm.createKey();
        String arn = hsm.describe(id).arn();
        KmsClient elsewhere = running.kms(RunningSandbox.AMERICA);
        KmsClient stranger = running.kms("999988887777", RunningSandbox.EUROPE);

        refusesEveryCall(elsewhere, id, "NotFoundException", "NotFoundException");
        refusesEveryCall(elsewhere, arn, "NotFoundException", "NotFoundException");
        refusesEveryCall(stranger, id, "NotFoundException", "NotFoundException");
        refusesEveryCall(stranger, arn, "NotFoundException", "NotFoundException");
        refusesEveryCall(
                hsm.kms, arn.replace("111122223333", "999988887777"), "NotFoundException", "NotFoundException");
        refusesEveryCall(hsm.kms, arn.replace("eu-central-1", "us-east-1"), "NotFoundException", "NotFoundException");
    }

    /** Only calls that manage keys have InvalidArnException in the model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:",
                "arn:aws:kms",
                "arn:aws:s3:eu-central-1:111122223333:key/" + NOBODY,
                "arn:aws:kms:eu-central-1:1111:key/" + NOBODY,
                "arn:aws:kms:eu-central-1:111122223333:key/",
                "arn:aws:kms:eu-central-1:111122223333:" + NOBODY,
                "arn:aws:kms::111122223333:key/" + NOBODY
            })
    void tellsAnArnThatIsNone(String arn) {
        refusesEveryCall(hsm.kms, arn, "InvalidArnException", "NotFoundException");
    }

    @Test
    void keepsToTheModelsLimits() {
        refusesEveryCall(hsm.kms, "", "ValidationException", "ValidationException");
        refusesEveryCall(hsm.kms, "k".repeat(2049), "ValidationException", "ValidationException");
        refusesEveryCall(hsm.kms, null, "ValidationException", "ValidationException");
        refusesEveryCall(hsm.kms, "k".repeat(2048), "NotFoundException", "NotFoundException");
    }

    private static void refusesEveryCall(KmsClient kms, String name, String managing, String using) {
        assertThat(List.of(
                        KeyBench.refusal(() -> kms.describeKey(call -> call.keyId(name))),
                        KeyBench.refusal(() -> kms.enableKey(call -> call.keyId(name))),
                        KeyBench.refusal(() -> kms.disableKey(call -> call.keyId(name))),
                        KeyBench.refusal(() -> kms.scheduleKeyDeletion(call -> call.keyId(name))),
                        KeyBench.refusal(() -> kms.cancelKeyDeletion(call -> call.keyId(name)))))
                .containsOnly(managing);
        assertThat(List.of(
                        KeyBench.refusal(
                                () -> kms.encrypt(call -> call.keyId(name).plaintext(KeyBench.TEXT))),
                        KeyBench.refusal(() ->
                                kms.generateDataKey(call -> call.keyId(name).keySpec("AES_256"))),
                        KeyBench.refusal(() -> kms.generateDataKeyWithoutPlaintext(
                                call -> call.keyId(name).keySpec("AES_256")))))
                .containsOnly(using);
    }

    @Test
    void listsTheKeysOfAnAccountAndRegion() {
        assertThat(hsm.kms.listKeys().keys()).isEmpty();
        String id = hsm.createKey();

        ListKeysResponse list = hsm.kms.listKeys();

        assertThat(list.truncated()).isFalse();
        assertThat(list.nextMarker()).isNull();
        assertThat(list.keys())
                .containsExactly(KeyListEntry.builder()
                        .keyId(id)
                        .keyArn(hsm.describe(id).arn())
                        .build());
        assertThat(running.kms(RunningSandbox.AMERICA).listKeys().keys()).isEmpty();
        assertThat(running.kms("999988887777", RunningSandbox.EUROPE).listKeys().keys())
                .isEmpty();
    }

    @Test
    void listsKeysPageByPage() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(hsm.createKey());
        }

        ListKeysResponse first = hsm.kms.listKeys(call -> call.limit(2));
        ListKeysResponse second = hsm.kms.listKeys(call -> call.limit(2).marker(first.nextMarker()));
        ListKeysResponse third = hsm.kms.listKeys(call -> call.limit(2).marker(second.nextMarker()));

        assertThat(first.truncated()).isTrue();
        assertThat(third.truncated()).isFalse();
        assertThat(third.nextMarker()).isNull();
        assertThat(first.keys()).hasSize(2);
        assertThat(second.keys()).hasSize(2);
        assertThat(hsm.kms.listKeysPaginator(call -> call.limit(2)).keys())
                .extracting(KeyListEntry::keyId)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void listsAHundredKeysUnlessAskedForMore() {
        for (int i = 0; i < 101; i++) {
            hsm.createKey();
        }

        assertThat(hsm.kms.listKeys().keys()).hasSize(100);
        assertThat(hsm.kms.listKeys().truncated()).isTrue();
        assertThat(hsm.kms.listKeys(call -> call.limit(1000)).keys()).hasSize(101);
    }

    @Test
    void refusesLimitsAndMarkersThatAreNone() {
        String somethingElse = Base64.getEncoder().encodeToString("else".getBytes(StandardCharsets.UTF_8));

        assertThat(KeyBench.refusal(() -> hsm.kms.listKeys(call -> call.limit(0))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> hsm.kms.listKeys(call -> call.limit(1001))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> hsm.kms.listKeys(call -> call.marker(""))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> hsm.kms.listKeys(call -> call.marker("m".repeat(1025)))))
                .isEqualTo("ValidationException");
        assertThat(KeyBench.refusal(() -> hsm.kms.listKeys(call -> call.marker("no marker"))))
                .isEqualTo("InvalidMarkerException");
        assertThat(KeyBench.refusal(() -> hsm.kms.listKeys(call -> call.marker(somethingElse))))
                .isEqualTo("InvalidMarkerException");
    }
}
