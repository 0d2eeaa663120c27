package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.Relay;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests that a case in Discord is followed until it is solved, across restarts between any two steps. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FollowUpTest {
  private static final Participant BEA = Participant.agent("bea", "Bea");
  private static final PortId DESK = new PortId("desk");
  private static final CaseNumber CASE = new CaseNumber(1001);

  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final MemoryStore store = new MemoryStore();
  private final long help = discord.guild().addsTextChannel("customer-service");
  private final FakeCustomer ada = discord.customer("ada");
  private @Nullable Relay relay;
  private @Nullable DiscordBot bot;
  private boolean usesHelpChannel;
  private int keys;

  @AfterEach
  void close() {
    stop();
    discord.close();
    log.close();
    discord.assertNothingOdd();
  }

  private void start() {
    DiscordSettings settings = DiscordBots.settings(discord);
    DiscordBot begun = DiscordBot.with(usesHelpChannel ? settings.withHelpChannel(help) : settings)
        .build();
    Relay serving = Relay.builder()
        .store(store)
        .channel(begun.channel())
        .desk(CallbackDesk.named("desk")
            .delivering(delivery -> new DeliveryResult.Delivered(Optional.empty())))
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .build();
    begun.serve(serving);
    serving.start();
    bot = begun;
    relay = serving;
    Eventually.holds("the bot is ready", () -> begun.health().ready());
  }

  private void stop() {
    if (relay != null && bot != null) {
      relay.stop(Duration.ofSeconds(10));
      bot.close();
    }
    relay = null;
  }

  private void restart() {
    stop();
    start();
  }

  private Relay relay() {
    return java.util.Objects.requireNonNull(relay);
  }

  private Optional<EventKey> key() {
    return Optional.of(new EventKey("desk", "key-" + ++keys));
  }

  private Optional<Conversation> open() {
    return store.read(queries -> queries.activeConversation(DiscordAddresses.address(ada.id())));
  }

  private CaseStatus statusOfCase() {
    return store.read(queries -> queries.supportCase(CASE)).orElseThrow().status();
  }

  private void awaitsInChat(String text) {
    Eventually.holds(
        "ada reads " + text,
        () -> ada.directMessages().stream()
            .map(SeenMessage::text)
            .anyMatch(each -> each.contains(text)));
  }

  /** Lets ada be helped by Bea, who solves the case, and awaits that she reads so in direct messages. */
  private ConversationId solved() {
    ConversationId conversation = ended();
    awaitsInChat("is closed as solved");
    return conversation;
  }

  private ConversationId ended() {
    ada.writes("I want to talk to a person");
    ConversationId conversation = Eventually.gives(
        "ada waits",
        () -> open()
            .filter(it -> it.state() == ConversationState.WAITING)
            .map(Conversation::id)
            .orElse(null));
    submit(new DeskEvent.AgentJoined(conversation, key(), DESK, BEA));
    submit(new DeskEvent.AgentEnded(conversation, key(), BEA, CaseStatus.SOLVED));
    return conversation;
  }

  private IntakeResult submit(DeskEvent event) {
    return relay().intake().submit(event).join();
  }

  private IntakeResult writesFirst(ConversationId earlier, String text) {
    return submit(new DeskEvent.AgentWroteFirst(
        earlier, key(), DESK, BEA, Optional.of(CASE), Optional.empty(), MessageBody.text(text)));
  }

  @Test
  void a_customer_is_written_to_first_answers_and_the_case_reopens() {
    start();
    ConversationId earlier = solved();
    restart();

    assertThat(writesFirst(earlier, "We found the cause. Does it work now?"))
        .isInstanceOf(IntakeResult.Accepted.class);
    awaitsInChat("**Bea:** We found the cause. Does it work now?");
    restart();
    ada.writes("It still happens");

    Eventually.holds(
        "the answer is in Bea's conversation",
        () -> open()
            .filter(it -> it.handling() instanceof Handling.Live live
                && live.agent().isSameAs(BEA)
                && it.supportCase().equals(Optional.of(CASE)))
            .isPresent());
    Eventually.holds("the case is open", () -> statusOfCase() == CaseStatus.OPEN);
    assertThat(open().orElseThrow().id()).isNotEqualTo(earlier);
  }

  @Test
  void a_customer_hears_of_their_case_answers_and_it_reopens() {
    start();
    solved();
    change(CaseStatus.OPEN);
    awaitsInChat("We are working on your case #1001");
    restart();
    change(CaseStatus.SOLVED);
    awaitsInChat("Does it still happen? Just write here.");
    restart();

    ada.writes("It still happens");

    Eventually.holds("the case is open", () -> statusOfCase() == CaseStatus.OPEN);
    Eventually.holds(
        "ada waits for a person",
        () -> open().filter(it -> it.state() == ConversationState.WAITING).isPresent());
  }

  private void change(CaseStatus status) {
    relay()
        .cases()
        .change(CASE, CaseChange.status(status), BEA, OptionalLong.empty())
        .join();
  }

  @Test
  void
      a_customer_whose_direct_messages_are_known_to_be_closed_is_refused_before_anything_is_sent() {
    start();
    ConversationId earlier = solved();
    ada.closesDirectMessages();
    writesFirst(earlier, "first");
    Eventually.holds(
        "the message is parked", () -> store.read(queries -> queries.parkedCount()) == 1);

    IntakeResult second = writesFirst(earlier, "second");

    assertThat(second).isInstanceOf(IntakeResult.Refused.class);
    Refusal refusal = ((IntakeResult.Refused) second).refusal();
    assertThat(refusal.code()).isEqualTo(Refusal.Code.OUT_OF_REACH);
    assertThat(refusal.message()).contains("does not accept direct messages");
    ada.opensDirectMessages();
    ada.writes("You wrote?");
    awaitsInChat("**Bea:** first");
  }

  @Test
  void an_archived_thread_is_opened_again_for_a_follow_up() {
    usesHelpChannel = true;
    start();
    ada.closesDirectMessages();
    ConversationId earlier = solvedInThread();
    long thread = discord.guild().threads(help).get(0).id();
    discord.guild().archives(thread);

    writesFirst(earlier, "Does it work now?");

    Eventually.holds(
        "the message is in the thread",
        () -> discord.guild().threads(help).get(0).messages().stream()
            .anyMatch(message -> message.text().contains("Does it work now?")));
    assertThat(discord.guild().threads(help)).hasSize(1);
  }

  private ConversationId solvedInThread() {
    ConversationId conversation = ended();
    Eventually.holds(
        "the end is in the thread",
        () -> discord.guild().threads(help).stream()
            .flatMap(thread -> thread.messages().stream())
            .anyMatch(message -> message.text().contains("is closed as solved")));
    return conversation;
  }

  @Test
  void what_waited_for_the_help_channel_is_delivered_once_it_works_again() {
    usesHelpChannel = true;
    start();
    ConversationId earlier = solved();
    discord.guild().allowsBotOnly(0);
    ada.closesDirectMessages();
    writesFirst(earlier, "Does it work now?");
    Eventually.holds(
        "the message is parked", () -> store.read(queries -> queries.parkedCount()) == 1);

    discord.guild().allowsBotOnly((1L << 53) - 1);

    Eventually.holds(
        "the message is in a thread",
        () -> discord.guild().threads(help).stream()
            .flatMap(thread -> thread.messages().stream())
            .anyMatch(message -> message.text().contains("Does it work now?")));
  }
}
