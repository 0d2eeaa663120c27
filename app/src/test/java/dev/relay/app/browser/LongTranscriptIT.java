package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A transcript that is longer than what a page holds at a time. */
@Tag("soak")
class LongTranscriptIT extends BrowserTest {
  private static final int MESSAGES = 150;
  /** The most elements that a page may have, however long the transcript. */
  private static final int MOST_ELEMENTS = 2_000;

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_LIMITS_MESSAGES_AT_ONCE", "1000");
  }

  @Test
  void a_page_holds_the_part_around_the_reader_who_can_reach_every_message() throws IOException {
    Visitor visitor = new Visitor(relay().address(), "Mara Lindqvist");
    // The virtual agent answers nobody who waits for a person.
    visitor.ask("I have much to say");
    for (int i = 1; i <= MESSAGES; i++) {
      visitor.say("Message " + i + " of many");
    }
    visitor.say("The last one");
    BrowserWindow desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    desk.click("#conversations .conversation-row");
    desk.awaitText("#messages", "The last one");
    printsEverything(desk);
    desk.reload();
    desk.awaitText("#messages", "The last one");
    readToTheBeginning(desk, "#scroll");

    BrowserWindow chat = open(WindowShape.CUSTOMER);
    chat.go(relay().address() + "/chat");
    chat.script("localStorage.setItem('relay.chat.token', arguments[0]);", visitor.token());
    chat.reload();
    chat.awaitText("#messages", "The last one");
    assertThat(chat.text("#messages")).doesNotContain("Message 1 of many");
    printsEverything(chat);
    chat.reload();
    chat.awaitText("#messages", "The last one");
    readToTheBeginning(chat, "#scroll");

    chat.click("#jump");
    chat.awaitText("#messages", "The last one");
    assertThat(chat.elements()).isLessThan(MOST_ELEMENTS);
  }

  /** What is printed before the keys are pressed says that it is not all; the keys print all, and the page is as short as before. */
  private static void printsEverything(BrowserWindow window) {
    window.script("""
        window.print = () => {
          dispatchEvent(new Event("beforeprint"));
          window.printed = document.querySelector("#messages").innerText;
          dispatchEvent(new Event("afterprint"));
        };
        window.print();
        """);
    assertThat(printed(window))
        .contains("The last one", "There are earlier messages")
        .doesNotContain("Message 1 of many");
    window.script("window.printed = '';");
    window.pressWithControl("p");
    window.await("printed", () -> !printed(window).isEmpty());
    String printed = printed(window);
    for (int i = 1; i <= MESSAGES; i++) {
      assertThat(printed).containsOnlyOnce("Message " + i + " of many");
    }
    assertThat(printed).doesNotContain("There are earlier messages");
    assertThat(window.elements()).isLessThan(MOST_ELEMENTS);
  }

  private static String printed(BrowserWindow window) {
    return window.script("return window.printed;");
  }

  private static void readToTheBeginning(BrowserWindow window, String scroll) {
    assertThat(window.elements()).isLessThan(MOST_ELEMENTS);
    window.await("the first message", () -> {
      window.script(
          "const scroll = document.querySelector(arguments[0]);"
              + "scroll.scrollTop = Math.max(1, scroll.scrollTop - 500); scroll.scrollTop -= 1;",
          scroll);
      return window.text("#messages").contains("Message 1 of many");
    });
    assertThat(window.elements()).isLessThan(MOST_ELEMENTS);
    String numbers = window.script(
        "return [...document.querySelectorAll('#messages [data-author=customer]')]"
            + ".map((one) => /Message (\\d+)/.exec(one.innerText)?.[1] ?? '').filter(Boolean).join(' ');");
    String[] shown = numbers.split(" ", -1);
    for (int i = 0; i < shown.length; i++) {
      assertThat(shown[i]).as(numbers).isEqualTo(Integer.toString(i + 1));
    }
  }
}
