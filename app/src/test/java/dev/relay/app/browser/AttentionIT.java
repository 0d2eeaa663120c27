package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the desk draws an agent's attention to somebody who waits. The browser's sound and notifications are replaced by counters. */
class AttentionIT extends BrowserTest {
  private static final String COUNTERS = """
      window.AudioContext = class { currentTime = 0; destination = {}; async resume() {} };
      window.GainNode = class { connect(next) { return next; } };
      window.OscillatorNode = class {
        connect(next) { return next; }
        stop() {}
        start() { localStorage.setItem('tones', Number(localStorage.getItem('tones') ?? 0) + 1); }
      };
      window.Notification = class extends EventTarget {
        static permission = localStorage.getItem('permission') ?? 'default';
        static async requestPermission() { Notification.permission = localStorage.getItem('answer'); }
        constructor(title) {
          super();
          const shown = JSON.parse(localStorage.getItem('shown') ?? '[]');
          localStorage.setItem('shown', JSON.stringify([...shown, title]));
        }
        close() {}
      };
      """;

  @Test
  void somebody_who_waits_is_heard_read_out_and_counted_as_the_agent_has_chosen()
      throws IOException {
    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    ada.beginPagesWith(COUNTERS);
    ada.reload();
    ada.awaitVisible("#desk");
    ada.click("#nav-settings");

    anotherCustomerWaits("Ana", "My order has not come");

    ada.awaitText("#announcer", "Ana is waiting");
    ada.await("two tones", () -> tones(ada) == 2);
    ada.await("the number", () -> ada.title().startsWith("(1)"));
    ada.await("the badge", () -> icon(ada).startsWith("blob:"));

    ada.click("#setting-sound");
    ada.click("#setting-badge");
    ada.await("no number", () -> !ada.title().contains("("));
    ada.await(
        "no badge", () -> icon(ada).endsWith("favicon.svg") || !icon(ada).startsWith("blob:"));
    anotherCustomerWaits("Ben", "It does not start");
    ada.awaitText("#announcer", "Ben is waiting");
    ada.awaitText("#nav-conversations-count", "2");
    assertThat(tones(ada)).isEqualTo(2);
    assertThat(ada.title()).doesNotContain("(");
  }

  @Test
  @Tag("soak")
  void of_several_tabs_one_makes_the_sound_and_one_shows_the_notification() throws IOException {
    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    ada.script("localStorage.setItem('answer', 'granted');");
    ada.beginPagesWith(COUNTERS + "Document.prototype.hasFocus = () => false;");
    ada.reload();
    ada.awaitVisible("#desk");
    ada.click("#nav-settings");
    ada.click("#allow-notifications");
    ada.await(
        "notifications are on",
        () -> ada.script(
                "return String(document.querySelector('#setting-desktopNotifications').checked);")
            .equals("true"));
    ada.script("localStorage.setItem('permission', 'granted');");
    // Nobody has pressed anything in the second tab, so it may make no sound; the third is like the
    // first.
    ada.openEmptyTab();
    ada.beginPagesWith(COUNTERS + "Document.prototype.hasFocus = () => false;");
    ada.go(relay().address() + "/desk");
    ada.awaitVisible("#desk");
    ada.openEmptyTab();
    ada.beginPagesWith(COUNTERS + "Document.prototype.hasFocus = () => false;");
    ada.go(relay().address() + "/desk");
    ada.click("#tab-open");

    anotherCustomerWaits("Ana", "My order has not come");
    anotherCustomerWaits("Ben", "It does not start");

    ada.awaitText("#announcer", "Ben is waiting");
    ada.await("two tones for each", () -> tones(ada) == 4);
    ada.await(
        "one notification for each",
        () -> shown(ada).contains("Ana") && shown(ada).contains("Ben"));
    // What the other tabs would add, they would have added before this conversation came to them
    // too.
    ada.backToFirstTab();
    ada.awaitText("#announcer", "Ben is waiting");
    assertThat(tones(ada)).isEqualTo(4);
    assertThat(shown(ada)).isEqualTo("[\"Ana is waiting\",\"Ben is waiting\"]");
    ada.click("#setting-sound");
  }

  @Test
  void a_browser_that_refuses_notifications_says_so() throws IOException {
    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    ada.script("localStorage.setItem('answer', 'denied');");
    ada.beginPagesWith(COUNTERS);
    ada.reload();
    ada.awaitVisible("#desk");
    ada.click("#nav-settings");
    ada.awaitVisible("#allow-notifications");
    assertThat(ada.isVisible("#notifications-refused")).isFalse();

    ada.click("#allow-notifications");

    ada.awaitVisible("#notifications-refused");
    assertThat(ada.isVisible("#allow-notifications")).isFalse();
    assertThat(ada.script(
            "return String(document.querySelector('#setting-desktopNotifications').disabled);"))
        .isEqualTo("true");
    anotherCustomerWaits("Ana", "My order has not come");
    ada.awaitText("#announcer", "Ana is waiting");
    ada.await("two tones", () -> tones(ada) == 2);
    assertThat(shown(ada)).isEqualTo("null");
  }

  private static int tones(BrowserWindow window) {
    return Integer.parseInt(window.script("return localStorage.getItem('tones') ?? '0';"));
  }

  private static String shown(BrowserWindow window) {
    return window.script("return localStorage.getItem('shown');");
  }

  private static String icon(BrowserWindow window) {
    return window.script("return document.querySelector('link[rel=icon]').href;");
  }
}
