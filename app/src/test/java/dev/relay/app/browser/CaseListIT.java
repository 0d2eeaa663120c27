package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list of cases, and a case that is put aside. */
class CaseListIT extends BrowserTest {
  /** Opens cases of the first customer by the interface, or changes one. */
  private static final String CALL = """
      const [method, path, bodies, done] = arguments;
      const call = async () => {
        const me = await (await fetch('/api/v1/agents/me')).json();
        for (const body of JSON.parse(bodies)) {
          const answer = await fetch('/api/v1/' + path, {
            method,
            headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrfToken },
            body: JSON.stringify(body),
          });
          if (!answer.ok) {
            return answer.text();
          }
        }
        return 'done';
      };
      call().then(done, done);""";

  private static final String FIFTY_FOUR_CASES = """
      return JSON.stringify(Array.from({ length: 54 }, (_, at) =>
        ({ customerId: '1', kind: 'SUPPORT', priority: 'NORMAL', subject: 'Lantern ' + at, description: '', tags: [] })));""";

  /** Types a time so many days ahead. */
  private static final String TYPE_TIME = """
      const field = document.querySelector('#case-detail-snoozedUntil');
      field.focus();
      field.value = new Date(Date.now() + arguments[0] * 86400000).toISOString().slice(0, 16);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return '';""";

  @Test
  @Tag("soak")
  void a_long_list_keeps_what_was_loaded_when_one_of_its_cases_changes() throws IOException {
    BrowserWindow desk = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    anotherCustomerWaits("Ana", "The arena crashes");
    desk.awaitText("#conversations", "Ana");
    String cases = desk.script(FIFTY_FOUR_CASES);
    assertThat(desk.scriptWithCallback(CALL, "POST", "cases", cases)).isEqualTo("done");
    desk.script("location.hash = '#/cases'; return '';");
    desk.await("the first page", () -> rows(desk) == 50);
    desk.click("#case-rest .button");
    desk.await("all", () -> rows(desk) == 55);

    String urgent = "[{\"priority\":\"URGENT\"}]";
    assertThat(desk.scriptWithCallback(CALL, "PATCH", "cases/1001", urgent)).isEqualTo("done");

    desk.awaitText("#case-rows", "Urgent");
    assertThat(rows(desk)).isEqualTo(55);
  }

  @Test
  void a_case_is_put_aside_by_enter() throws IOException {
    BrowserWindow desk = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    anotherCustomerWaits("Ana", "The arena crashes");
    desk.script("location.hash = '#/cases/1001'; return '';");
    desk.awaitVisible("#case-detail-snoozedUntil");

    desk.expect(" 400 ");
    desk.script(TYPE_TIME, 400);
    desk.press(Keys.ENTER);
    desk.awaitText("#toasts", "the time is over, or more than a year ahead");
    desk.script(TYPE_TIME, 7);
    desk.press(Keys.ENTER);

    desk.awaitText("#toasts", "Saved");
    assertThat(desk.isFocused("#case-detail-snoozedUntil"))
        .as("Enter saves, not the field that is left")
        .isTrue();
    desk.reload();
    desk.await(
        "it is put aside",
        () -> desk.script(
                "return document.querySelector('#case-detail-snoozedUntil')?.value ?? '';")
            .matches("\\d{4}-.*"));
  }

  private static int rows(BrowserWindow window) {
    return Integer.parseInt(
        window.script("return String(document.querySelectorAll('#case-rows > li').length);"));
  }
}
