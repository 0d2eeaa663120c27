package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the pages cost to load: requests and bytes. {@link LongTranscriptIT} and {@link ListIT} count elements; times depend on the machine
 * and are measured by tools/pages/measure.mjs.
 */
@Tag("soak")
class PageSpeedIT extends BrowserTest {
  private static final int MOST_REQUESTS = 12;
  private static final int MOST_BYTES = 90_000;
  private static final int MOST_BYTES_AGAIN = 3_000;

  private static final String TRANSFER = """
      const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
      const pages = all.filter((one) => !one.name.includes('/api/'));
      return `${all.length} ${all.reduce((sum, one) => sum + one.transferSize, 0)} ${pages.reduce((sum, one) => sum + one.transferSize, 0)}`;
      """;

  /** Calls follow each other: what was asked for last is long answered when the page has been quiet for that many milliseconds. */
  private static final String IS_QUIET = """
      const all = performance.getEntriesByType('resource');
      const isReady = document.readyState === 'complete' && document.querySelector('#list-rest .loading') === null;
      return String(isReady && performance.now() - Math.max(...all.map((one) => one.responseEnd)) > 700);
      """;

  /** When the list of those who wait was requested, in milliseconds since the page began to load. */
  private static final String WAITING_LISTS = """
      return performance.getEntriesByType('resource').filter((one) => one.name.includes('state=waiting'))
        .map((one) => Math.round(one.startTime)).join(' ');
      """;

  /** How long the desk waits for its stream before it reads the list without it, which it then has to read again. */
  private static final int DESK_PATIENCE = 2_000;

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
    List<Integer> reads = Pattern.compile(" ")
        .splitAsStream(desk.window().script(WAITING_LISTS))
        .map(Integer::valueOf)
        .toList();
    assertThat(reads).isNotEmpty();
    assertThat(reads.subList(1, reads.size()))
        .as("the list is read again only if its stream was late: %s", reads)
        .allSatisfy(again -> assertThat(again).isGreaterThanOrEqualTo(DESK_PATIENCE));
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
    return window.script(IS_QUIET).equals("true")
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
