package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.Relay;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.DiscordBot;
import dev.relay.discord.DiscordSettings;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A live chat in which Discord refuses something: the engine, the channel and Discord together. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RefusedChatTest {
  private static final Participant BEA = Participant.agent("bea", "Bea");

  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final FakeCustomer ada = discord.customer("ada");
  private final MemoryStore store = new MemoryStore();
  private final DiscordBot bot = DiscordBot.with(DiscordSettings.of(discord.token())
          .at(URI.create(discord.restUrl()), URI.create(discord.gatewayUrl())))
      .build();
  private final Relay relay = Relay.builder()
      .store(store)
      .channel(bot.channel())
      .desk(CallbackDesk.named("desk")
          .delivering(delivery -> new DeliveryResult.Delivered(Optional.empty())))
      .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
      .build();

  @BeforeEach
  void beaTalksToAda() {
    relay.start();
    Eventually.holds("the connection", () -> bot.health().ready());
    ada.writes("hello");
    Eventually.holds("a conversation", () -> conversation().isPresent());
    Origin origin = new Origin(
        DiscordAddresses.key("i1"),
        DiscordAddresses.address(ada.id()),
        new CustomerProfile(Long.toString(ada.id()), "Ada", Locale.ENGLISH, Set.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
    relay.intake().submit(new CustomerPressed(origin, Button.TALK_TO_PERSON)).join();
    relay
        .intake()
        .submit(new DeskEvent.AgentJoined(
            conversation().orElseThrow(), Optional.empty(), new PortId("desk"), BEA))
        .join();
    beaWrites("hi, I am Bea");
    awaitText("hi, I am Bea");
  }

  @AfterEach
  void close() {
    relay.stop(Duration.ZERO);
    bot.close();
    discord.close();
  }

  private Optional<ConversationId> conversation() {
    return store
        .read(queries -> queries.activeConversation(DiscordAddresses.address(ada.id())))
        .map(it -> it.id());
  }

  private void beaWrites(String text) {
    relay
        .intake()
        .submit(new DeskEvent.AgentWrote(
            conversation().orElseThrow(),
            Optional.empty(),
            BEA,
            Optional.empty(),
            MessageBody.text(text)))
        .join();
  }

  private void awaitText(String text) {
    Eventually.holds(
        "ada reads " + text, () -> ada.textsFromBot().stream().anyMatch(it -> it.contains(text)));
  }

  @Test
  void a_refused_message_is_left_out_and_the_next_one_is_shown() {
    for (int code : new int[] {240_000, 200_000, 50_035}) {
      discord.faults().next(Routes.SEND_MESSAGE, Fault.answers(400, code));
      beaWrites("refused by " + code);
      beaWrites("after " + code);
      awaitText("after " + code);
    }

    assertThat(ada.textsFromBot()).noneMatch(it -> it.contains("refused by"));
  }

  @Test
  void a_customer_who_opens_their_direct_messages_and_writes_is_sent_what_waited() {
    ada.closesDirectMessages();
    beaWrites("can you read me?");
    Eventually.holds(
        "the lane is parked",
        () -> store.<Boolean>read(
            queries -> !queries.parkedLanes(Optional.empty(), 10).isEmpty()));

    ada.opensDirectMessages();
    ada.writes("yes, again");
    beaWrites("and now?");

    awaitText("can you read me?");
    awaitText("and now?");
  }

  @Test
  void a_block_by_cloudflare_parks_nobody() {
    discord.faults().always(Routes.SEND_MESSAGE, Fault.answersPage(403));
    int before = discord.requests().count(Routes.SEND_MESSAGE);
    beaWrites("while blocked");
    Eventually.holds("it is refused", () -> discord.requests().count(Routes.SEND_MESSAGE) > before);

    assertThat(store.<Boolean>read(
            queries -> queries.parkedLanes(Optional.empty(), 10).isEmpty()))
        .isTrue();
    discord.faults().clear();
    awaitText("while blocked");
  }
}
