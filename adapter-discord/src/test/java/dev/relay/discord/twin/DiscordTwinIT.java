package dev.relay.discord.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.Relay;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ArticleId;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.DiscordBot;
import dev.relay.discord.DiscordCommands;
import dev.relay.discord.DiscordSettings;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.testkit.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The whole bot, with an unmodified JDA, against a Discord by an independent author: the npm package {@code discord-digital-twin} 0.1.1.
 * Runs only in the profile {@code twin}. The assertions about Discord's side read the twin's storage.
 *
 * <p>The twin was made for another library than JDA. A shim before it ({@code src/test/twin/shim.mjs}) adds the functions of Discord that
 * the twin lacks, so these parts are Relay's own view of Discord, not an independent one:
 *
 * <ul>
 *   <li>{@code POST users/@me/channels}: the twin has no way to open direct messages; the shim makes the channel in the twin's storage;
 *   <li>{@code GET} and {@code POST applications/…/commands}: the twin can only replace all commands at once;
 *   <li>in READY {@code private_channels} and the shim's address for resuming; the {@code colors} of roles; {@code guild} and the
 *       channel's permissions in interactions;
 *   <li>interactions in direct messages: the twin sends all as if used in its server; the shim makes them a user's, context 1;
 *   <li>an empty {@code guild_id} in direct messages is removed;
 *   <li>the fields of a submitted form are in labels, as Discord sends them; the twin itself would send rows.
 * </ul>
 *
 * <p>The twin lacks the following functions, which are therefore tested only against the package {@code fake}: RESUME, reconnects and
 * invalid sessions; nonces (it stores them and does not compare); allowed mentions (it drops them); rate limits (never 429); files in
 * either direction; closed direct messages (never 50007); Discord's limits and permissions (it checks neither lengths nor components nor
 * who may do what, and sends events whatever the intents are); the three seconds and fifteen minutes of interactions; compression of the
 * gateway. Of commands it keeps neither contexts nor translations, so that only names, descriptions and options can be checked. It forgets
 * that a deferred answer is private: that is read from the acknowledgement.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DiscordTwinIT {
  private static final int DEFERRED_ANSWER = 5;
  private static final int DEFERRED_CHANGE = 6;
  private static final int MODAL = 9;
  private static final int PRIVATE = 64;
  private static final Participant ANA = Participant.agent("ana", "Ana");
  private static final PortId DESK = new PortId("desk");

  private final CapturedLog log = CapturedLog.open();
  private final TwinServer twin = TwinServer.start();
  private final TwinCustomer ada = new TwinCustomer(twin);
  private final String town = twin.fact("town");
  private final List<DeskDelivery> atDesk = new CopyOnWriteArrayList<>();
  private final CallbackDesk desk = CallbackDesk.named(DESK.value()).delivering(delivery -> {
    atDesk.add(delivery);
    return DeliveryResult.delivered();
  });
  private final DiscordCommands commands =
      DiscordCommands.with(CommandSettings.DEFAULT).build();
  private final DiscordBot bot = DiscordBot.with(DiscordSettings.of(twin.fact("token"))
          .at(URI.create(twin.fact("api")), URI.create(twin.fact("gateway"))))
      .extension(commands)
      .build();
  private final Relay relay = Relay.builder()
      .store(new MemoryStore())
      .channel(bot.channel())
      .desk(desk)
      .knowledgeBase(new InMemoryKnowledgeBase(List.of(password())))
      .build();

  @BeforeEach
  void start() {
    commands.serve(relay);
    relay.start();
    Eventually.holds("the connection", () -> bot.health().ready());
    Eventually.holds("the commands", () -> registered().size() == 10);
  }

  @AfterEach
  void close() {
    relay.stop(Duration.ofSeconds(2));
    commands.close();
    bot.close();
    twin.close();
    log.close();
    log.assertGatewayClientQuiet();
  }

  @Test
  void the_twin_knows_the_commands_with_their_options() {
    assertThat(registered())
        .extracting(command -> command.required("name").asText())
        .contains("helpme", "bug", "new_feature", "agent", "cases", "close", "announce", "case")
        .contains("block", "unblock");
    JsonNode helpme = registered().stream()
        .filter(command -> command.required("name").asText().equals("helpme"))
        .findFirst()
        .orElseThrow();
    JsonNode options = TwinServer.parse(helpme.required("options").asText());
    assertThat(options.path(0).path("name").asText()).isEqualTo("question");
  }

  @Test
  void a_question_by_command_is_answered_in_direct_messages() {
    String asked = ada.runs(town, "helpme", Map.of("question", "How do I reset my password?"));

    JsonNode acknowledged = ada.awaitAcknowledged(asked);
    assertThat(acknowledged.required("type").asInt()).isEqualTo(DEFERRED_ANSWER);
    assertThat(isPrivate(acknowledged)).isTrue();
    assertThat(ada.awaitAnswer(asked, town)).isEqualTo("I've written to you.");
    JsonNode answer = ada.awaitMessage("an answer", it -> TwinCustomer.hasButton(it, "relay:"));
    assertThat(TwinCustomer.text(answer)).contains("Press the key symbol twice.");
    assertThat(answer.required("author").required("id").asText()).isEqualTo(twin.fact("bot"));
    assertThat(ada.texts(ada.directMessages()))
        .hasSize(2)
        .first()
        .isEqualTo("You asked: How do I reset my password?");
    assertThat(ada.texts(town)).hasSize(1);
  }

  @Test
  void a_form_becomes_a_case_with_a_private_confirmation() {
    String opened = ada.runs(town, "bug", Map.of());

    JsonNode shown = ada.awaitAcknowledged(opened);
    assertThat(shown.required("type").asInt()).isEqualTo(MODAL);
    JsonNode form = TwinServer.parse(shown.required("data").asText());
    assertThat(TwinCustomer.list(form.required("components")))
        .extracting(label -> label.required("component").required("custom_id").asText())
        .containsExactly("title", "description", "steps", "platform", "version");

    String filed = ada.submits(
        town,
        form.required("custom_id").asText(),
        Map.of("title", "The lift is stuck", "description", "Between floors", "version", "7"));

    assertThat(isPrivate(ada.awaitAcknowledged(filed))).isTrue();
    assertThat(ada.awaitAnswer(filed, town)).contains("Your case number is **#1001**");
    String listed = ada.runs(town, "cases", Map.of());
    assertThat(ada.awaitAnswer(listed, town)).contains("**#1001**").contains("The lift is stuck");
  }

  @Test
  void a_press_asks_for_a_live_agent_and_disables_the_buttons() {
    ada.runs(town, "helpme", Map.of("question", "How do I reset my password?"));
    JsonNode answer = ada.awaitMessage("an answer", it -> TwinCustomer.hasButton(it, "relay:"));
    String message = answer.required("id").asText();

    String pressed = ada.presses(message, TwinCustomer.button(answer, "relay:person:"));

    assertThat(ada.awaitAcknowledged(pressed).required("type").asInt()).isEqualTo(DEFERRED_CHANGE);
    ada.awaitMessage(
        "the buttons are out of use",
        it -> it.required("id").asText().equals(message)
            && TwinCustomer.buttons(it).stream()
                .allMatch(button -> button.path("disabled").asBoolean()));
    ada.awaitMessage("the case's number", it -> TwinCustomer.text(it).contains("#1001"));
    Eventually.holds("the desk is asked", () -> handoff().isPresent());
  }

  @Test
  void a_customer_and_an_agent_talk_in_direct_messages_until_the_agent_ends_it() {
    ada.writes("I want to talk to a person");
    ConversationId talk = Eventually.gives("a handoff", () -> handoff().orElse(null));
    agent(new DeskEvent.AgentJoined(talk, Optional.empty(), DESK, ANA));
    ada.awaitText("You're now talking to Ana");

    agent(new DeskEvent.AgentWrote(
        talk, Optional.empty(), ANA, Optional.of("first"), MessageBody.text("Which e-mail?")));
    JsonNode question = ada.awaitText("**Ana:** Which e-mail?");
    String address = ada.writes("ada@example.org");
    Eventually.holds("the agent reads it", () -> agentReads("ada@example.org"));
    ada.edits(address, "ada@example.com");
    Eventually.holds("the agent sees the change", () -> agentSeesChange("ada@example.com"));
    agent(new DeskEvent.AgentEdited(
        talk, Optional.empty(), ANA, new EntryRef.BySource("first"), "Which e-mail, please?"));
    JsonNode changed = ada.awaitText("**Ana:** Which e-mail, please?");
    agent(new DeskEvent.AgentEnded(talk, Optional.empty(), ANA, CaseStatus.SOLVED));
    JsonNode end = ada.awaitMessage("a rating", it -> TwinCustomer.buttons(it).size() == 5);
    ada.presses(end.required("id").asText(), "relay:rate:" + talk + ":4");
    ada.awaitText("You gave 4 of 5. Thank you!");

    assertThat(changed.required("id")).isEqualTo(question.required("id"));
    assertThat(changed.required("edited_timestamp").isNull()).isFalse();
    List<JsonNode> messages = ada.messages(ada.directMessages());
    assertThat(messages).extracting(TwinCustomer::text).doesNotHaveDuplicates();
    assertThat(messages)
        .filteredOn(message -> message.required("author").required("bot").asBoolean())
        .extracting(message -> message.path("nonce").asText())
        .doesNotContain("")
        .doesNotHaveDuplicates();
  }

  private void agent(DeskEvent event) {
    desk.submit(event).join();
  }

  private Optional<ConversationId> handoff() {
    return atDesk.stream()
        .filter(delivery -> delivery.what() instanceof DeskOutbound.Handoff)
        .map(DeskDelivery::conversation)
        .findFirst();
  }

  private boolean agentReads(String text) {
    return atDesk.stream()
        .anyMatch(delivery -> delivery.what() instanceof DeskOutbound.Message message
            && message.body().text().equals(text));
  }

  private boolean agentSeesChange(String text) {
    return atDesk.stream()
        .anyMatch(delivery ->
            delivery.what() instanceof DeskOutbound.Edit edit && edit.text().equals(text));
  }

  private List<JsonNode> registered() {
    return TwinCustomer.list(twin.ask("commands", Map.of()));
  }

  private static boolean isPrivate(JsonNode acknowledged) {
    JsonNode data = TwinServer.parse(acknowledged.required("data").asText());
    return (data.path("flags").asInt() & PRIVATE) != 0;
  }

  private static Article password() {
    return new Article(
        new ArticleId("password"),
        Locale.ENGLISH,
        "Reset your password",
        List.of("How do I reset my password?"),
        Set.of(),
        Article.Audience.PUBLIC,
        Optional.empty(),
        Optional.empty(),
        false,
        "Press the key symbol twice.");
  }
}
