package dev.keystores.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keystores.Answer;
import dev.keystores.Caller;
import dev.keystores.RunningService;
import dev.keystores.sandbox.kms.Fault;
import dev.keystores.sandbox.xks.ProxyCredential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;

/** The forms that create, change and delete key stores, without JavaScript. */
class FormsTest {

    /** It has room for ten stores. */
    private static final String TARGET = "formed";

    private static final String ACCOUNT = "777777777782";
    private static final String REGION = "eu-west-1";
    private static final String NEW = "/new-key-store/external-public";

    private static final String NAME = "name";
    private static final String TYPED = "typedName";
    private static final String ENDPOINT = "xksProxyUriEndpoint";
    private static final String PATH = "xksProxyUriPath";
    private static final String KEY = "xksProxyAuthenticationCredential.accessKeyId";
    private static final String SECRET = "xksProxyAuthenticationCredential.rawSecretAccessKey";
    private static final String PASSWORD = "keyStorePassword";
    private static final String SECRET_VALUE = ProxyCredential.DEFAULT.secretAccessKey();

    private final RunningService service = RunningService.lively();
    private final Caller person = service.caller().with("Accept", "text/html");

    @AfterEach
    void makeRoom() {
        var kms = service.kms(ACCOUNT, REGION);
        kms.describeCustomKeyStores().customKeyStores().stream()
                .filter(store -> store.connectionState() == ConnectionStateType.DISCONNECTED)
                .forEach(store -> kms.deleteCustomKeyStore(call -> call.customKeyStoreId(store.customKeyStoreId())));
    }

    @ParameterizedTest
    @CsvSource({
        "cloudhsm, cloudHsmClusterId trustAnchorCertificate keyStorePassword, xksProxyUriPath",
        "external-public, xksProxyUriEndpoint xksProxyUriPath, xksProxyVpcEndpointServiceName",
        "external-vpc, xksProxyUriPath xksProxyVpcEndpointServiceName xksProxyVpcEndpointServiceOwner, keyStorePassword"
    })
    void asksOnlyForWhatTheChosenKindHas(String kind, String asked, String notAsked) {
        assertThat(person.get("/new-key-store").text()).contains("href=\"/new-key-store/" + kind + "\"");

        var page = person.get("/new-key-store/" + kind).text();

        assertThat(inputs(page)).contains("target", NAME, "connect", "reason").contains(asked.split(" "));
        assertThat(inputs(page)).doesNotContain(notAsked, "xksProxyConnectivity");
        assertThat(page).contains(">formed (eu-west-1)<", "1 to 256 characters");
        assertThat(person.get("/").text()).contains("href=\"/new-key-store\"");
        assertThat(person.get("/new-key-store/other").status()).isEqualTo(404);
    }

    @Test
    void createsAKeyStoreAndConnectsIt() {
        service.control().proxy("made.example").exists();
        var form = external("made");
        form.put("connect", "true");
        form.put("reason", "a new proxy");

        var job = job(person.form(NEW, form));
        var ended = service.caller().end(job);

        assertThat(job.at("/kind")).isEqualTo("CREATE");
        assertThat(ended.at("/status")).isEqualTo("SUCCEEDED");
        assertThat(ended.at("/reason")).isEqualTo("a new proxy");
        var store = store(ended.at("/keyStoreId"));
        assertThat(store.at("/connectionState")).isEqualTo("CONNECTED");
        assertThat(store.at("/configuration/xksProxyUriEndpoint")).isEqualTo("https://made.example");
        assertThat(store.at("/configuration/xksProxyConnectivity")).isEqualTo("PUBLIC_ENDPOINT");
        assertThat(person.get("/jobs/" + job.at("/id")).text())
                .contains(
                        "xksProxyUriEndpoint, xksProxyUriPath, xksProxyAuthenticationCredential",
                        page(ended.at("/keyStoreId")))
                .doesNotContain(SECRET_VALUE);
    }

    /** A browser ends the lines of a certificate in its own way. */
    @Test
    void createsAKeyStoreOfEveryOtherKind() {
        var cluster = service.control().seen().worlds().stream()
                .filter(world -> world.account().equals(ACCOUNT))
                .flatMap(world -> world.clusters().stream())
                .findFirst()
                .orElseThrow();
        var hsm = Map.of(
                "target",
                TARGET,
                NAME,
                "on-a-cluster",
                "cloudHsmClusterId",
                cluster.id(),
                "trustAnchorCertificate",
                cluster.trustAnchorCertificate().replace("\r\n", "\n").replace("\n", "\r\n"),
                PASSWORD,
                "kmsPassword1");
        var name = "com.amazonaws.vpce.eu-west-1.vpce-svc-0f0f0f0f0f0f0f0f0";
        service.control().proxy("behind.example").exists();
        service.control().endpointService(ACCOUNT, REGION, name).privateDnsName("behind.example");
        var behind = external("behind");
        behind.put("xksProxyVpcEndpointServiceName", name);

        var onCluster = service.caller().end(job(person.form("/new-key-store/cloudhsm", hsm)));
        var atService = service.caller().end(job(person.form("/new-key-store/external-vpc", behind)));

        assertThat(onCluster.at("/error/detail")).isEmpty();
        assertThat(store(onCluster.at("/keyStoreId")).at("/configuration/cloudHsmClusterId"))
                .isEqualTo(cluster.id());
        assertThat(atService.at("/error/detail")).isEmpty();
        assertThat(store(atService.at("/keyStoreId")).at("/configuration/xksProxyVpcEndpointServiceName"))
                .isEqualTo(name);
    }

    @Test
    void saysEverythingThatIsWrongBesideItsField() {
        var form = Map.of(
                "target",
                "nowhere",
                NAME,
                "kept <b>",
                ENDPOINT,
                "http://plain.example",
                KEY,
                "short",
                SECRET,
                "typed-and-never-seen-again",
                "connect",
                "true",
                "reason",
                "r".repeat(501));

        var page = person.form(NEW, form);

        assertThat(page.status()).isEqualTo(400);
        assertThat(rules(page))
                .containsOnlyKeys("target", ENDPOINT, PATH, KEY, SECRET, "reason")
                .containsEntry("target", "must be one of the configured targets")
                .containsEntry(PATH, "must be given")
                .containsEntry(KEY, "must be 20 to 30 characters: of A-Z and 2-7")
                .containsEntry("reason", "must be at most 500 characters");
        assertThat(page.text())
                .contains(
                        "role=\"alert\"",
                        "<a href=\"#xksProxyUriPath\">Proxy path</a>",
                        "value=\"kept &lt;b&gt;\"",
                        "value=\"http://plain.example\"",
                        "aria-describedby=\"rule-xksProxyUriPath hint-xksProxyUriPath\" aria-invalid=\"true\"")
                .containsPattern("id=\"connect\"[^>]* checked")
                .contains("Type it again: what was typed is kept nowhere.")
                .doesNotContain("typed-and-never-seen-again");
        assertThat(person.get(NEW).text()).doesNotContain("Type it again", "role=\"alert\"");
    }

    @ParameterizedTest
    @CsvSource({
        "secretsManager, not-an-arn, secretsManager must be the ARN of a secret",
        "secretsManager, '', must have the ARN of a secret",
        "file, kmsuser, can't be a file: keystores.secrets.directory isn't set",
        "file, '', must have the name of a file",
        "value, '', must be given",
        "value, abc, must be 7 to 32 characters"
    })
    void takesASecretInEachWayAndKeepsOnlyWhereItLies(String way, String given, String rule) {
        var input = way.equals("value") ? PASSWORD : PASSWORD + "." + way;
        var others = "typed-before-another-way";

        var form = new HashMap<>(Map.of(PASSWORD, others, PASSWORD + ".way", way));
        form.put(input, given);
        var page = person.form("/new-key-store/cloudhsm", form);

        assertThat(rules(page).get(PASSWORD)).startsWith(rule);
        assertThat(page.text())
                .containsPattern("value=\"" + way + "\" checked")
                .contains("href=\"#" + input.replace('.', '-') + "\"")
                .doesNotContain(others, "\"abc\"");
        assertThat(page.text().contains("value=\"" + given + "\"")).isEqualTo(!way.equals("value") || given.isEmpty());
    }

    @Test
    void takesASecretByTheNameOfWhereItLies() {
        service.control().proxy("by-reference.example").exists();
        var arn = "arn:aws:secretsmanager:eu-west-1:%s:secret:none-AbCdEf".formatted(ACCOUNT);
        var form = external("by-reference");
        form.put(SECRET, "");
        form.put(SECRET + ".way", "secretsManager");
        form.put(SECRET + ".secretsManager", " " + arn + " ");

        var ended = service.caller().end(job(person.form(NEW, form)));

        assertThat(ended.at("/status")).isEqualTo("FAILED");
        assertThat(ended.at("/error/detail")).contains(arn);
    }

    @Test
    void tellsWhichKeyStoreHasTheNameAlready() {
        var id = created("taken");

        var page = person.form(NEW, external("taken"));

        assertThat(page.status()).isEqualTo(409);
        assertThat(rules(page)).containsExactly(Map.entry(NAME, "belongs to taken already"));
        assertThat(page.text())
                .contains("href=\"" + page(id) + "\"", "value=\"https://taken.example\"", "Type it again")
                .doesNotContain(SECRET_VALUE);
    }

    @Test
    void showsWhatIsBeingCreatedAndThatOneOfItsNameIsEnough() {
        service.control().proxy("slowly.example").exists();
        service.control().failNext("CreateCustomKeyStore", ACCOUNT, REGION, 1, Fault.INTERNAL_BEFORE_EFFECT);
        var other = external("slowly");
        other.put(ENDPOINT, "https://other.example");

        var job = job(person.form(NEW, external("slowly")));
        var again = person.form(NEW, external("slowly"));
        var busy = person.form(NEW, other);
        var board = person.get("/").text();
        var page = person.get("/jobs/" + job.at("/id")).text();

        assertThat(again.header("Location")).endsWith("/jobs/" + job.at("/id"));
        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.text())
                .contains("Another change runs on", "/jobs/" + job.at("/id"), "value=\"https://other.example\"");
        assertThat(board)
                .containsSubsequence("Being created", "href=\"/jobs/" + job.at("/id") + "\"", ">slowly<", "in formed");
        assertThat(page)
                .contains("<h1>CREATE slowly</h1>")
                .doesNotContain("href=\"/key-stores/formed/", "<dt>Key store</dt>");
        service.caller().end(job);
        assertThat(person.get("/").text()).doesNotContain("Being created");
    }

    @Test
    void changesOnlyWhatIsFilledIn() {
        var id = created("changes");
        var form = person.get(page(id) + "/change").text();

        var job = job(person.form(page(id) + "/change", Map.of(NAME, "changed", ENDPOINT, " ", "do", "update")), id);
        var ended = service.caller().end(job);

        assertThat(inputs(form)).contains("xksProxyConnectivity", ENDPOINT).doesNotContain("connect", PASSWORD);
        assertThat(form)
                .contains("placeholder=\"changes\"", "as it is: PUBLIC_ENDPOINT")
                .contains(">Update<", ">Update and connect<")
                .doesNotContain("only while DISCONNECTED");
        assertThat(ended.at("/kind")).isEqualTo("UPDATE");
        assertThat(ended.at("/properties/0")).isEqualTo(NAME);
        assertThat(ended.json().path("properties").size()).isEqualTo(1);
        assertThat(store(id).at("/name")).isEqualTo("changed");
        assertThat(store(id).at("/configuration/xksProxyUriEndpoint")).isEqualTo("https://changes.example");
    }

    @Test
    void disconnectsForAChangeOnlyWhenToldTo() {
        var id = created("reconnects");
        service.control().proxy("moved.example").exists();
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));
        var change = page(id) + "/change";

        var untold = person.form(change, Map.of(ENDPOINT, "https://moved.example"));
        var job = job(person.form(change, Map.of(ENDPOINT, "https://moved.example", "reconnect", "true")), id);
        var ended = service.caller().end(job);

        assertThat(untold.status()).isEqualTo(400);
        assertThat(rules(untold)).containsOnlyKeys("reconnect");
        assertThat(untold.text())
                .contains("only while DISCONNECTED", "unusable meanwhile", "doesn&#39;t take Proxy endpoint")
                .doesNotContain("value=\"repair\"");
        assertThat(ended.json().path("steps").size()).isEqualTo(3);
        assertThat(store(id).at("/connectionState")).isEqualTo("CONNECTED");
    }

    @Test
    void reconnectsAConnectedKeyStore() {
        var id = created("anew");
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));
        assertThat(person.get(page(id)).text())
                .containsSubsequence(
                        "Reconnect…</summary>", page(id) + "/reconnect", "unusable from the disconnect on");

        var job = job(person.form(page(id) + "/reconnect", Map.of("back", "key-store")), id);
        var ended = service.caller().end(job);

        assertThat(ended.at("/kind")).isEqualTo("REPAIR");
        assertThat(ended.at("/steps/0/call")).isEqualTo("DisconnectCustomKeyStore");
        assertThat(store(id).at("/connectionState")).isEqualTo("CONNECTED");
    }

    @Test
    void repairsAFailedKeyStoreWithNewValues() {
        var id = created("repaired");
        service.control().proxy("repaired.example").remove();
        service.control().proxy("mended.example").exists();
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));
        var form = person.get(page(id) + "/change").text();

        var job =
                job(person.form(page(id) + "/change", Map.of(ENDPOINT, "https://mended.example", "do", "repair")), id);
        var ended = service.caller().end(job);

        assertThat(form).contains("Repair with these values").doesNotContain("value=\"update\"", "id=\"reconnect\"");
        assertThat(ended.at("/kind")).isEqualTo("REPAIR");
        assertThat(ended.at("/status")).isEqualTo("SUCCEEDED");
        assertThat(store(id).at("/configuration/xksProxyUriEndpoint")).isEqualTo("https://mended.example");
    }

    @Test
    void saysWhatIsWrongWithAChange() {
        var id = created("wrong");
        var change = page(id) + "/change";

        var nothing = person.form(change, Map.of("reason", "none"));
        var halves = person.form(
                change, Map.of(SECRET, "half-of-a-credential", "xksProxyConnectivity", "VPC_ENDPOINT_SERVICE"));

        assertThat(nothing.status()).isEqualTo(400);
        assertThat(nothing.text()).contains("Nothing is filled in", "value=\"none\"");
        assertThat(halves.status()).isEqualTo(400);
        assertThat(rules(halves)).containsOnlyKeys(KEY, SECRET, ENDPOINT, "xksProxyVpcEndpointServiceName");
        assertThat(halves.text())
                .containsPattern("value=\"VPC_ENDPOINT_SERVICE\" selected")
                .doesNotContain("half-of-a-credential");
    }

    @Test
    void tellsWhatStandsInTheWayOfAChangeAndOfADelete() {
        var id = created("stands-in-the-way");
        service.control().neverEnds(id);
        var connect = service.caller().post("/api/v1/key-stores/" + id + "/connect");

        for (var busy : List.of(
                person.form(page(id) + "/change", Map.of(NAME, "kept")),
                person.form(page(id) + "/delete", Map.of(TYPED, "stands-in-the-way")))) {
            assertThat(busy.status()).isEqualTo(409);
            assertThat(busy.text()).contains("Another change runs on", "/jobs/" + connect.at("/id"));
        }
        assertThat(person.get(page(id)).text()).doesNotContain("/change\"", "/delete\"");
        person.form("/jobs/" + connect.at("/id") + "/cancel", Map.of());
        service.caller().end(connect);
        service.control().ends(id);
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/disconnect"));
        service.kms(ACCOUNT, REGION).deleteCustomKeyStore(store -> store.customKeyStoreId(id));
        service.caller().refresh(TARGET);

        var gone = person.form(page(id) + "/change", Map.of(NAME, "kept"));

        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.text()).contains("is gone");
        for (var form : List.of("/change", "/delete")) {
            assertThat(person.get(page(id) + form).text())
                    .contains("KMS doesn't list this key store any more")
                    .doesNotContain("<form method=\"post\" class=\"fields\"");
        }
    }

    @Test
    void deletesNothingForAnotherName() {
        var id = created("deleted store");

        for (var typed : List.of("", "deleted", "DELETED store", id)) {
            var page = person.form(page(id) + "/delete", Map.of(TYPED, typed));

            assertThat(page.status()).isEqualTo(400);
            assertThat(rules(page))
                    .containsExactly(Map.entry(TYPED, "must be the name of this key store: nothing was deleted"));
        }
        assertThat(service.caller().get("/api/v1/jobs?keyStoreId=" + id).items())
                .isEmpty();
    }

    @Test
    void deletesAKeyStoreWhoseNameIsTyped() {
        var id = created("to be deleted");
        assertThat(person.get(page(id)).text()).contains("href=\"" + page(id) + "/delete\"");
        assertThat(person.get(page(id) + "/delete").text()).contains(">to be deleted</dd>", "gone for good");

        var job = job(person.form(page(id) + "/delete", Map.of(TYPED, "to be deleted", "reason", "not needed")), id);
        var ended = service.caller().end(job);

        assertThat(ended.at("/status")).isEqualTo("SUCCEEDED");
        assertThat(ended.at("/reason")).isEqualTo("not needed");
        assertThat(store(id).at("/gone")).isEqualTo("true");
        assertThat(person.get("/jobs/" + job.at("/id")).text()).contains("<h1>DELETE to be deleted</h1>");
    }

    @Test
    void deletesNoKeyStoreThatIsConnected() {
        var id = created("still-connected");
        service.caller().end(service.caller().post("/api/v1/key-stores/" + id + "/connect"));

        assertThat(person.get(page(id)).text()).doesNotContain("/delete\"");
        assertThat(person.get(page(id) + "/delete").text())
                .contains("disconnect it first")
                .doesNotContain("id=\"delete\"");
    }

    /** A form for an external key store behind a public endpoint of its own. */
    private static HashMap<String, String> external(String name) {
        return new HashMap<>(Map.of(
                "target",
                TARGET,
                NAME,
                name,
                ENDPOINT,
                "https://%s.example".formatted(name),
                PATH,
                "/kms/xks/v1",
                KEY,
                ProxyCredential.DEFAULT.accessKeyId(),
                SECRET,
                SECRET_VALUE));
    }

    private String created(String name) {
        var id = service.create(ACCOUNT, REGION, name, name.replace(' ', '-') + ".example");
        service.caller().refresh(TARGET);
        return id;
    }

    private static String page(String id) {
        return "/key-stores/%s/%s".formatted(TARGET, id);
    }

    private Answer store(String id) {
        return service.caller().get("/api/v1/key-stores/" + id);
    }

    /** The job to whose page a form has led. */
    private Answer job(Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(302);
        var page = accepted.header("Location");
        return service.caller().get("/api/v1" + page.substring(page.indexOf("/jobs/")));
    }

    /** The job that a form has begun which has led to the page of the store. */
    private Answer job(Answer accepted, String id) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(302);
        assertThat(accepted.header("Location")).endsWith(page(id));
        var newest = service.caller()
                .get("/api/v1/jobs?limit=1&keyStoreId=" + id)
                .items()
                .getFirst();
        return service.caller().get("/api/v1/jobs/" + newest.path("id").asString());
    }

    /** What a page asks for, by name. */
    private static List<String> inputs(String page) {
        return Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(input -> input.group(1))
                .distinct()
                .toList();
    }

    /** What is said beside each field that is wrong. */
    private static Map<String, String> rules(Answer page) {
        var rules = new HashMap<String, String>();
        Pattern.compile("<p class=\"rule\" id=\"rule-([^\"]+)\">([^<]+)</p>")
                .matcher(page.text())
                .results()
                .forEach(rule ->
                        rules.put(rule.group(1).replace('-', '.'), rule.group(2).replace("&#39;", "'")));
        return rules;
    }
}
