package dev.keystores.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The life of one key store in one tab, step by step: what is done, and what is seen of it then. */
final class BrowserLife {

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    private static final LocatorAssertions.IsVisibleOptions AT_ITS_END =
            new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);

    private final Page page;
    private final URI root;
    private final String kind;
    private final String name;
    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final String secret;

    /** @param kind as its link is called */
    BrowserLife(Page page, URI root, String kind, String name, String secret) {
        this.page = page;
        this.root = root;
        this.kind = kind;
        this.name = name;
        this.secret = secret;
    }

    BrowserLife with(String label, String value) {
        inputs.put(label, value);
        return this;
    }

    void create() {
        page.navigate(root.toString());
        link("New key store").click();
        link(kind).click();
        labelled("Target").selectOption("sandbox-eu-central-1");
        labelled("Name").fill(name);
        inputs.forEach((label, value) -> labelled(label).fill(value));
        labelled("The text itself").fill(secret);
        labelled("Connect it then").check();
        button("Create it").click();
        assertThat(page.locator("h1")).hasText("CREATE " + name);
    }

    void isConnected() {
        assertThat(page.locator(".state")).hasText("SUCCEEDED", PATIENTLY);
        page.locator("#store-id").click();
        assertThat(page.locator(".state")).hasText("CONNECTED");
    }

    void rename() {
        link("Change " + name).click();
        labelled("Name").fill(name + "-2");
        button("Update").click();
    }

    void isRenamed() {
        assertThat(page.locator("h1")).hasText(name + "-2", PATIENTLY);
    }

    void reconnect() {
        page.getByText("Reconnect…").click();
        button("Really reconnect " + name + "-2").click();
        assertThat(page.locator("#jobs tr").nth(1)).containsText("REPAIR");
    }

    void isReconnected() {
        assertThat(page.locator("#jobs tr").nth(1).getByText("SUCCEEDED")).isVisible(AT_ITS_END);
    }

    void disconnect() {
        page.getByText("Disconnect…").click();
        button("Really disconnect " + name + "-2").click();
    }

    void isDisconnected() {
        assertThat(page.locator(".state")).hasText("DISCONNECTED", PATIENTLY);
    }

    void delete() {
        link("Delete " + name + "-2").click();
        labelled("Name of the key store").fill(name);
        button("Delete it").click();
        assertThat(page.locator(".rule")).hasText("must be the name of this key store: nothing was deleted");
        labelled("Name of the key store").fill(name + "-2");
        button("Delete it").click();
    }

    void isGone() {
        assertThat(page.locator(".state")).hasText("GONE", PATIENTLY);
    }

    private Locator labelled(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private Locator link(String called) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(called));
    }

    private Locator button(String called) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(called).setExact(true));
    }
}
