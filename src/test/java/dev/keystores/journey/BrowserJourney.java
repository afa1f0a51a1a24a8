package dev.keystores.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A person at the dashboard of a fresh machine: the packaged jar with its sandbox, in real Chromium. */
@Order(1)
@ExtendWith(NeedsChromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserJourney {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String OTHER_PAGE = "/key-stores/sandbox-us-east-1/cks-5eed0000000000006";
    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(30_000);

    private static final LocatorAssertions.IsVisibleOptions AT_ITS_END =
            new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

    private int sandboxPort;
    private RunningJar service;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void startEverything(@TempDir Path directory) throws Exception {
        var port = RunningJar.freePort();
        sandboxPort = RunningJar.freePort();
        service = RunningJar.start(
                directory,
                port,
                "/actuator/health/readiness",
                "--server.port=" + port,
                "--keystores.sandbox.port=" + sandboxPort,
                "--keystores.sandbox.xks-port=" + RunningJar.freePort());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !service.get("/api/v1/targets/sandbox-us-east-1")
                        .get("stale")
                        .asBoolean());
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        playwright = Playwright.create();
        browser = playwright.chromium().launch(NeedsChromium.options());
    }

    @AfterAll
    void stopEverything() {
        if (playwright != null) {
            playwright.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void followsAConnectToItsEndWithoutAReload() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().toString());
            assertThat(page.locator(".store[id*='5eed']")).hasCount(6);
            assertThat(page.locator(".banner")).containsText("no AWS account is touched");
            page.evaluate("window.neverReloaded = true");

            button(page, "Connect xks-connects").click();
            assertThat(page.getByText("the job")).isVisible();
            page.evaluate("window.neverReloaded = true");
            var store = store(page, "xks-connects");
            assertThat(store.locator("progress")).isVisible();
            assertThat(store.locator(".state")).hasText("CONNECTED", PATIENTLY);
            assertThat(store.locator("progress")).hasCount(0);

            assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        });
    }

    @Test
    void leadsFromAFailureToItsCauseAndThroughTheRepair() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().toString());
            button(page, "Connect xks-slow-proxy").click();
            var store = store(page, "xks-slow-proxy");
            assertThat(store.locator(".code")).hasText("XKS_PROXY_TIMED_OUT", PATIENTLY);
            store.getByText("What to do").click();
            assertThat(store.locator(".remedy li").first()).isVisible();
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve("board.png"))
                    .setFullPage(true));

            mendTheProxy();
            button(page, "Repair xks-slow-proxy").click();
            assertThat(store.locator(".state")).hasText("CONNECTED", PATIENTLY);

            store.getByRole(AriaRole.LINK).first().click();
            assertThat(page.locator("h1")).hasText("xks-slow-proxy");
            assertThat(page.locator("td").getByText("REPAIR")).isVisible();
            assertThat(page.locator("section", new Page.LocatorOptions().setHasText("History")))
                    .containsText("XKS_PROXY_TIMED_OUT");
            page.locator("table a").first().click();
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("tbody")).containsText("ConnectCustomKeyStore");
        });
    }

    @Test
    void countsAgesAndKeepsTheKeyboardWhileThePageIsExchanged() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().toString());
            assertThat(page.locator("#live")).hasText("live");
            var age = store(page, "hsm-kmsuser-logged-in").locator("[data-since]");
            var before = age.innerText();
            assertThat(age).not().hasText(before);

            var link = store(page, "xks-expired-certificate").getByRole(AriaRole.LINK);
            link.focus();
            exchanged(page);
            assertThat(link).isFocused();
        });
    }

    /** Else a click would be lost: the button that was pressed would not be there any more when it is released. */
    @Test
    void exchangesNoPageUnderAPressedButton() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().toString());
            assertThat(page.locator("#live")).hasText("live");
            var button = page.locator("#page .store button:visible").first();
            var name = button.innerText();
            page.evaluate("document.addEventListener('click', (click) => {"
                    + " click.preventDefault(); window.clicked = click.target.textContent; })");

            button.hover();
            page.mouse().down();
            page.evaluate("document.getElementById('page').dataset.before = 'yes'");
            page.evaluate("new Promise((answered) => {"
                    + " document.addEventListener('htmx:afterRequest', answered, {once: true});"
                    + " htmx.trigger('#page', 'changed'); })");
            page.mouse().up();

            assertThat(page.evaluate("window.clicked")).isEqualTo(name);
            assertThat(page.locator("[data-before]")).hasCount(0);
        });
    }

    @Test
    void fetchesThePageAnewWhereNothingHasHappened() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.clock().install();
            page.navigate(service.root().toString());
            assertThat(page.locator("#live")).hasText("live");

            page.waitForRequest(
                    request -> request.headers().containsKey("hx-request"),
                    () -> page.clock().fastForward(15_000));
        });
    }

    @Test
    void keepsWhatItSaysUntilSomebodyDismissesIt() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().resolve(OTHER_PAGE).toString());
            page.locator("main")
                    .getByText("Connect", new Locator.GetByTextOptions().setExact(true))
                    .click();
            var told = page.locator(".flash");
            assertThat(told).containsText("stays with hsm-without-active-hsm until it has ended");
            assertThat(page.locator(".code")).hasText("INSUFFICIENT_CLOUDHSM_HSMS", PATIENTLY);

            assertThat(told).isVisible();
            told.getByText("Dismiss").click();
            assertThat(told).hasCount(0);
        });
    }

    @Test
    void listensOnlyWhileSomebodyLooks() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().toString());
            assertThat(page.locator("#live")).hasText("live");

            hide(page, true);
            assertThat(page.locator("#live")).hasText("paused");
            hide(page, false);
            assertThat(page.locator("#live")).hasText("live");
        });
    }

    @Test
    void takesTheReaderOfAnEndedSessionToTheLogInAndBack(@TempDir Path directory) throws Exception {
        var port = RunningJar.freePort();
        var secured = secured(directory, port);
        try (var context = browser.newContext()) {
            var page = context.newPage();
            page.navigate(secured.root().toString());
            logIn(page);
            // Only what the first look has found has a page.
            var card = store(page, "hsm-without-active-hsm").getByRole(AriaRole.LINK);
            assertThat(card).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            card.click();
            assertThat(page.locator("h1")).hasText("hsm-without-active-hsm");
            assertThat(page.locator("#live")).hasText("live");

            secured.close();
            assertThat(page.locator("h1")).hasText("hsm-without-active-hsm");
            secured = secured(directory, port);

            assertThat(page.getByText("Your session has ended: log in again."))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            logIn(page);
            assertThat(page.locator("h1")).hasText("hsm-without-active-hsm");
        } finally {
            secured.close();
        }
    }

    @Test
    void fitsOnAPhone() {
        inBrowser(new Browser.NewContextOptions().setViewportSize(390, 800), page -> {
            for (var path : pages()) {
                page.navigate(service.root().resolve(path).toString());
                page.evaluate(
                        "document.querySelectorAll('h1, h2 a').forEach(name => name.textContent = 'n'.repeat(256))");
                page.evaluate("document.querySelectorAll('.code').forEach(code => code.textContent = 'N'.repeat(80))");
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve("phone" + path.replaceAll("\\W+", "-") + ".png"))
                        .setFullPage(true));
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as(path)
                        .isEqualTo(390);
            }
        });
    }

    @Test
    void worksAsPlainFormsWithoutJavaScript() {
        inBrowser(new Browser.NewContextOptions().setJavaScriptEnabled(false), page -> {
            page.navigate(service.root().toString());
            button(page, "Connect hsm-connects").click();
            assertThat(store(page, "hsm-connects").getByText("Cancel")).isVisible();

            store(page, "hsm-connects").getByText("Cancel").click();
            assertThat(page.locator("h1")).hasText("CONNECT hsm-connects");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                page.reload();
                return page.locator(".state").innerText().equals("CANCELLED");
            });
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void canBeReadAndUsedByEverybody(ColorScheme scheme) {
        inBrowser(new Browser.NewContextOptions().setColorScheme(scheme), page -> {
            for (var path : pages()) {
                page.navigate(service.root().resolve(path).toString());
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(scheme + path.replaceAll("\\W+", "-") + ".png"))
                        .setFullPage(true));
                hurtsNobody(page);
            }
        });
    }

    @Test
    void saysWhatIsWrongWithANewKeyStoreBesideEachField() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root().toString());
            link(page, "New key store").click();
            link(page, "External key store, public endpoint").click();
            button(page, "Create it").click();
            assertThat(page.locator(".rule")).hasCount(6);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            pictured(page, "refused");
            hurtsNobody(page);
            page.locator("#refusal").getByText("Proxy path").click();
            assertThat(labelled(page, "Proxy path")).isFocused();
            page.getByText("a file on the server").click();
            assertThat(labelled(page, "The text itself")).isHidden();
            page.getByText("typed here").click();
            assertThat(labelled(page, "The text itself")).isVisible();
        });
    }

    /** Side by side, each in a tab of its own: most of it is waiting for KMS. */
    @Test
    void livesTheWholeLifeOfAKeyStoreOfEachKind() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            var lives = List.of(
                    onCluster(page),
                    behindProxy(page.context().newPage(), "life-public.example", "External key store, public endpoint"),
                    behindService(page.context().newPage()));
            lives.forEach(BrowserLife::create);
            lives.forEach(BrowserLife::isConnected);
            link(page, "Change life-hsm").click();
            hurtsNobody(page);
            page.goBack();
            lives.forEach(BrowserLife::rename);
            lives.forEach(BrowserLife::isRenamed);
            pictured(page, "connected");
            // Of the others that takes a while, and is no other button.
            lives.getLast().reconnect();
            lives.getLast().isReconnected();
            lives.forEach(BrowserLife::disconnect);
            lives.forEach(BrowserLife::isDisconnected);
            lives.forEach(BrowserLife::delete);
            lives.forEach(BrowserLife::isGone);
        });
    }

    private BrowserLife onCluster(Page page) {
        var cluster = door().spareCluster("111122223333", "eu-central-1");
        return new BrowserLife(page, service.root(), "CloudHSM key store", "life-hsm", OwnCluster.FIRST_PASSWORD)
                .with("CloudHSM cluster", cluster.get("id").asString())
                .with(
                        "Certificate of the cluster's owner",
                        cluster.get("trustAnchorCertificate").asString());
    }

    private BrowserLife behindProxy(Page page, String host, String kind) {
        door().post("proxies", Map.of("host", host));
        return new BrowserLife(page, service.root(), kind, host.replace(".example", ""), OwnProxy.SECRET)
                .with("Proxy endpoint", "https://" + host)
                .with("Proxy path", "/kms/xks/v1")
                .with("Proxy access key", OwnProxy.KEY_ID);
    }

    private BrowserLife behindService(Page page) {
        var host = "life-vpc.example";
        var name = "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0";
        var its = "endpoint-services/111122223333/eu-central-1/" + name;
        door().put(its, Map.of("privateDnsName", host));
        door().put(its, Map.of("principals", List.of("cks.kms.eu-central-1.amazonaws.com")));
        return behindProxy(page, host, "External key store, VPC endpoint service")
                .with("VPC endpoint service", name);
    }

    private SandboxDoor door() {
        return new SandboxDoor(service, URI.create("http://127.0.0.1:" + sandboxPort));
    }

    private static void hurtsNobody(Page page) {
        var violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations.stream().map(Object::toString).toList())
                .as(page.url())
                .isEmpty();
    }

    private static void pictured(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private List<String> pages() {
        var job = RunningJar.json(service.post("/api/v1/key-stores/cks-5eed0000000000005/connect", ""))
                .get("id")
                .asString();
        var idle = "/key-stores/sandbox-eu-central-1/cks-5eed0000000000002";
        return List.of(
                "/",
                "/key-stores/sandbox-us-east-1/cks-5eed0000000000005",
                "/jobs/" + job,
                "/new-key-store",
                "/new-key-store/cloudhsm",
                OTHER_PAGE + "/change",
                idle + "/delete");
    }

    private RunningJar secured(Path directory, int port) throws Exception {
        return RunningJar.start(
                directory,
                port,
                "/actuator/health/readiness",
                "--server.port=" + port,
                "--keystores.sandbox.port=" + RunningJar.freePort(),
                "--keystores.sandbox.xks-port=" + RunningJar.freePort(),
                "--keystores.security.users[0].name=oscar",
                "--keystores.security.users[0].password=" + new BCryptPasswordEncoder(4).encode("may-change"),
                "--keystores.security.users[0].role=operator");
    }

    private static void logIn(Page page) {
        page.getByLabel("Name").fill("oscar");
        page.getByLabel("Password").fill("may-change");
        button(page, "Log in").click();
    }

    /** Waits until the page has been fetched anew once. */
    private static void exchanged(Page page) {
        page.evaluate("document.getElementById('page').shownBefore = true");
        page.evaluate("htmx.trigger('#page', 'changed')");
        await().until(() -> page.evaluate("document.getElementById('page').shownBefore === undefined")
                .equals(true));
    }

    /** As the browser does when somebody looks at another tab. */
    private static void hide(Page page, boolean hidden) {
        page.evaluate("Object.defineProperty(document, 'hidden', {value: %s, configurable: true})".formatted(hidden));
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    }

    private void mendTheProxy() {
        var proxy = "http://127.0.0.1:%d/_sandbox/proxies/slow.xks.sandbox.example".formatted(sandboxPort);
        assertThat(service.put(proxy, "{\"answerMillis\": 20}").statusCode()).isEqualTo(200);
    }

    /** The page's own scripts and nothing from elsewhere: our headers allow no more. */
    @Test
    void readsTheApiAndTriesACall() {
        inBrowser(new Browser.NewContextOptions(), page -> {
            page.navigate(service.root() + "/swagger-ui.html");
            var call = page.locator("#operations-Targets-listTargets");
            assertThat(page.locator(".opblock")).not().hasCount(0);
            call.locator("button").first().click();
            call.getByText("Try it out").click();
            call.getByText("Execute").click();
            assertThat(call.locator(".live-responses-table")).containsText("sandbox-eu-central-1");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("api.png")));
        });
    }

    private void inBrowser(Browser.NewContextOptions options, Consumer<Page> journey) {
        var errors = new ArrayList<String>();
        try (BrowserContext context = browser.newContext(options)) {
            var page = context.newPage();
            page.onPageError(errors::add);
            page.onConsoleMessage(message -> {
                // A form that is refused is an error to the browser, and no page of its own.
                if (message.type().equals("error") && !message.text().contains("status of 400")) {
                    errors.add(message.text());
                }
            });
            try {
                journey.accept(page);
            } catch (AssertionError | RuntimeException failed) {
                // What the page showed says more than what it didn't.
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve("failed-" + System.nanoTime() + ".png"))
                        .setFullPage(true));
                throw failed;
            }
        }
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    private static Locator store(Page page, String name) {
        return page.locator(".store", new Page.LocatorOptions().setHas(page.getByText(name)));
    }

    private static Locator labelled(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
