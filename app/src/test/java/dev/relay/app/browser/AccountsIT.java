package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AgentAccount.Role;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts and queues on a page: an admin changes them, a supervisor reads them, an agent finds nothing. */
class AccountsIT extends BrowserTest {
  private static final String AGENTS = "#agent-rows";

  @Override
  Map<String, String> settings() {
    return Map.of(
        "RELAY_QUEUES",
        "{billing: {desk: relay}, night: {hours: {zone: Europe/Madrid, monday-friday: 00:00-24:00}}}");
  }

  @Test
  void an_admin_adds_an_agent_and_changes_accounts_and_queues() throws IOException {
    BrowserWindow root = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    open(root);
    root.awaitText(AGENTS, "Ada Lovelace");

    root.click("#add-agent");
    root.paste("#agent-username", "nora");
    root.paste("#agent-display-name", "Nora");
    root.choose("#agent-role", "supervisor");
    root.click("#agent-queues [value=billing]");
    root.click("#agent-form-save");
    root.awaitText(AGENTS, "No password yet");
    root.awaitText("[data-queue=billing]", "Nora");
    // The event stream can show what is stored before the form has its answer and closes.
    root.awaitHidden("#agent-form");
    root.awaitFocus("#add-agent");
    String link = root.script("return document.querySelector('#password-link').value;");
    DeskPage nora = DeskPage.setUp(open(WindowShape.AGENT), link, "Nora", PASSWORD);
    nora.window().awaitText("#desk", "Team");

    root.expect(" 409 ");
    edit(root, "Ada Lovelace");
    root.choose("#agent-role", "agent");
    root.click("#agent-form-save");
    root.awaitText("#agent-form-error", "administrator");
    root.script("document.querySelector('#agent-form').close();");

    edit(root, "Nora");
    root.choose("#agent-role", "agent");
    root.paste("#agent-capacity", "2");
    root.click("#agent-queues [value=billing]");
    root.click("#agent-form-save");
    root.awaitText("[data-queue=billing]", "Everybody");
    assertThat(root.text("[data-agent=nora]")).contains("Agent", "2", "Active");

    edit(root, "Nora");
    root.click("#agent-link");
    root.awaitHidden("#agent-form");
    root.awaitVisible("#password-link");
    assertThat(root.script("return document.activeElement.ariaLabel;"))
        .as("the focus is back")
        .isEqualTo("Edit Nora");

    edit(root, "night");
    root.awaitText("#queue-configured", "Mon 00:00-24:00");
    root.awaitText("#queue-configured", "30 min");
    root.click("#queue-members [value=nora]");
    root.choose("#queue-assignment", "round_robin");
    root.paste("#queue-accept", "45");
    picture(root, "desk-queue");
    assertThat(Look.problems(root, WindowShape.AGENT)).as("the form of a queue").isEmpty();
    root.click("#queue-form-save");
    root.awaitText("[data-queue=night]", "Offered in turn");
    root.awaitText("[data-queue=night]", "Nora");
    root.await("Nora works in it", () -> root.text("[data-agent=nora]").contains("night"));

    edit(root, "Nora");
    root.click("#agent-disabled");
    nora.window().expect("401");
    root.click("#agent-form-save");
    root.awaitText("[data-agent=nora]", "Disabled");
    assertThat(Look.problems(root, WindowShape.AGENT)).as("the page").isEmpty();
    nora.window().awaitVisible("#login");
  }

  @Test
  @Tag("soak")
  void what_another_admin_changes_is_shown_at_once_and_replaced_only_by_who_has_seen_it()
      throws IOException {
    BrowserWindow root = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    relay().addAgent("bob", "Bob", PASSWORD);
    relay().addAgent("eve", "Eve", PASSWORD, Role.ADMIN);
    BrowserWindow eve = DeskPage.logIn(open(WindowShape.AGENT), relay().address(), "eve", PASSWORD)
        .window();
    open(root);
    root.awaitText(AGENTS, "Bob");
    open(eve);
    eve.awaitText(AGENTS, "Bob");

    edit(root, "Bob");
    root.paste("#agent-capacity", "3");
    edit(eve, "Bob");
    eve.paste("#agent-capacity", "7");
    eve.choose("#agent-role", "supervisor");
    eve.click("#agent-form-save");
    eve.awaitText("[data-agent=bob]", "7");

    root.awaitText("#agent-capacity-meanwhile", "set this to 7");
    root.await(
        "a field that is not touched follows",
        () -> root.script("return document.querySelector('#agent-role').value;")
            .equals("supervisor"));
    assertThat(root.script("return document.querySelector('#agent-capacity').value;"))
        .isEqualTo("3");
    root.click("#agent-form-save");
    root.awaitHidden("#agent-form");
    eve.await(
        "the page of the other follows", () -> eve.text("[data-agent=bob]").contains("3"));
    assertThat(eve.text("[data-agent=bob]")).contains("Supervisor");

    root.click("#add-queue");
    root.paste("#queue-name", "vip");
    root.click("#queue-form-save");
    eve.awaitText("#queue-rows", "vip");
    edit(root, "Bob");
    root.click("#agent-link");
    root.awaitVisible("#copy-link");
    root.click("#copy-link");
    assertThat(root.script("const field = document.querySelector('#password-link');"
            + "return String(field.selectionEnd - field.selectionStart === field.value.length);"))
        .isEqualTo("true");
  }

  @Test
  @Tag("soak")
  void a_supervisor_reads_them_and_an_agent_is_led_to_the_settings() throws IOException {
    firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow sue = supervisor(WindowShape.AGENT, "sue", "Sue").window();
    BrowserWindow bob = agent(WindowShape.AGENT, "bob", "Bob").window();

    open(sue);
    sue.awaitText(AGENTS, "Bob");
    assertThat(sue.text("[data-agent=bob]")).contains("Agent", "Active");
    sue.awaitText("#queue-rows", "billing");
    assertThat(sue.isVisible("#accounts button")).isFalse();
    open(bob);
    bob.awaitText("#settings-who", "Bob");
    assertThat(bob.isVisible("#view-accounts")).isFalse();
    assertThat(bob.isVisible("#accounts-card")).isFalse();
  }

  private static void open(BrowserWindow window) {
    window.script("window.location.hash = '#/accounts'; return '';");
  }

  private static void edit(BrowserWindow window, String name) {
    window.click("[aria-label='Edit " + name + "']");
  }
}
