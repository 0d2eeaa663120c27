package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list of conversations at the desk. */
class ListIT extends BrowserTest {
  private static final String ROWS = "#conversations .conversation-row";

  @Test
  @Tag("soak")
  void many_conversations_fit_the_window_and_can_be_filtered_and_chosen_by_keyboard()
      throws IOException {
    for (int i = 1; i <= 60; i++) {
      anotherCustomerWaits("Customer " + i, "My order " + i + " has not come");
    }
    BrowserWindow desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    desk.awaitText(ROWS, "My order 1 has not come");
    desk.awaitVisible("#presence");

    assertThat(rows(desk, "one.getBoundingClientRect().bottom <= 900")).isGreaterThanOrEqualTo(16);
    assertThat(rows(desk, "true")).isBetween(16, 50);
    desk.await("all are unread", () -> rows(desk, "one.matches('.is-unread')") >= 16);

    desk.script("document.querySelector('#list').scrollTop = 1e6;");
    desk.awaitText(ROWS, "My order 60 has not come");
    anotherCustomerWaits("Customer 61", "My order 61 has not come");
    desk.awaitText("#count-waiting", "61");
    assertThat(desk.elements()).isLessThanOrEqualTo(2_000);
    desk.script("document.querySelector('#list').scrollTop = 0;");
    desk.awaitText(ROWS, "My order 2 has not come");

    desk.script("document.querySelectorAll(arguments[0])[1].focus();", ROWS);
    desk.press(Keys.ENTER);
    desk.awaitText("#messages", "My order 2 has not come");
    desk.await(
        "the row is read",
        () -> !desk.script("return document.activeElement.className;").contains("is-unread"));
    assertThat(
            desk.script(
                "return String(document.activeElement.matches('.conversation-row[aria-current=true]'));"))
        .isEqualTo("true");

    desk.choose("#conversation-case-priority", "URGENT");
    desk.awaitText(ROWS, "Urgent");
    desk.click("#show-filters");
    desk.choose("#filter-priority", "URGENT");
    desk.await("one row is left", () -> rows(desk, "true") == 1);
    desk.awaitText(ROWS, "Customer 2");
    desk.choose("#filter-priority", "LOW");
    desk.awaitText("#list-rest", "No matching conversations");
    desk.click("#clear-filters");
    desk.awaitText(ROWS, "Customer 1");
  }

  @Test
  void what_is_read_in_one_window_is_read_in_the_other_and_after_a_reload() throws IOException {
    anotherCustomerWaits("Ana", "Where is my order?");
    anotherCustomerWaits("Ben", "It does not start");
    BrowserWindow first = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    BrowserWindow second = DeskPage.logIn(
            open(WindowShape.AGENT), relay().address(), "ada", PASSWORD)
        .window();
    first.await("both are unread", () -> rows(first, "one.matches('.is-unread')") == 2);
    second.await("both are unread", () -> rows(second, "one.matches('.is-unread')") == 2);

    first.click(ROWS);
    first.awaitText("#messages", "Where is my order?");

    second.await("one is read", () -> rows(second, "one.matches('.is-unread')") == 1);
    second.reload();
    second.awaitText(ROWS, "Ben");
    second.await("one is still read", () -> rows(second, "one.matches('.is-unread')") == 1);
    assertThat(rows(second, "one.matches('.is-unread') && one.innerText.includes('Ben')"))
        .isEqualTo(1);
  }

  @Test
  void a_view_is_saved_for_the_team_and_chosen_in_another_window() throws IOException {
    anotherCustomerWaits("Ana", "Where is my order?");
    anotherCustomerWaits("Ben", "It does not start");
    BrowserWindow boss = supervisor(WindowShape.AGENT, "eve", "Eve Boss").window();
    boss.awaitText(ROWS, "Ana");
    boss.click(ROWS);
    boss.choose("#conversation-case-priority", "URGENT");
    boss.awaitText(ROWS, "Urgent");
    boss.click("#show-filters");
    boss.choose("#filter-priority", "URGENT");
    boss.paste("#view-name", "On fire");
    boss.click("#view-shared");
    boss.click("#view-save");
    boss.awaitText("#view", "On fire");

    BrowserWindow agent = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    agent.click("#tab-open");
    agent.await("all are shown", () -> rows(agent, "true") == 2);
    agent.awaitText("#view", "On fire");
    agent.script("const view = document.querySelector('#view'); view.value = view.options[1].value;"
        + "view.dispatchEvent(new Event('change', { bubbles: true }));");
    agent.await("one is left", () -> rows(agent, "true") == 1);
    agent.awaitText(ROWS, "Ana");
    assertThat(agent.script("return location.hash;")).contains("/waiting");
    agent.click("#show-filters");
    assertThat(agent.isVisible("#view-remove")).as("only supervisors remove it").isFalse();
    assertThat(agent.isVisible("#view-shared")).isFalse();
    boss.click("#view-remove");
    boss.awaitHidden("#view");
  }

  @Test
  @Tag("soak")
  void a_view_that_is_saved_after_the_session_has_ended_keeps_its_name() throws IOException {
    anotherCustomerWaits("Ana", "Where is my order?");
    BrowserWindow desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    desk.awaitText(ROWS, "Ana");
    desk.click("#show-filters");
    desk.paste("#view-name", "Mine alone");
    desk.loseCookies();
    // Another request may notice first that the session is gone; then the form lies behind the
    // log-in.
    desk.script("document.querySelector('#view-save').click();");
    desk.awaitVisible("#login");
    desk.type("#password", PASSWORD, Keys.ENTER);
    desk.awaitHidden("#login");
    assertThat(desk.script("return document.querySelector('#view-name').value;"))
        .isEqualTo("Mine alone");
    desk.click("#view-save");
    desk.awaitText("#view", "Mine alone");
  }

  private static int rows(BrowserWindow window, String condition) {
    return Integer.parseInt(window.script(
        "return String([...document.querySelectorAll(arguments[0])].filter((one) => " + condition
            + ").length);",
        ROWS));
  }
}
