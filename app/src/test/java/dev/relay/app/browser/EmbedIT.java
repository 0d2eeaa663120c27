package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The chat embedded in another site whose security policy forbids inline styles and scripts. */
class EmbedIT extends BrowserTest {
  private static final String SHADOW = "return document.querySelector('body > div').shadowRoot";
  private static final String FRAME =
      "return document.querySelector('body > div').shadowRoot.querySelector('iframe');";

  private final HttpServer site = site();

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_HTTP_EMBED_ORIGINS", siteAddress());
  }

  @AfterEach
  void stopSite() {
    site.stop(0);
  }

  @Test
  void opens_by_its_button_chats_and_closes_by_escape() throws IOException {
    serveSite();
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.go(siteAddress());
    window.await(
        "the button is there",
        () -> window
            .script("return document.querySelector('body > div')?.shadowRoot.textContent ?? '';")
            .contains("Help"));
    window.press(Keys.TAB, Keys.ENTER);
    window.await("the frame is there", () -> !window.script(FRAME).equals("null"));
    window.enterFrame(FRAME);
    window.awaitVisible("#close-window");
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");
    picture(window, "chat-embedded");
    window.type("#text", Keys.ESCAPE);
    window.leaveFrame();
    window.await(
        "the frame is hidden",
        () -> window
            .script("return String(document.querySelector('body > div').shadowRoot"
                + ".querySelector('iframe').hidden);")
            .equals("true"));
    assertThat(window.script("return document.activeElement.shadowRoot.activeElement.tagName;"))
        .isEqualTo("BUTTON");
  }

  @Test
  void unread_answers_are_shown_on_the_next_page_of_the_site() throws IOException {
    serveSite();
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow window = open(WindowShape.CUSTOMER);
    openChat(window, siteAddress());
    window.enterFrame(FRAME);
    window.awaitVisible("#close-window");
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.click("#messages [data-action=talk_to_person]");
    window.awaitText("#status", "Waiting for a person");
    window.type("#text", Keys.ESCAPE);
    window.leaveFrame();

    window.go(siteAddress() + "/basket");
    desk.openFirst();
    desk.accept();
    desk.say("Which game is it?");

    window.await(
        "the unread messages are counted",
        () -> window
            .script(SHADOW + ".querySelector('.count:not([hidden])')?.textContent ?? '';")
            .matches("[1-9]"));
  }

  @Test
  void a_frame_that_cannot_be_opened_says_so_and_can_be_closed_and_tried_again()
      throws IOException {
    serveSite();
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.expect("frame-ancestors");
    // Another origin than the one that may embed the chat.
    openChat(window, siteAddress().replace("127.0.0.1", "localhost"));

    window.await("the reason is told", () -> lost(window).contains("cannot be opened"));
    assertThat(lost(window)).contains("Try again", "Close");
    window.press(Keys.ESCAPE);
    window.await("it is closed", () -> lost(window).isEmpty());
    assertThat(window.script(SHADOW + ".activeElement.textContent;")).contains("Help");
  }

  private static void openChat(BrowserWindow window, String address) {
    window.go(address);
    window.await(
        "the button is there",
        () -> window
            .script("return document.querySelector('body > div')?.shadowRoot.textContent ?? '';")
            .contains("Help"));
    window.press(Keys.TAB, Keys.ENTER);
    window.await("the frame is there", () -> !window.script(FRAME).equals("null"));
  }

  private static String lost(BrowserWindow window) {
    return window.script(SHADOW + ".querySelector('.lost')?.textContent ?? '';");
  }

  private void serveSite() {
    byte[] page = ("<!doctype html><html lang=en><meta charset=utf-8><title>A shop</title>"
            + "<link rel=icon href='data:,'><h1>A shop</h1><p>It sells things.</p>"
            + "<script src='" + relay().address() + "/embed.js' async></script></html>")
        .getBytes(StandardCharsets.UTF_8);
    String policy = "default-src 'self'; img-src data:; script-src " + relay().address()
        + "; frame-src " + relay().address();
    site.createContext("/", exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "text/html");
      exchange.getResponseHeaders().add("Content-Security-Policy", policy);
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
      exchange.close();
    });
    site.start();
  }

  private String siteAddress() {
    return "http://127.0.0.1:" + site.getAddress().getPort();
  }

  private static HttpServer site() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
