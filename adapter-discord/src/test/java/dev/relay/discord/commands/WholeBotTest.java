package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.Relay;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.DiscordBot;
import dev.relay.discord.DiscordCommands;
import dev.relay.discord.DiscordSettings;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Interaction;
import dev.relay.discord.fake.JdaConnection;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenChannel;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The commands in the bot with its channel, its own connection and a host's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class WholeBotTest {
  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.start();
  private final MemoryStore store = new MemoryStore();
  private final long town = discord.guild().addsTextChannel("town");
  private final long help = discord.guild().addsTextChannel("help");
  private final FakeCustomer ada = discord.customer("ada");
  private final FakeCustomer eve = discord.customer("eve");
  private @Nullable Relay relay;
  private @Nullable DiscordBot bot;
  private @Nullable DiscordCommands commands;

  @AfterEach
  void close() {
    stop();
    discord.close();
    log.close();
    discord.assertNothingOdd();
    log.assertGatewayClientQuiet();
  }

  @Test
  void a_customer_with_closed_direct_messages_gets_a_private_thread() {
    starts();
    ada.closesDirectMessages();

    Interaction asked = ada.in(town).runs("/helpme", Map.of("question", "How do I fly?"));

    SeenChannel thread = threadOfAda();
    assertThat(asked.awaitAnswer().text()).isEqualTo("I've written to you.");
    assertThat(asked.awaitAnswer().buttons())
        .extracting(SeenMessage.SeenButton::label, SeenMessage.SeenButton::url)
        .containsExactly(tuple(
            "Open the chat",
            "https://discord.com/channels/" + discord.guildId() + "/" + thread.id()));
    assertThat(thread.members()).contains(ada.id());
    Eventually.holds(
        "the virtual agent answers there",
        () -> messages(thread).stream().anyMatch(message -> !message.buttons().isEmpty()));
    assertThat(messages(thread))
        .extracting(SeenMessage::text)
        .anyMatch(text -> text.equals("You asked: How do I fly?"));
  }

  @Test
  void a_question_that_automatic_moderation_does_not_show_again_still_leads_to_the_chat() {
    starts();
    ada.closesDirectMessages();
    ada.in(town).runs("/helpme").awaitAnswer();
    discord.faults().next(Routes.SEND_MESSAGE, Fault.answers(400, 200_000));

    Interaction asked = ada.in(town).runs("/helpme", Map.of("question", "How do I darn it?"));

    assertThat(asked.awaitAnswer().buttons())
        .as("%s", asked.awaitAnswer().text())
        .anyMatch(button -> button.url().endsWith("/" + threadOfAda().id()));
  }

  @Test
  void what_a_customer_wrote_before_their_first_command_comes_before_it() {
    ada.writes("is anybody there?");
    starts();

    ada.in(town).runs("/helpme", Map.of("question", "How do I fly?")).awaitAnswer();

    Eventually.holds("both are in the transcript", () -> textsOfAda().size() == 2);
    assertThat(textsOfAda()).containsExactly("is anybody there?", "How do I fly?");
  }

  private List<String> textsOfAda() {
    List<String> texts = new ArrayList<>();
    store
        .read(queries -> queries.activeConversation(DiscordAddresses.address(ada.id())))
        .ifPresent(conversation -> {
          for (TranscriptEntry entry :
              store.read(queries -> queries.transcript(conversation.id(), new EntryId(0), 100))) {
            if (entry.content() instanceof EntryContent.Said said
                && said.author().role() == Participant.Role.CUSTOMER) {
              texts.add(said.body().text());
            }
          }
        });
    return texts;
  }

  @Test
  void a_customer_who_can_be_reached_nowhere_reads_why_and_nothing_is_submitted() {
    starts();
    ada.closesDirectMessages();
    Map<Integer, String> refusals = Map.of(
        50_013, "I lack a permission in the help channel",
        160_006, "this server has too many active threads",
        10_003, "the help channel no longer exists",
        50_024, "couldn't open a private thread",
        50_035, "couldn't open a private thread");
    for (String command : List.of("/agent", "/helpme")) {
      refusals.forEach((code, words) -> {
        discord.faults().always(Routes.CREATE_THREAD, Fault.answers(403, code));

        String answer = ada.in(town).runs(command).awaitAnswer().text();

        assertThat(answer).contains("your direct messages are closed", words);
        discord.faults().clear();
      });
    }
    discord.faults().always(Routes.CREATE_THREAD, Fault.answers(500));
    assertThat(ada.in(town).runs("/agent").awaitAnswer().text())
        .contains("your direct messages are closed", "couldn't open a private thread");
    discord.faults().clear();

    assertThat(store.<Boolean>read(queries ->
            queries.activeConversation(DiscordAddresses.address(ada.id())).isPresent()))
        .isFalse();
    List<SupportCase> cases =
        store.read(queries -> queries.cases(CaseFilter.any(), Optional.empty(), 10));
    assertThat(cases).isEmpty();
    assertThat(Objects.requireNonNull(bot).channel().health().detail()).contains("help channel");
  }

  @Test
  void in_the_customers_own_thread_helpme_links_nowhere_and_in_another_thread_it_does() {
    starts();
    ada.closesDirectMessages();
    ada.in(town).runs("/helpme", Map.of("question", "How do I fly?")).awaitAnswer();
    SeenChannel thread = threadOfAda();

    assertThat(ada.in(thread.id()).runs("/helpme").awaitAnswer().text())
        .isEqualTo("You're in the right place. Just write.");
    assertThat(eve.in(thread.id()).runs("/helpme").awaitAnswer().text())
        .isEqualTo("I've written to you.");
  }

  @Test
  void buttons_in_a_thread_are_for_its_customer_alone() {
    starts();
    ada.closesDirectMessages();
    ada.in(town).runs("/helpme", Map.of("question", "How do I fly?")).awaitAnswer();
    SeenChannel thread = threadOfAda();
    SeenMessage answer = Eventually.gives(
        "buttons",
        () -> messages(thread).stream()
            .filter(message -> !message.buttons().isEmpty())
            .findFirst()
            .orElse(null));
    String person = answer.buttons().get(0).customId();

    Interaction foreign = eve.in(thread.id()).presses(answer.id(), person);
    Eventually.holds(
        "a refusal", () -> foreign.answerTexts().contains("These buttons are for somebody else."));
    ada.in(thread.id()).presses(answer.id(), person);

    Eventually.holds("one press", () -> presses(conversation(ada)) == 1);
  }

  @Test
  void buttons_work_after_a_restart_of_the_bot() {
    starts();
    ada.in(town).runs("/helpme", Map.of("question", "How do I fly?")).awaitAnswer();
    SeenMessage answer = Eventually.gives(
        "buttons",
        () -> ada.directMessages().stream()
            .filter(message -> !message.buttons().isEmpty())
            .findFirst()
            .orElse(null));
    ConversationId conversation = conversation(ada);

    stop();
    starts();
    ada.presses(answer.id(), answer.buttons().get(0).customId());

    Eventually.holds("one press", () -> presses(conversation) == 1);
    Eventually.holds(
        "the buttons are out of use",
        () -> ada.directMessages().stream()
            .filter(message -> message.id() == answer.id())
            .noneMatch(message -> message.buttons().get(0).enabled()));
  }

  @Test
  void a_host_bot_keeps_its_commands_and_gets_relays() throws Exception {
    discord.hasCommand("play", "Plays a song");
    JDA host = JdaConnection.builder(discord, Set.of(GatewayIntent.DIRECT_MESSAGES))
        .setRawEventsEnabled(true)
        .build()
        .awaitReady();
    try {
      DiscordCommands inHost = commands();
      DiscordBot embedded =
          DiscordBot.on(host, DiscordSettings.of("")).extension(inHost).build();
      serves(embedded, inHost);
      assertThat(inHost.register(host).join()).hasSize(10);

      assertThat(discord.commands()).contains("play", "helpme");
      assertThat(ada.in(town)
              .runs("/helpme", Map.of("question", "How?"))
              .awaitAnswer()
              .text())
          .isEqualTo("I've written to you.");
      Interaction play = ada.runs("/play");
      ada.runs("/cases").awaitAnswer();
      assertThat(play.isAcknowledged()).isFalse();
      stop();
      assertThat(host.getStatus()).isEqualTo(JDA.Status.CONNECTED);
    } finally {
      host.shutdownNow();
    }
  }

  @Test
  void customers_texts_are_never_logged() {
    starts();
    ada.in(town).runs("/helpme", Map.of("question", "my-secret-question")).awaitAnswer();
    Interaction form = ada.runs("/bug");
    ada.submits(form, Map.of("title", "my-secret-title", "description", "my-secret-story"))
        .awaitAnswer();
    discord.faults().always(Routes.EDIT_ANSWER, Fault.answers(400));
    Interaction lost =
        ada.in(town).runs("/helpme", Map.of("question", "my-secret-second-question"));
    Eventually.holds("handed in", () -> said(conversation(ada)) == 3);
    discord.faults().clear();

    assertThat(lost.answers()).isEmpty();
    assertThat(log.text()).doesNotContain("my-secret");
  }

  private void starts() {
    DiscordCommands own = commands();
    DiscordBot its = DiscordBot.with(DiscordSettings.of(discord.token())
            .at(URI.create(discord.restUrl()), URI.create(discord.gatewayUrl()))
            .withHelpChannel(help))
        .extension(own)
        .build();
    serves(its, own);
    Eventually.holds("the commands", () -> discord.commands().size() == 10);
    Eventually.holds("the connection", () -> its.health().ready());
  }

  private static DiscordCommands commands() {
    return DiscordCommands.with(CommandSettings.DEFAULT).build();
  }

  private void serves(DiscordBot newBot, DiscordCommands newCommands) {
    bot = newBot;
    commands = newCommands;
    Relay serving = Relay.builder()
        .store(store)
        .channel(newBot.channel())
        .desk(CallbackDesk.named("desk")
            .delivering(delivery -> new DeliveryResult.Delivered(Optional.empty())))
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .build();
    newCommands.serve(serving);
    relay = serving;
    serving.start();
  }

  private void stop() {
    if (relay != null && bot != null && commands != null) {
      relay.stop(Duration.ZERO);
      commands.close();
      bot.close();
      relay = null;
    }
  }

  private SeenChannel threadOfAda() {
    return Eventually.gives(
        "a thread",
        () -> discord.guild().threads(help).stream()
            .filter(thread -> thread.members().contains(ada.id()))
            .findFirst()
            .orElse(null));
  }

  private List<SeenMessage> messages(SeenChannel thread) {
    return ada.in(thread.id()).messages();
  }

  private ConversationId conversation(FakeCustomer customer) {
    return store
        .read(queries -> queries.activeConversation(DiscordAddresses.address(customer.id())))
        .orElseThrow()
        .id();
  }

  private long presses(ConversationId conversation) {
    return store.read(queries -> queries.transcript(conversation, new EntryId(0), 1000)).stream()
        .filter(entry -> entry.content() instanceof EntryContent.Pressed)
        .count();
  }

  private long said(ConversationId conversation) {
    return store.read(queries -> queries.transcript(conversation, new EntryId(0), 1000)).stream()
        .filter(entry -> entry.content() instanceof EntryContent.Said said
            && said.author().role() == Participant.Role.CUSTOMER)
        .count();
  }
}
