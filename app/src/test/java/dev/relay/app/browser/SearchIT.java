package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Agents find a message, a case and a command by keyboard alone, and only what they may see. */
class SearchIT extends BrowserTest {
  /** More than two pages of the transcript that the desk reads at a time. */
  private static final int LATER_MESSAGES = 150;

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_LIMITS_MESSAGES_AT_ONCE", "1000");
  }

  @Test
  void a_message_far_back_is_found_by_keyboard_alone_and_not_by_an_agent_of_another_queue()
      throws IOException {
    DeskPage admin = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow ada = admin.window();
    BrowserWindow bob = agent(WindowShape.AGENT, "bob", "Bob Ross").window();
    Visitor visitor = new Visitor(relay().address(), "Zoë Nováková");
    visitor.ask("My <b>xylophone</b> está rota");
    for (int i = 1; i <= LATER_MESSAGES; i++) {
      visitor.say("Message " + i);
    }
    ada.awaitText("#conversations", "Zoë");
    admin.limitQueueTo("admin");

    ada.press("s");
    ada.awaitFocus("#find-input");
    ada.press("ROTA xylo");
    ada.awaitText("#find-list", "Messages");
    ada.awaitText("#find-state", "2 results");
    picture(ada, "desk-search");
    assertThat(ada.allTexts("#find-list mark")).contains("xylophone").contains("rota");
    ada.await("the message is chosen", () -> {
      ada.press(Keys.ARROW_DOWN);
      return ada.isFocused("#find-input")
          && ada.script("return document.querySelector('#find-list [aria-selected=true]').id;")
              .startsWith("find-messages");
    });
    ada.press(Keys.ENTER);

    ada.awaitText("#messages", "xylophone");
    ada.awaitFocus(".message--found");
    assertThat(ada.text(".message--found")).contains("My <b>xylophone</b> está rota");

    bob.press("s");
    bob.awaitFocus("#find-input");
    for (String words : new String[] {"xylophone", "novakova", "#1001"}) {
      bob.script("document.querySelector('#find-input').select();");
      bob.press(words);
      bob.awaitText("#find-state", "Nothing found");
      bob.awaitHidden("#find-list");
    }
    bob.press(Keys.ESCAPE);
    bob.awaitVisible("#view-conversations");
    bob.awaitHidden("#find-input");
  }

  @Test
  void a_search_has_an_address_to_which_going_back_reloading_and_links_lead() throws IOException {
    BrowserWindow ada = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    anotherCustomerWaits("Grace Hopper", "The 50% / 60% lantern is dark");
    ada.awaitText("#conversations", "Grace");

    ada.click("#nav-search");
    ada.awaitFocus("#find-input");
    ada.press("50% / lantern");
    ada.awaitText("#find-list", "Messages");
    ada.await(
        "the words are in the address", () -> hash(ada).equals("#/search/50%25%20%2F%20lantern"));
    ada.await("the message is chosen", () -> {
      ada.press(Keys.ARROW_DOWN);
      return ada.script("return document.querySelector('#find-list [aria-selected=true]').id;")
          .startsWith("find-messages");
    });
    ada.press(Keys.ENTER);
    ada.awaitFocus(".message--found");

    ada.script("history.back(); return '';");
    ada.awaitText("#find-list", "lantern");
    assertThat(ada.script("return document.querySelector('#find-input').value;"))
        .isEqualTo("50% / lantern");
    ada.script("history.forward(); return '';");
    ada.awaitText("#messages", "lantern");
    ada.script("history.back(); return '';");
    ada.awaitText("#find-list", "lantern");
    ada.reload();
    ada.awaitText("#find-list", "lantern");
    assertThat(
            ada.script(
                "return document.querySelector('#find-list a[id^=find-messages]').getAttribute('href');"))
        .as("a result can be opened in another tab")
        .matches("#/conversations/\\w+/1/at/\\d+");
    ada.press(Keys.ESCAPE);
    ada.awaitVisible("#view-conversations");
    ada.awaitFocus("#nav-conversations");

    ada.pressWithControl("k");
    ada.awaitVisible("#palette");
    ada.press("Hopper");
    ada.awaitText("#palette-list", "Search for");
    ada.script(
        "[...document.querySelectorAll('#palette-list .find__option')].find((one) => one.textContent.includes('Search for')).click();");
    ada.awaitHidden("#palette");
    ada.await("the search", () -> hash(ada).equals("#/search/Hopper"));
    ada.awaitText("#find-list", "Customers");

    ada.pressWithControl("k");
    ada.awaitFocus("#palette-input");
    assertThat(ada.script("const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);"
            + "return ids.filter((id, at) => ids.indexOf(id) !== at).join();"))
        .as("ids that the palette repeats")
        .isEmpty();
  }

  private static String hash(BrowserWindow window) {
    return window.script("return location.hash;");
  }

  @Test
  @Tag("soak")
  void the_palette_does_what_the_present_place_allows_and_returns_the_focus() throws IOException {
    BrowserWindow ada = firstAgent(WindowShape.AGENT, "Ada Lovelace").window();
    anotherCustomerWaits("Grace", "It is broken");
    ada.awaitText("#conversations", "Grace");
    ada.press("j");
    ada.awaitVisible("#accept");

    ada.pressWithControl("k");
    ada.awaitText("#palette-list", "Accept");
    assertThat(ada.text("#palette-list")).doesNotContain("End conversation");
    picture(ada, "desk-palette");
    ada.press("acpt", Keys.ENTER);
    ada.awaitText("#conversation-state", "With you");
    ada.awaitHidden("#palette");

    ada.awaitFocus("#text");
    ada.pressWithControl("k");
    ada.awaitVisible("#palette");
    ada.press(Keys.ESCAPE);
    ada.awaitHidden("#palette");
    assertThat(ada.isFocused("#text")).isTrue();

    ada.pressWithControl("k");
    ada.awaitFocus("#palette-input");
    ada.press("#1001");
    ada.awaitText("#palette-list", "Case #1001");
    ada.press(Keys.ENTER);
    ada.await("the case", () -> ada.script("return location.hash;").equals("#/cases/1001"));

    ada.awaitHidden("#palette");
    ada.pressWithControl("k");
    ada.awaitFocus("#palette-input");
    ada.press("grac");
    ada.awaitText("#palette-list", "Customers");
    ada.press(Keys.ARROW_UP, Keys.ENTER);
    ada.await(
        "the customer's conversation",
        () -> ada.script("return location.hash;").matches("#/conversations/\\w+/1/details"));
  }
}
