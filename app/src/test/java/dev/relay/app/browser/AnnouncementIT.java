package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.operations.SteadyClock;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.SeenMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Announcements that a supervisor composes, previews, publishes and schedules, and that the Discord server shows. */
class AnnouncementIT extends BrowserTest {
  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final long channel = discord.guild().addsAnnouncementChannel("news");
  private final InstantSource clock = new SteadyClock();
  /** How far the server's clock is ahead. */
  private volatile Duration ahead = Duration.ZERO;

  private static final String READ_DRAFT = """
      const done = arguments[0];
      fetch('/api/v1/agents/me/drafts/forms/announcement')
          .then((answer) => answer.json())
          .then(({ text }) => done(text), done);""";

  @Override
  Map<String, String> settings() {
    return Map.of(
        "RELAY_DISCORD_TOKEN", discord.token(),
        "RELAY_DISCORD_API_URL", discord.restUrl(),
        "RELAY_DISCORD_GATEWAY_URL", discord.gatewayUrl(),
        "RELAY_DISCORD_ANNOUNCEMENT_CHANNEL", Long.toString(channel));
  }

  @Override
  RelayServer startServer(Path data, Map<String, String> settings) {
    return RelayInside.start(data, settings, () -> clock.instant().plus(ahead));
  }

  @AfterEach
  void closeDiscord() {
    discord.close();
  }

  @Test
  void what_is_previewed_is_published_now_or_at_its_time_and_what_is_cancelled_never()
      throws IOException {
    BrowserWindow sue = supervisor(WindowShape.AGENT, "sue", "Sue").window();
    openSettings(sue);
    sue.paste("#announce-headline", "Patch 1.2");
    sue.paste("#announce-words", "**The lift** works.\n- <b>doors</b>\n||a surprise||");
    sue.paste("#announce-url", "https://example.com/patch");

    // What was entered last.
    sue.awaitText("#announce-preview a", "Patch 1.2");
    assertThat(sue.script("return document.querySelector('#announce-preview strong').textContent;"))
        .isEqualTo("The lift");
    assertThat(sue.text("#announce-preview")).contains("<b>doors</b>");
    assertThat(sue.script("return document.querySelector('#announce-preview a').href;"))
        .isEqualTo("https://example.com/patch");
    assertThat(shown()).isEmpty();
    picture(sue, "desk-announcement");
    assertThat(Look.problems(sue, WindowShape.AGENT)).isEmpty();

    sue.click("#announce-send");
    sue.click("#question-yes");
    sue.awaitText("#toasts", "Announced.");
    sue.await("the announcement in Discord", () -> shown().equals(List.of("Patch 1.2")));

    schedule(sue, "Tournament");
    sue.awaitText("#planned-announcements", "Tournament");
    schedule(sue, "Maintenance");
    sue.awaitText("#planned-announcements", "Maintenance");
    sue.click("[aria-label='Cancel the announcement Tournament']");
    sue.awaitText("#planned-announcements", "Cancelled");
    ahead = Duration.ofHours(3);

    sue.await("both in Discord", () -> shown().equals(List.of("Patch 1.2", "Maintenance")));
    sue.script("window.location.hash = '#/conversations/open'; return '';");
    openSettings(sue);
    sue.awaitText("#planned-announcements", "Published");

    sue.paste("#announce-headline", "Maintenance tonight");
    sue.await(
        "the draft is on the server",
        () -> sue.scriptWithCallback(READ_DRAFT).contains("Maintenance tonight"));
    BrowserWindow elsewhere = DeskPage.logIn(
            open(WindowShape.AGENT), relay().address(), "sue", PASSWORD)
        .window();
    openSettings(elsewhere);
    elsewhere.await(
        "the draft follows to another browser",
        () -> elsewhere
            .script("return document.querySelector('#announce-headline')?.value ?? '';")
            .equals("Maintenance tonight"));

    BrowserWindow ada = agent(WindowShape.AGENT, "ada", "Ada Lovelace").window();
    openSettings(ada);
    ada.awaitText("#settings-who", "Ada Lovelace");
    assertThat(ada.isVisible("#announcements")).as("for an agent").isFalse();
  }

  private static void openSettings(BrowserWindow window) {
    window.script("window.location.hash = '#/settings'; return '';");
    window.awaitVisible("#settings-who");
  }

  private static void schedule(BrowserWindow window, String title) {
    window.paste("#announce-headline", title);
    window.script("const field = document.querySelector('#announce-at');"
        + "const time = new Date(Date.now() + 2 * 3_600_000);"
        + "field.value = new Date(time - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);"
        + "field.dispatchEvent(new Event('input', { bubbles: true }));");
    window.awaitText("#announce-send", "Schedule");
    window.click("#announce-send");
    window.await(
        "an empty form",
        () -> window
            .script("return document.querySelector('#announce-headline').value;")
            .isEmpty());
  }

  /** Returns the titles of the cards in the channel, in their order. */
  private List<String> shown() {
    return discord.guild().channel("news").messages().stream()
        .map(SeenMessage::json)
        .map(message -> message.path("embeds").path(0).path("title").asText())
        .toList();
  }
}
