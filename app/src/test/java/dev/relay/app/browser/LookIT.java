package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Light and dark, English and Spanish, wide and narrow, by finger and screen reader: every page and state. */
class LookIT extends BrowserTest {
  private final List<String> problems = new ArrayList<>();

  /** Reports the problems of all states together. */
  @AfterEach
  void everythingLooksAsItShould() {
    assertThat(problems).isEmpty();
  }

  @Test
  void the_chat() throws IOException {
    ChatPage chat = customer(WindowShape.CUSTOMER);
    BrowserWindow window = chat.window();
    looks("welcome", window, WindowShape.CUSTOMER);
    chat.say("I cannot log in");
    window.awaitVisible("#messages .article");
    looks("answer", window, WindowShape.CUSTOMER);
    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");
    looks("waiting", window, WindowShape.CUSTOMER);
    window.click("#menu-button");
    window.awaitVisible("#menu");
    looks("menu", window, WindowShape.CUSTOMER);
    window.click("#show-cases");
    window.awaitVisible("#case-list li");
    looks("cases", window, WindowShape.CUSTOMER);
  }

  @Test
  void the_desk() throws IOException {
    WindowShape shape = WindowShape.AGENT;
    BrowserWindow window = open(shape);
    window.go(relay().setUpLink());
    window.awaitVisible("#setup-submit");
    looks("set-up", window, shape);
    DeskPage desk = DeskPage.setUp(window, relay().setUpLink(), "Ada Lovelace", PASSWORD);
    for (String view : List.of("conversations", "cases", "undelivered", "settings")) {
      window.click("#nav-" + view);
      window.awaitVisible("#view-" + view);
      looks(view, window, shape);
    }
    window.click("#show-help");
    window.awaitVisible("#help");
    looks("help", window, shape);
    window.click("#help [data-close]");
    window.awaitHidden("#help");

    window.click("#nav-conversations");
    window.choose("#presence", "online");
    window.click("#show-team");
    window.awaitText("#team", "Ada Lovelace\tOnline");
    looks("team", window, shape);
    window.click("#close-team");
    desk.offerConversations(Duration.ofMinutes(10));
    anotherCustomerWaits("Mara Lindqvist", "I cannot log in to my account any more");
    window.awaitVisible("#offer");
    looks("offer", window, shape);
    window.click("#offer-decline");
    window.awaitHidden("#offer");
    desk.openFirst();
    desk.awaitMessage("customer", "I cannot log in");
    looks("conversation that waits", window, shape);
    desk.accept();
    desk.say("Hello, I am looking into it.");
    desk.awaitMessage("agent", "Hello, I am looking into it.");
    looks("own conversation", window, shape);
    window.click("#mode-internal");
    desk.whisper("She has written before.");
    desk.awaitInternal("She has written before.");
    looks("internal message", window, shape);
    window.click("#mode-answer");
    window.click("#pass-on-open");
    window.awaitVisible("#pass-on-target");
    looks("passing on", window, shape);
    window.press(Keys.ESCAPE);
    window.awaitHidden("#pass-on");
    window.click("#show-search");
    window.type("#find-input", "account");
    window.awaitText("#find-list", "Mara Lindqvist");
    looks("search", window, shape);
    window.press(Keys.ESCAPE);
    window.awaitHidden("#find");
    window.script("location.hash += '/details'; return '';");
    window.awaitVisible("#conversation-case-subject");
    looks("details", window, shape);
    window.script("history.back(); return '';");
    window.click("#insert-article");
    window.awaitVisible("#article-results .article");
    looks("articles", window, shape);
    window.click("#articles [data-close]");
    window.click("#end");
    window.awaitVisible("#end-dialog");
    looks("end", window, shape);
    window.click("#end-dialog [data-close]");

    window.click("#nav-cases");
    window.click("#case-rows a");
    window.awaitText("#case-detail .timeline", "I am looking into it");
    looks("case with its timeline", window, shape);
    window.click("#nav-settings");
    window.click("#sign-out");
    window.awaitVisible("#username");
    looks("login", window, shape);
  }

  @Test
  void both_pages_are_spanish_for_readers_of_spanish() throws IOException {
    ChatPage chat = customer(WindowShape.PHONE.speaking("es-ES"));
    chat.window().awaitText("#welcome", "¿En qué podemos ayudarte?");
    chat.say("No puedo iniciar sesión");
    chat.window().awaitVisible("#messages .article");
    chat.talkToAPerson();
    chat.awaitStatus("Esperando a una persona del equipo");
    DeskPage desk = firstAgent(WindowShape.AGENT.speaking("es-ES"), "Ada Lovelace");
    desk.window().awaitText("#tabs", "En espera");
    desk.openFirst();
    desk.window().awaitText("#conversation-info", "El cliente espera.");
    desk.window().script("location.hash = '#/settings'; return '';");
    desk.window().choose("#language", "en");
    desk.window().awaitText("#view-settings", "Signed in as Ada Lovelace");
  }

  private void looks(String state, BrowserWindow window, WindowShape shape) {
    Look.problems(window, shape).forEach(problem -> problems.add(state + ": " + problem));
  }
}
