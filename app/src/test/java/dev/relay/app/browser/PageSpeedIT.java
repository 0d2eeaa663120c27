package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the pages cost: requests, bytes, elements. With {@code -Drelay.speed=full} the transcript has 5,000 messages and the list 1,000
 * rows, as in docs/performance.md. Times are printed and never asserted, because they depend on the machine.
 */
class PageSpeedIT extends BrowserTest {
  private static final boolean FULL = "full".equals(System.getProperty("relay.speed"));
  private static final int MESSAGES = FULL ? 5_000 : 150;
  private static final int ROWS = FULL ? 1_000 : 60;
  private static final int EVENTS = 20;

  private static final int MOST_REQUESTS = 12;
  private static final int MOST_BYTES = 90_000;
  private static final int MOST_BYTES_AGAIN = 3_000;
  private static final int MOST_ELEMENTS = 2_000;

  private static final String TRANSFER = """
      const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
      const pages = all.filter((one) => !one.name.includes('/api/'));
      return `${all.length} ${all.reduce((sum, one) => sum + one.transferSize, 0)} ${pages.reduce((sum, one) => sum + one.transferSize, 0)}`;
      """;

  private final List<String> figures = new ArrayList<>();

  @Override
  Map<String, String> settings() {
    return Map.of(
        "RELAY_LIMITS_MESSAGES_AT_ONCE", "100000",
        "RELAY_LIMITS_CHAT_SESSIONS_PER_ADDRESS", "100000",
        "RELAY_LIMITS_TEXT_MEGABYTES_PER_ADDRESS", "1000");
  }

  @Test
  void pages_are_few_requests_few_bytes_and_few_elements_whatever_they_show() throws IOException {
    BrowserWindow chat = open(WindowShape.CUSTOMER);
    chat.go(relay().address() + "/chat");
    chat.awaitVisible("#welcome");
    load("chat", chat);
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.window().reload();
    desk.window().awaitVisible("#desk");
    load("desk", desk.window());

    longTranscript(chat);
    longList(desk.window());

    figures.forEach(System.out::println);
  }

  /** Measures the first load, for which the cache is cleared, and the second. */
  private void load(String name, BrowserWindow window) {
    window.clearCache();
    window.reload();
    window.await("the page is complete", () -> isLoaded(window));
    long[] first = transfer(window);
    window.reload();
    window.await("the page is complete", () -> isLoaded(window));
    long[] second = transfer(window);
    figures.add(
        name + ": first load " + first[0] + " requests, " + first[1] + " bytes; second load "
            + second[0] + " requests, " + second[2] + " bytes without answers of the interface");
    assertThat(first[0]).as(name).isLessThanOrEqualTo(MOST_REQUESTS);
    assertThat(first[1]).as(name).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(second[2]).as(name).isLessThanOrEqualTo(MOST_BYTES_AGAIN);
  }

  private static boolean isLoaded(BrowserWindow window) {
    return window.script("return document.readyState;").equals("complete")
        && window
            .script(
                "return String(document.querySelector('#welcome, #list-rest')?.innerText.length ?? 0);")
            .matches("[1-9]\\d*");
  }

  private static long[] transfer(BrowserWindow window) {
    String[] parts = window.script(TRANSFER).split(" ", -1);
    return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])
    };
  }

  private void longTranscript(BrowserWindow chat) {
    Visitor visitor = new Visitor(relay().address(), "Mara Lindqvist");
    for (int i = 1; i <= MESSAGES; i++) {
      visitor.say("Message " + i + ": the lantern does not light");
    }
    chat.script("localStorage.setItem('relay.chat.token', arguments[0]);", visitor.token());
    chat.whenShown("#messages .message:nth-of-type(20)");
    chat.reload();
    chat.awaitText("#messages", "Message " + MESSAGES);
    figures.add("chat with " + MESSAGES + " messages: shown after "
        + chat.script("return String(Math.round(window.relayShown));") + " ms, " + elements(chat)
        + " elements");
    assertThat(elements(chat)).isLessThanOrEqualTo(MOST_ELEMENTS);
  }

  private void longList(BrowserWindow desk) {
    for (int i = 1; i <= ROWS; i++) {
      anotherCustomerWaits("Customer " + i, "My order has not come");
    }
    desk.await("the last row", () -> {
      desk.script("document.querySelector('#list').scrollTop = 1e9;");
      return desk.allTexts("#conversations .conversation-row").contains("Customer " + ROWS);
    });
    double before = desk.taskSeconds();
    for (int i = 1; i <= EVENTS; i++) {
      anotherCustomerWaits("Late " + i, "And mine");
    }
    desk.awaitText("#count-waiting", String.valueOf(ROWS + EVENTS));
    double each = (desk.taskSeconds() - before) * 1000 / EVENTS;
    figures.add("desk with " + ROWS + " rows: " + String.format(Locale.ROOT, "%.1f", each)
        + " ms of processor time for each new customer, " + elements(desk) + " elements");
    assertThat(elements(desk)).isLessThanOrEqualTo(MOST_ELEMENTS);
  }

  private static int elements(BrowserWindow window) {
    return Integer.parseInt(window.script("return String(document.querySelectorAll('*').length);"));
  }
}
