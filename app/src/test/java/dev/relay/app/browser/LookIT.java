package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Light and dark, English and Spanish, wide and narrow: legible everywhere. */
class LookIT extends BrowserTest {

  @Test
  void both_pages_are_legible_in_light_and_dark() throws IOException {
    ChatPage light = customer(WindowShape.CUSTOMER);
    legible(light.window());
    light.say("I cannot log in");
    light.window().awaitVisible("#messages .article");
    legible(light.window());
    light.talkToAPerson();
    light.awaitStatus("Waiting for a person");
    legible(light.window());
    ChatPage dark = customer(WindowShape.CUSTOMER.inTheDark());
    legible(dark.window());
    dark.say("I cannot log in");
    dark.window().awaitVisible("#messages .article");
    legible(dark.window());
    picture(dark.window(), "chat-dark");

    DeskPage ada = firstAgent(WindowShape.AGENT.inTheDark(), "Ada Lovelace");
    everyView(ada);
    ada.window().script("location.hash = '#/conversations/waiting'; return '';");
    ada.openFirst();
    ada.accept();
    ada.say("Hello, I am looking into it.");
    ada.awaitMessage("agent", "Hello, I am looking into it.");
    legible(ada.window());
    picture(ada.window(), "desk-dark");
    everyView(supervisor(WindowShape.AGENT, "bob", "Bob Ross"));
  }

  @Test
  void everything_fits_into_360_pixels() throws IOException {
    DeskPage desk = firstAgent(WindowShape.PHONE.wide(360), "Ada Lovelace");
    ChatPage chat = customer(WindowShape.PHONE.wide(360));
    chat.say("I cannot log in");
    chat.window().awaitVisible("#messages .article");
    fits(chat.window());
    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");
    fits(chat.window());
    desk.openFirst();
    fits(desk.window());
    desk.accept();
    desk.window().click("#toggle-details");
    desk.window().awaitVisible("#conversation-case-subject");
    fits(desk.window());
    picture(desk.window(), "phone-desk-details");
    for (String view : List.of("cases", "undelivered", "settings")) {
      desk.window().click("#nav-" + view);
      desk.window().awaitVisible("#view-" + view);
      fits(desk.window());
    }
  }

  @Test
  void both_pages_are_spanish_for_readers_of_spanish() throws IOException {
    ChatPage chat = customer(WindowShape.PHONE.speaking("es-ES"));
    chat.window().awaitText("#welcome", "¿En qué podemos ayudarte?");
    chat.say("No puedo iniciar sesión");
    chat.window().awaitVisible("#messages .article");
    chat.talkToAPerson();
    chat.awaitStatus("Esperando a una persona del equipo");
    picture(chat.window(), "phone-chat-spanish");
    DeskPage desk = firstAgent(WindowShape.AGENT.speaking("es-ES"), "Ada Lovelace");
    desk.window().awaitText("#tabs", "En espera");
    desk.openFirst();
    desk.window().awaitText("#conversation-info", "El cliente espera.");
    picture(desk.window(), "desk-spanish");
    desk.window().script("location.hash = '#/settings'; return '';");
    desk.window().choose("#language", "en");
    desk.window().awaitText("#view-settings", "Signed in as Ada Lovelace");
  }

  private static void everyView(DeskPage desk) {
    BrowserWindow window = desk.window();
    for (String view : List.of("conversations", "cases", "undelivered", "settings")) {
      window.click("#nav-" + view);
      window.awaitVisible("#view-" + view);
      legible(window);
    }
    window.click("#show-help");
    window.awaitVisible("#help");
    legible(window);
    window.click("#help [data-close]");
    window.awaitHidden("#help");
  }

  private static void legible(BrowserWindow window) {
    assertThat(window.script(contrastScript()))
        .as("texts of too little contrast")
        .isEmpty();
  }

  private static void fits(BrowserWindow window) {
    assertThat(window.overflow()).as("overflow in pixels").isZero();
  }

  private static String contrastScript() {
    try (InputStream stream = LookIT.class.getResourceAsStream("contrast.js")) {
      if (stream == null) {
        return fail("contrast.js is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return fail("contrast.js cannot be read", e);
    }
  }
}
