package dev.relay.app.browser;

import java.nio.file.Path;
import org.openqa.selenium.Keys;

/** The web chat as its customer uses it. */
final class ChatPage {
  private final BrowserWindow window;

  ChatPage(BrowserWindow window, String address) {
    this.window = window;
    window.go(address + "/chat");
    window.awaitVisible("#text");
  }

  BrowserWindow window() {
    return window;
  }

  /** Enters the customer's name before the first message. */
  void introduce(String name) {
    window.paste("#name", name);
  }

  /** Writes a message and sends it with the Enter key. */
  void say(String text) {
    window.type("#text", text, Keys.ENTER);
  }

  /** Sends a text of any length with any characters. */
  void sayPasted(String text) {
    window.paste("#text", text);
    window.click("#send");
  }

  /** Sends a file with a text. */
  void send(Path file, String text) {
    window.type("#file", file.toString());
    window.awaitVisible(".upload--uploaded");
    say(text);
  }

  void talkToAPerson() {
    window.click("#talk-to-person, [data-action=talk_to_person]");
  }

  void awaitStatus(String words) {
    window.awaitText("#status", words);
  }

  /** Waits for a message or a notice of that author: customer, virtual_agent, agent or system. */
  void awaitMessage(String author, String text) {
    window.awaitText("#messages [data-author=" + author + "]", text);
  }

  /** Waits until all messages of the customer are delivered. */
  void awaitDelivered() {
    window.await(
        "all own messages are delivered",
        () -> window
            .script(
                "const all = [...document.querySelectorAll('#messages .delivery__words')];"
                    + "return String(all.length > 0 && all.every((one) => /^(Delivered|Entregado)$/.test(one.textContent)));")
            .equals("true"));
  }

  /** Returns the number of messages of that author with exactly that text. */
  long count(String author, String text) {
    return Long.parseLong(window.script(
        "return String([...document.querySelectorAll(`#messages [data-author=${arguments[0]}] .message-text`)]"
            + ".filter((one) => one.textContent === arguments[1]).length);",
        author,
        text));
  }
}
