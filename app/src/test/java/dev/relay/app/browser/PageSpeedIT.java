package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What the pages cost to load: requests and bytes. {@link LongTranscriptIT} and {@link ListIT} count elements; times depend on the machine
 * and are measured by tools/pages/measure.mjs.
 */
class PageSpeedIT extends BrowserTest {
  private static final int MOST_REQUESTS = 12;
  private static final int MOST_BYTES = 90_000;
  private static final int MOST_BYTES_AGAIN = 3_000;

  private static final String TRANSFER = """
      const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
      const pages = all.filter((one) => !one.name.includes('/api/'));
      return `${all.length} ${all.reduce((sum, one) => sum + one.transferSize, 0)} ${pages.reduce((sum, one) => sum + one.transferSize, 0)}`;
      """;

  @Test
  void pages_are_few_requests_and_few_bytes() throws IOException {
    BrowserWindow chat = open(WindowShape.CUSTOMER);
    chat.go(relay().address() + "/chat");
    chat.awaitVisible("#welcome");
    load("chat", chat);
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.window().reload();
    desk.window().awaitVisible("#desk");
    load("desk", desk.window());
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
}
