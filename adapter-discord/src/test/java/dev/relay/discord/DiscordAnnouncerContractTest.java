package dev.relay.discord;

import dev.relay.core.channel.Announcer;
import dev.relay.core.intake.Inbox;
import dev.relay.core.message.Topic;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.AnnouncerContract;
import dev.relay.testkit.FarSideTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the contract of announcers on the Discord announcer. All rules at once, because they wait in real time, each with a Discord of its own. */
@Execution(ExecutionMode.CONCURRENT)
class DiscordAnnouncerContractTest extends AnnouncerContract {
  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final long news = discord.guild().addsAnnouncementChannel("news");
  private final DiscordBot bot = DiscordBot.with(
          DiscordBots.settings(discord).withAnnouncements(Map.of(Topic.NEWS, news)))
      .build();

  DiscordAnnouncerContractTest() {
    bot.channel().start(Inbox.of(new TestIntake()));
  }

  @AfterEach
  void close() {
    bot.close();
    discord.close();
  }

  @Override
  protected Announcer announcer() {
    return bot.announcer().orElseThrow();
  }

  @Override
  protected List<String> shown() {
    return discord.guild().channel("news").messages().stream()
        .map(DiscordAnnouncerContractTest::words)
        .toList();
  }

  private static String words(SeenMessage message) {
    var card = message.json().path("embeds").path(0);
    return card.path("title").asText() + "\n" + card.path("description").asText() + "\n"
        + card.path("url").asText() + "\n" + card.path("footer").path("text").asText();
  }

  @Override
  protected boolean changesCards() {
    return true;
  }

  @Override
  protected void deleted(String externalId) {
    long message = Long.parseLong(externalId.substring(externalId.indexOf('/') + 1));
    discord.guild().deletesMessage(news, message);
  }

  @Override
  protected Duration requestedWait() {
    return FakeTroubles.WAIT;
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    FakeTroubles.begin(discord, trouble);
  }

  @Override
  protected void repair() {
    FakeTroubles.end(discord);
  }
}
