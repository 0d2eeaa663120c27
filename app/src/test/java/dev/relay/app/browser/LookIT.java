package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Light and dark, English and Spanish, wide and narrow, by finger and screen reader: every page and state. */
@Tag("soak")
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
    window.click("#cases [data-close]");
    window.click("#messages [data-article]");
    window.awaitVisible("#article-text");
    looks("article", window, WindowShape.CUSTOMER);
    window.press(Keys.ESCAPE);
    window.awaitHidden("#article");

    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    desk.openFirst();
    desk.accept();
    desk.say("Hello, I am *looking* into it: https://example.com/help");
    chat.awaitMessage("agent", "I am looking into it");
    chat.say("Thank you");
    chat.awaitDelivered();
    looks("live", window, WindowShape.CUSTOMER);
    window.click("#messages .message__change");
    window.awaitVisible(".menu [role=menuitem], [popover]:popover-open button");
    looks("menu of a message", window, WindowShape.CUSTOMER);
    window.press(Keys.ESCAPE);
    window.click("#menu-button");
    window.click("#end");
    window.awaitVisible("#question");
    looks("question", window, WindowShape.CUSTOMER);
    window.click("#question [data-close]");
    desk.endSolved();
    chat.awaitStatus("This conversation has ended");
    window.click("#messages [data-score='4']");
    window.awaitVisible("#messages .rating__comment");
    looks("rating", window, WindowShape.CUSTOMER);
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
    window.awaitText("#announce-impossible", "There is no channel for announcements yet.");
    assertThat(window.isVisible("#announce-form")).isFalse();
    window.click("#accounts-card a");
    window.awaitText("#accounts", "Ada Lovelace");
    looks("accounts and queues", window, shape);
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
    window.click("#nav-search");
    window.type("#find-input", "account");
    window.awaitText("#find-list", "Mara Lindqvist");
    looks("search", window, shape);
    window.press(Keys.ESCAPE);
    window.awaitVisible("#conversation");
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
    window.awaitVisible("#case-rows a");
    window.script("document.querySelector('#case-rows .row-box input').click();");
    window.awaitText("#case-bulk-count", "1 selected");
    looks("many at once", window, shape);
    window.click("#case-bulk-clear");
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
    EnglishTexts english = new EnglishTexts();
    ChatPage chat = customer(WindowShape.PHONE.speaking("es-ES"));
    BrowserWindow customer = chat.window();
    customer.awaitText("#welcome", "¿En qué podemos ayudarte?");
    speaksNo(english, "welcome", customer);
    chat.say("No puedo iniciar sesión");
    customer.awaitVisible("#messages .article");
    speaksNo(english, "answer", customer);
    chat.talkToAPerson();
    chat.awaitStatus("Esperando a una persona del equipo");
    customer.click("#menu-button");
    customer.click("#show-cases");
    customer.awaitVisible("#case-list li");
    speaksNo(english, "waiting, with cases", customer);
    customer.click("#cases [data-close]");

    BrowserWindow agent = open(WindowShape.AGENT.speaking("es-ES"));
    agent.go(relay().setUpLink());
    agent.awaitVisible("#setup-submit");
    speaksNo(english, "set-up", agent);
    DeskPage desk = DeskPage.setUp(agent, relay().setUpLink(), "Ada Lovelace", PASSWORD);
    agent.awaitText("#tabs", "En espera");
    for (String view : List.of("cases", "undelivered", "settings", "conversations")) {
      agent.click("#nav-" + view);
      agent.awaitVisible("#view-" + view);
      speaksNo(english, view, agent);
    }
    agent.script("location.hash = '#/accounts'; return '';");
    agent.awaitText("#accounts", "Ada Lovelace");
    speaksNo(english, "accounts and queues", agent);
    agent.click("#nav-conversations");
    agent.click("#show-help");
    agent.awaitVisible("#help");
    speaksNo(english, "help", agent);
    agent.click("#help [data-close]");
    agent.click("#show-team");
    agent.awaitText("#team", "Ada Lovelace");
    speaksNo(english, "team", agent);
    agent.click("#close-team");
    desk.openFirst();
    agent.awaitText("#conversation-info", "El cliente espera.");
    speaksNo(english, "conversation that waits", agent);
    agent.click("#accept");
    agent.awaitVisible("#text");
    desk.say("Hola, lo estoy mirando.");
    chat.awaitMessage("agent", "Hola, lo estoy mirando.");
    speaksNo(english, "own conversation", agent);
    speaksNo(english, "live", customer);
    agent.click("#mode-internal");
    desk.whisper("Ya ha escrito antes.");
    desk.awaitInternal("Ya ha escrito antes.");
    speaksNo(english, "internal message", agent);
    agent.click("#mode-answer");
    agent.click("#pass-on-open");
    agent.awaitVisible("#pass-on-target");
    speaksNo(english, "passing on", agent);
    agent.press(Keys.ESCAPE);
    agent.awaitHidden("#pass-on");
    agent.click("#nav-search");
    agent.type("#find-input", "sesión");
    agent.awaitVisible("#find-list a, #find-list [role=option]");
    speaksNo(english, "search", agent);
    agent.press(Keys.ESCAPE);
    agent.awaitVisible("#conversation");
    agent.click("#nav-cases");
    agent.click("#case-rows a");
    agent.awaitText("#case-detail .timeline", "lo estoy mirando");
    speaksNo(english, "case with its timeline", agent);
    agent.click("#nav-conversations");
    desk.show("mine");
    desk.openFirst();
    agent.click("#end");
    agent.awaitVisible("#end-dialog");
    speaksNo(english, "end", agent);
    agent.click("#end-solved");
    agent.click("#end-confirm");
    chat.awaitStatus("Esta conversación ha terminado");
    customer.awaitVisible("#messages .rating");
    speaksNo(english, "ended", customer);
    speaksNo(english, "ended", agent);
    agent.script("location.hash = '#/settings'; return '';");
    agent.click("#sign-out");
    agent.awaitVisible("#username");
    speaksNo(english, "login", agent);
    agent.type("#username", "nadie");
    agent.type("#password", "una contraseña cualquiera", Keys.ENTER);
    agent.awaitVisible("#login-error");
    agent.expect("status of 401");
    speaksNo(english, "refused login", agent);
  }

  @Test
  void an_agent_chooses_another_language_than_the_browsers() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT.speaking("es-ES"), "Ada Lovelace");
    desk.window().script("location.hash = '#/settings'; return '';");
    desk.window().awaitVisible("#language");
    desk.window().choose("#language", "en");
    desk.window().awaitText("#view-settings", "Signed in as Ada Lovelace");
    assertThat(new EnglishTexts().saidBy(desk.window()))
        .as("the check for English texts finds them")
        .contains("Signed in as Ada Lovelace", "Settings", "Password");
  }

  private void speaksNo(EnglishTexts english, String state, BrowserWindow window) {
    String said = english.saidBy(window);
    if (!said.isEmpty()) {
      problems.add(state + " in Spanish: " + said);
    }
  }

  private void looks(String state, BrowserWindow window, WindowShape shape) {
    Look.problems(window, shape).forEach(problem -> problems.add(state + ": " + problem));
  }
}
