package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Changing many conversations and cases at once, in two windows. */
class BulkIT extends BrowserTest {
  private static final String ROWS = "#conversations .conversation-row";

  @Test
  void a_range_is_chosen_by_mouse_and_a_refused_row_stays_chosen_and_says_why() throws IOException {
    for (String name : new String[] {"Ana", "Ben", "Cem"}) {
      anotherCustomerWaits(name, "My order has not come");
    }
    BrowserWindow bob = agent(WindowShape.AGENT, "bob", "Bob").window();
    bob.awaitText(ROWS, "Cem");
    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    ada.click("#tab-open");
    ada.awaitText(ROWS, "Cem");
    bob.click(ROWS);
    bob.click("#accept");
    bob.awaitText("#conversation-state", "With you");
    String taken = bob.text("#customer-name");
    ada.awaitText(ROWS, "With Bob");

    box(ada, 0, false);
    box(ada, 2, true);
    ada.awaitText("#list-bulk-count", "3 selected");
    assertThat(Look.problems(ada, WindowShape.AGENT)).isEmpty();
    ada.click("#list-bulk-apply");

    ada.awaitText("#list-bulk-outcome", "2 done, 1 refused.");
    ada.awaitText("#list-bulk-outcome", taken + ":");
    ada.awaitText("#list-bulk-count", "1 selected");
    ada.click("#tab-mine");
    ada.await("two are Ada's", () -> rows(ada) == 2);
    bob.click("#tab-open");
    bob.awaitText(ROWS, "With Ada Lovelace");
  }

  @Test
  @Tag("soak")
  void cases_are_chosen_and_changed_by_keyboard_alone_and_another_window_sees_it()
      throws IOException {
    anotherCustomerWaits("Ana", "My order has not come");
    anotherCustomerWaits("Ben", "It does not start");
    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    ada.awaitText(ROWS, "Ben");
    BrowserWindow bob = agent(WindowShape.AGENT, "bob", "Bob").window();
    bob.awaitText(ROWS, "Ben");
    ada.press("/");
    ada.await(
        "both cases",
        () -> ada.script("return String(document.querySelectorAll('#case-rows > li').length);")
            .equals("2"));
    ada.script("document.querySelectorAll('#case-rows a')[0].focus();");
    ada.press("x");
    ada.awaitText("#case-bulk-count", "1 selected");
    ada.script("document.querySelectorAll('#case-rows a')[1].focus();");
    ada.pressWithShift("x");
    ada.awaitText("#case-bulk-count", "2 selected");

    ada.choose("#case-bulk-action", "priority");
    ada.choose("#case-bulk-value", "URGENT");
    ada.script("document.querySelector('#case-bulk-apply').focus();");
    ada.press(Keys.ENTER);

    ada.awaitText("#case-bulk-outcome", "2 done, 0 refused.");
    ada.awaitHidden("#case-bulk-form");
    ada.await(
        "both are urgent",
        () -> ada.allTexts("#case-rows .badge--danger").equals("Urgent\nUrgent"));
    bob.await(
        "both are urgent",
        () -> bob.allTexts("#conversations .badge--danger").equals("Urgent\nUrgent"));

    changeBothCases(ada, "ada");
    ada.await("both are Ada's", () -> assigned(ada).equals("Ada Lovelace\nAda Lovelace"));
    changeBothCases(ada, " nobody");
    ada.await("both are nobody's", () -> assigned(ada).isEmpty());
  }

  private static void changeBothCases(BrowserWindow window, String assignee) {
    window.script("document.querySelectorAll('#case-rows a')[0].focus();");
    window.press("x");
    window.awaitText("#case-bulk-count", "1 selected");
    window.script("document.querySelectorAll('#case-rows a')[1].focus();");
    window.pressWithShift("x");
    window.awaitText("#case-bulk-count", "2 selected");
    window.choose("#case-bulk-action", "assign");
    window.await(
        "the choice",
        () -> window
            .script(
                "return String(Boolean(document.querySelector(`#case-bulk-value [value=\"${arguments[0]}\"]`)));",
                assignee)
            .equals("true"));
    window.choose("#case-bulk-value", assignee);
    window.click("#case-bulk-apply");
    window.awaitText("#case-bulk-outcome", "2 done, 0 refused.");
    window.awaitHidden("#case-bulk-form");
  }

  private static String assigned(BrowserWindow window) {
    return window.allTexts("#case-rows .conversation-row__facts bdi");
  }

  @Test
  @Tag("soak")
  void a_lost_session_loses_no_selection() throws IOException {
    anotherCustomerWaits("Ana", "My order has not come");
    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    ada.awaitText(ROWS, "Ana");
    box(ada, 0, false);
    ada.choose("#list-bulk-action", "tag");
    ada.paste("#list-bulk-value", "late");
    ada.loseCookies();
    // Another request may notice first that the session is gone; then the form lies behind the
    // log-in.
    ada.script("document.querySelector('#list-bulk-apply').click();");
    ada.awaitVisible("#login");
    ada.type("#password", PASSWORD, Keys.ENTER);
    ada.awaitHidden("#login");

    ada.awaitText("#list-bulk-count", "1 selected");
    assertThat(ada.script("return document.querySelector('#list-bulk-value').value;"))
        .isEqualTo("late");
    ada.click("#list-bulk-apply");
    ada.awaitText("#list-bulk-outcome", "1 done, 0 refused.");
  }

  private static void box(BrowserWindow window, int row, boolean withShift) {
    window.await(
        "row " + row,
        () -> window
            .script(
                "const box = document.querySelectorAll('#conversations .row-box input')[arguments[0]];"
                    + "box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: arguments[1] }));"
                    + "return String(Boolean(box));",
                row,
                withShift)
            .equals("true"));
  }

  private static int rows(BrowserWindow window) {
    return Integer.parseInt(
        window.script("return String(document.querySelectorAll(arguments[0]).length);", ROWS));
  }
}
