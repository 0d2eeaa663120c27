package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.concrete.PrivateChannel;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The failures of the fake's gateway with a real JDA, and JDA's recovery. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FakeGatewayTest implements EventListener {
  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.start();
  private final Gateway gateway = discord.gateway();
  private final FakeCustomer ada = discord.customer("ada");
  private final List<GenericEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(GenericEvent event) {
    events.add(event);
    if (event instanceof MessageReceivedEvent received) {
      heard.add(received.getMessage().getContentRaw());
    } else if (event instanceof MessageUpdateEvent updated) {
      heard.add("edited: " + updated.getMessage().getContentRaw());
    } else if (event instanceof MessageDeleteEvent) {
      heard.add("deleted");
    }
  }

  @AfterEach
  void stop() {
    discord.close();
    log.close();
    discord.assertNothingOdd();
  }

  @Test
  void a_broken_connection_is_resumed_and_what_was_missed_is_replayed_in_order() {
    JDA jda = JdaConnection.connect(discord, this);
    long first = ada.writes("one");
    Eventually.holds("the first message", () -> heard.size() == 1);

    gateway.holdsBack();
    ada.writes("two");
    ada.edits(first, "uno");
    gateway.drops();
    ada.writes("three");
    ada.deletes(first);
    gateway.releases();

    Eventually.holds("the replay", () -> heard.size() == 5);
    assertThat(heard).containsExactly("one", "two", "edited: uno", "three", "deleted");
    assertThat(gateway.resumes()).isEqualTo(1);
    assertThat(gateway.identifies()).isEqualTo(1);
    jda.shutdownNow();
    log.assertGatewayClientQuiet();
  }

  @Test
  void a_request_to_reconnect_is_followed() {
    JDA jda = JdaConnection.connect(discord, this);

    gateway.asksToReconnect();

    awaitEvent(SessionResumeEvent.class);
    ada.writes("still here");
    Eventually.holds("the message", () -> heard.equals(List.of("still here")));
    jda.shutdownNow();
    log.assertGatewayClientQuiet();
  }

  @Test
  void a_resumable_invalid_session_is_resumed() {
    JDA jda = JdaConnection.connect(discord, this);

    gateway.invalidatesSessions(true);

    awaitEvent(SessionResumeEvent.class);
    assertThat(gateway.identifies()).isEqualTo(1);
    jda.shutdownNow();
  }

  @Test
  void after_a_lost_session_a_new_one_begins_and_history_holds_what_was_missed() {
    JDA jda = JdaConnection.connect(discord, this);
    long seen = ada.writes("one");
    Eventually.holds("the first message", () -> heard.size() == 1);

    gateway.forgetsSessions();
    ada.writes("two");

    awaitEvent(SessionRecreateEvent.class);
    assertThat(heard).containsExactly("one");
    PrivateChannel channel = jda.openPrivateChannelById(ada.id()).complete();
    assertThat(channel.getHistoryAfter(seen, 100).complete().getRetrievedHistory())
        .extracting(message -> message.getContentRaw())
        .containsExactly("two");
    jda.shutdownNow();
    log.assertGatewayClientQuiet("Appending to reconnect queue");
  }

  @Test
  void unanswered_heartbeats_end_in_a_new_connection() {
    gateway.wantsHeartbeatsEvery(Duration.ofMillis(50));
    JDA jda = JdaConnection.connect(discord, this);

    gateway.acknowledgesHeartbeats(false);
    Eventually.holds("a new connection", () -> gateway.connectionsOpened() > 1);
    gateway.acknowledgesHeartbeats(true);

    awaitEvent(SessionResumeEvent.class);
    jda.shutdownNow();
    // Heartbeats of 50 ms can also be missed while a busy machine still connects.
    log.assertGatewayClientQuiet("Missed 2 heartbeats", "Reconnect failed!");
  }

  @Test
  void a_refused_token_and_refused_intents_end_the_client() {
    JDA jda = JdaConnection.connect(discord, this);
    gateway.refusesToken(true);
    gateway.forgetsSessions();
    ShutdownEvent byToken = awaitEvent(ShutdownEvent.class);
    assertThat(byToken.getCloseCode()).isEqualTo(CloseCode.AUTHENTICATION_FAILED);
    jda.shutdownNow();

    gateway.refusesToken(false);
    gateway.refusesPrivilegedIntents(true);
    events.clear();
    JDA second = JdaConnection.builder(discord, List.of(GatewayIntent.MESSAGE_CONTENT))
        .addEventListeners(this)
        .build();
    ShutdownEvent byIntent = awaitEvent(ShutdownEvent.class);
    assertThat(byIntent.getCloseCode()).isEqualTo(CloseCode.DISALLOWED_INTENTS);
    second.shutdownNow();
  }

  @Test
  void connections_can_be_accepted_and_dropped() {
    JDA jda = JdaConnection.connect(discord, this);

    gateway.acceptsAndDrops(true);
    gateway.drops();
    Eventually.holds("several tries", () -> gateway.connectionsOpened() > 2);
    gateway.acceptsAndDrops(false);

    awaitEvent(SessionResumeEvent.class);
    jda.shutdownNow();
  }

  @Test
  void nothing_is_lost_by_connections_that_break_at_random() {
    JDA jda = JdaConnection.connect(discord, this);
    gateway.dropsAtRandom(new Random(7), 0.05);

    List<String> written = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      written.add("message " + i);
      ada.writes("message " + i);
      if (i % 10 == 0) {
        int sofar = written.size();
        Eventually.holds("message " + i, () -> heard.size() >= sofar);
      }
    }

    Eventually.holds("all messages", () -> heard.size() >= written.size());
    assertThat(heard).isEqualTo(written);
    assertThat(gateway.resumes()).isPositive();
    jda.shutdownNow();
  }

  @Test
  void events_can_come_twice_and_a_preview_arrives_as_an_update() {
    JDA jda = JdaConnection.connect(discord, this);

    long message = ada.writes("see https://example.org");
    gateway.repeatsLastEvents(1);
    ada.previewAppears(message, "https://example.org");

    String text = "see https://example.org";
    Eventually.holds("the events", () -> heard.equals(List.of(text, text, "edited: " + text)));
    jda.shutdownNow();
  }

  @Test
  void messages_of_others_in_a_guild_are_empty_without_the_content_intent() {
    long help = discord.guild().addsTextChannel("help");
    JDA jda = JdaConnection.connect(discord, List.of(GatewayIntent.GUILD_MESSAGES), this);

    ada.in(help).writes("secret");

    Eventually.holds("the message", () -> heard.equals(List.of("")));
    jda.shutdownNow();
  }

  private <E> E awaitEvent(Class<E> kind) {
    return Eventually.gives(
        kind.getSimpleName(),
        () ->
            events.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null));
  }
}
