package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list of conversations at the desk. */
class ListIT extends BrowserTest {
  private static final String ROWS = "#conversations .conversation-row";

  @Test
  void many_conversations_fit_the_window_and_can_be_filtered_and_chosen_by_keyboard()
      throws IOException {
    for (int i = 1; i <= 60; i++) {
      anotherCustomerWaits("Customer " + i, "My order " + i + " has not come");
    }
    BrowserWindow desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    desk.awaitText(ROWS, "My order 1 has not come");

    assertThat(rows(desk, "one.getBoundingClientRect().bottom <= 900")).isGreaterThanOrEqualTo(16);
    assertThat(rows(desk, "true")).isBetween(16, 50);
    assertThat(rows(desk, "one.matches('.is-unread')")).isGreaterThanOrEqualTo(16);

    desk.script("document.querySelector('#list').scrollTop = 1e6;");
    desk.awaitText(ROWS, "My order 60 has not come");
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

  private static int rows(BrowserWindow window, String condition) {
    return Integer.parseInt(window.script(
        "return String([...document.querySelectorAll(arguments[0])].filter((one) => " + condition
            + ").length);",
        ROWS));
  }
}
