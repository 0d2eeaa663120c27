package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.Keys;

/** The desk as an agent uses it. */
final class DeskPage {
  private static final String CHANGE_QUEUE = """
      const [setUp, done] = arguments;
      const change = async () => {
        const me = await (await fetch('/api/v1/agents/me')).json();
        const answer = await fetch('/api/v1/queues/default', {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrfToken },
          body: JSON.stringify(setUp),
        });
        return answer.status;
      };
      change().then(done, done);""";

  private static final String COUNT_OFFERS = """
      const done = arguments[0];
      fetch('/api/v1/conversations?state=waiting')
          .then((answer) => answer.json())
          .then(({ items }) => done(items.filter((one) => one.offer).length), done);""";

  private final BrowserWindow window;

  private DeskPage(BrowserWindow window) {
    this.window = window;
  }

  /** Sets the password of the first agent with the one-time link, which opens the desk. */
  static DeskPage setUp(BrowserWindow window, String link, String name, String password) {
    window.go(link);
    window.paste("#display-name", name);
    window.paste("#password", password);
    window.paste("#repeat", password);
    window.click("#setup-submit");
    window.awaitVisible("#desk");
    return new DeskPage(window);
  }

  /** Logs an agent in. */
  static DeskPage logIn(BrowserWindow window, String address, String username, String password) {
    window.go(address + "/desk");
    window.paste("#username", username);
    window.type("#password", password, Keys.ENTER);
    window.awaitVisible("#desk");
    return new DeskPage(window);
  }

  BrowserWindow window() {
    return window;
  }

  /** Opens the list of that name: waiting, mine, open or closed. */
  void show(String list) {
    window.click("#tab-" + list);
  }

  /** Opens the first conversation of the list. */
  void openFirst() {
    window.click("#conversations .conversation-row");
    window.awaitVisible("#conversation");
  }

  void accept() {
    window.click("#accept");
    window.awaitText("#conversation-state", "With you");
    window.awaitVisible("#text");
  }

  void say(String text) {
    window.type("#text", text, Keys.ENTER);
  }

  void send(Path file, String text) {
    window.type("#file", file.toString());
    window.awaitVisible(".upload--uploaded");
    say(text);
  }

  void awaitMessage(String author, String text) {
    window.awaitText("#messages [data-author=" + author + "]", text);
  }

  /** Writes an internal message in the form that is open. */
  void whisper(String text) {
    window.type("#internal-text", text, Keys.ENTER);
  }

  void awaitInternal(String text) {
    window.awaitText("#messages .message--internal", text);
  }

  /** Lets Relay offer the conversations of the default queue in turn, as an admin may by the interface. */
  void offerConversations(Duration time) {
    changeQueue(Map.of("assignment", "round_robin", "acceptSeconds", time.toSeconds()));
  }

  /** Returns how many conversations are offered to somebody, by the interface. */
  long offers() {
    return Long.parseLong(window.scriptWithCallback(COUNT_OFFERS));
  }

  /** Lets only these agents and supervisors see the default queue, as an admin may by the interface. */
  void limitQueueTo(String... usernames) {
    changeQueue(Map.of("members", List.of(usernames)));
  }

  private void changeQueue(Map<String, Object> setUp) {
    assertThat(window.scriptWithCallback(CHANGE_QUEUE, setUp)).isEqualTo("200");
  }

  /** Ends the conversation with the case solved. */
  void endSolved() {
    confirmEnd();
    window.awaitText("#conversation-state", "Closed");
  }

  /** Presses what ends the conversation with the case solved. */
  void confirmEnd() {
    if (window.isVisible("#end")) {
      window.click("#end");
    } else {
      window.click("#conversation-more");
      window.click("#end-item");
    }
    window.click("#end-solved");
    window.click("#end-confirm");
  }
}
