package dev.keystores.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The query protocol as bytes, where the SDK would never go wrong. */
class QueryWireTest {

    private static final String WHO_AM_I = "Action=GetCallerIdentity&Version=2011-06-15";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String SIGNED = authorization("444455556666", "eu-central-1", "sts");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningSandbox running = RunningSandbox.fresh();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void answersInTheShapeOfAws() {
        HttpResponse<String> answer = post(WHO_AM_I, SIGNED);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml;charset=UTF-8");
        String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        Document xml = xml(answer);
        assertThat(xml.getDocumentElement().getNamespaceURI()).isEqualTo("https://sts.amazonaws.com/doc/2011-06-15/");
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("GetCallerIdentityResponse");
        assertThat(text(xml, "Account")).isEqualTo("444455556666");
        assertThat(text(xml, "RequestId")).isEqualTo(id);
    }

    @Test
    void takesAGetAsWell() {
        HttpResponse<String> answer =
                send(request("/?" + WHO_AM_I).header("Authorization", SIGNED).GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(xml(answer), "Account")).isEqualTo("444455556666");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Action=Nothing&Version=2011-06-15,                    400, InvalidAction
            Action=GetCallerIdentity&Version=2010-05-08,          400, NoSuchVersion
            Action=GetCallerIdentity,                             400, NoSuchVersion
            Version=2011-06-15,                                   400, MissingAction
            Action=GetCallerIdentity&Version=2011-06-15&x=%zz,    404, MalformedQueryString
            Action=AssumeRole&Version=2011-06-15,                 400, ValidationError
            Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::444455556666:role/r&RoleSessionName=me&DurationSeconds=soon, 400, MalformedInput
            """)
    void refusesWhatItCantUnderstand(String form, int status, String code) {
        refuses(post(form, SIGNED), status, code);
    }

    @Test
    void refusesAnEmptyBody() {
        refuses(post("", SIGNED), 400, "MissingAction");
    }

    @Test
    void refusesUnsignedAndWronglyScopedCalls() {
        refuses(
                send(request("/").header("Content-Type", FORM).POST(HttpRequest.BodyPublishers.ofString(WHO_AM_I))),
                403,
                "MissingAuthenticationToken");
        refuses(post(WHO_AM_I, "Basic dXNlcjpwYXNz"), 400, "IncompleteSignature");
        refuses(post(WHO_AM_I, authorization("me", "eu-central-1", "s3")), 403, "SignatureDoesNotMatch");
        refuses(post(WHO_AM_I, authorization("me", "EU!", "sts")), 403, "SignatureDoesNotMatch");
    }

    @Test
    void refusesTemporaryKeysWithoutTheirToken() {
        String signed = authorization("ASIA444455556666ABCD", "eu-central-1", "sts");

        refuses(post(WHO_AM_I, signed), 403, "InvalidClientTokenId");
        refuses(
                send(request("/")
                        .header("Content-Type", FORM)
                        .header("Authorization", signed)
                        .header("X-Amz-Security-Token", "forged.token")
                        .POST(HttpRequest.BodyPublishers.ofString(WHO_AM_I))),
                403,
                "InvalidClientTokenId");
    }

    @Test
    void escapesWhatItRepeats() {
        HttpResponse<String> answer = post("Action=%3Ca%3E%26%00%EF%BF%BF&Version=2011-06-15", SIGNED);

        refuses(answer, 400, "InvalidAction");
        assertThat(text(xml(answer), "Message")).contains("<a>&\uFFFD\uFFFD");
    }

    @Test
    void leavesEverythingElseToTheJsonProtocol() {
        HttpResponse<String> plain = send(request("/").POST(HttpRequest.BodyPublishers.ofString("{}")));
        HttpResponse<String> elsewhere = send(
                request("/other").header("Content-Type", FORM).POST(HttpRequest.BodyPublishers.ofString(WHO_AM_I)));

        assertThat(plain.body()).contains("UnknownOperationException");
        assertThat(elsewhere.body()).contains("UnknownOperationException");
        assertThat(send(request("/").GET()).statusCode()).isEqualTo(405);
    }

    @Test
    void repeatsNoSecretInARefusal() {
        String form = "Action=AssumeRole&Version=2011-06-15&RoleSessionName=me"
                + "&RoleArn=arn:aws:iam::444455556666:role/r&ExternalId=hunter2!";

        assertThat(post(form, SIGNED).body()).contains("ValidationError").doesNotContain("hunter2");
        assertThat(post(form + "%", SIGNED).body())
                .contains("MalformedQueryString")
                .doesNotContain("hunter2");
    }

    @Test
    void answersAnyBytesWithoutAServerError() {
        long seed = 20_260_302;
        Random random = new Random(seed);
        String letters = "Action=AssumeRole&.1%zZ+\u00e4\u0001<";
        for (int i = 0; i < 300; i++) {
            StringBuilder form = new StringBuilder(i % 2 == 0 ? WHO_AM_I + "&" : "");
            random.ints(random.nextInt(100), 0, letters.length())
                    .mapToObj(letters::charAt)
                    .forEach(form::append);

            HttpResponse<String> answer = post(form.toString(), SIGNED);

            assertThat(answer.statusCode()).as("call %d of seed %d", i, seed).isBetween(200, 499);
            assertThat(xml(answer).getDocumentElement()).isNotNull();
        }
    }

    private void refuses(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        Document xml = xml(answer);
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("ErrorResponse");
        assertThat(text(xml, "Type")).isEqualTo("Sender");
        assertThat(text(xml, "Code")).isEqualTo(code);
        assertThat(text(xml, "Message")).isNotBlank();
        assertThat(text(xml, "RequestId")).isNotBlank();
    }

    private HttpResponse<String> post(String form, String authorization) {
        return send(request("/")
                .header("Content-Type", FORM)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(running.sandbox.endpoint() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Document xml(HttpResponse<String> answer) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(answer.body())));
        } catch (Exception malformed) {
            throw new IllegalStateException(answer.body(), malformed);
        }
    }

    private static String text(Document xml, String element) {
        return xml.getElementsByTagName(element).item(0).getTextContent();
    }

    private static String authorization(String accessKey, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=%s/20260301/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=0"
                .formatted(accessKey, region, service);
    }
}
