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
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person at the dashboard of a fresh machine: the packaged jar with its sandbox, in real Chromium. */
@ExtendWith(NeedsChromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserJourney {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(30_000);

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
                "--keystores.sandbox.port=" + sandboxPort);
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
            assertThat(page.locator(".store")).hasCount(6);
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
    void worksAsPlainFormsWithoutJavaScript() {
        inBrowser(new Browser.NewContextOptions().setJavaScriptEnabled(false), page -> {
            page.navigate(service.root().toString());
            button(page, "Connect hsm-connects").click();
            assertThat(store(page, "hsm-connects").getByText("Cancel")).isVisible();

            store(page, "hsm-connects").getByText("Cancel").click();
            assertThat(page.locator("h1")).hasText("CONNECT");
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
                var violations = new AxeBuilder(page).analyze().getViolations();
                assertThat(violations.stream().map(Object::toString).toList())
                        .as("%s in %s", path, scheme)
                        .isEmpty();
            }
        });
    }

    private List<String> pages() {
        var job = RunningJar.json(service.post("/api/v1/key-stores/cks-5eed0000000000005/connect", ""))
                .get("id")
                .asString();
        return List.of("/", "/key-stores/sandbox-us-east-1/cks-5eed0000000000005", "/jobs/" + job);
    }

    private void mendTheProxy() {
        var proxy = "http://127.0.0.1:%d/_sandbox/proxies/slow.xks.sandbox.example".formatted(sandboxPort);
        assertThat(service.put(proxy, "{\"answerMillis\": 20}").statusCode()).isEqualTo(200);
    }

    private void inBrowser(Browser.NewContextOptions options, Consumer<Page> journey) {
        var errors = new ArrayList<String>();
        try (BrowserContext context = browser.newContext(options)) {
            var page = context.newPage();
            page.onPageError(errors::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            journey.accept(page);
        }
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    private static Locator store(Page page, String name) {
        return page.locator(".store", new Page.LocatorOptions().setHas(page.getByText(name)));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
