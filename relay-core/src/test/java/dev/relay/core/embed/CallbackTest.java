package dev.relay.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.relay.core.Relay;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel.TypingIndicator;
import dev.relay.core.channel.Delivery;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.RelayObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Channels and desks made of callbacks, in a running Relay. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallbackTest {
  private static final Participant ANN = Participant.agent("ann", "Ann");

  private final MemoryStore store = new MemoryStore();
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> broken = new LinkedBlockingQueue<>();
  private final CallbackDesk desk =
      CallbackDesk.named("staff").sending((conversation, text) -> shown.add(text));
  private CallbackChannel channel =
      CallbackChannel.named("bot").sending((customer, text) -> shown.add(customer + ": " + text));
  private final List<Relay> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(relay -> relay.stop(Duration.ofSeconds(1)));
  }

  private Relay started() {
    Relay relay = Relay.builder()
        .store(store)
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .channel(channel)
        .desk(desk)
        .observer(new RelayObserver() {
          @Override
          public void broken(String where, Throwable cause) {
            broken.add(where + " " + cause.getMessage());
          }
        })
        .build();
    running.add(relay);
    relay.start();
    return relay;
  }

  private static Receipt accepted(IntakeResult result) {
    assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
    return ((IntakeResult.Accepted) result).receipt();
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return queue.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void two_customers_may_use_the_same_message_id() {
    started();

    Receipt adas = accepted(channel.received("ada", "1", "Hello").join());
    Receipt bobs = accepted(channel.received("bob", "1", "Hi").join());

    assertThat(bobs.conversation()).isNotEqualTo(adas.conversation());
  }

  @Test
  void ids_that_read_the_same_when_joined_are_kept_apart() {
    started();

    accepted(channel.received("a/b", "c", "Hello").join());
    accepted(channel.received("a", "b/c", "Hi").join());
  }

  @Test
  void messages_of_one_customer_are_stored_in_the_order_of_the_calls() {
    started();
    List<String> texts = new ArrayList<>();
    List<CompletableFuture<IntakeResult>> results = new ArrayList<>();
    for (int each = 0; each < 100; each++) {
      texts.add("m" + each);
      results.add(channel.received("ada", "id" + each, "m" + each));
    }

    ConversationId conversation = accepted(results.get(99).join()).conversation();
    assertThat(store.read(queries -> queries.latestEntries(conversation, 1_000)).toString())
        .containsSubsequence(texts);
  }

  @Test
  void a_message_before_the_start_or_after_the_stop_is_refused_by_an_exception() {
    assertThatIllegalStateException()
        .isThrownBy(() -> channel.received("ada", "1", "Hello"))
        .withMessageContaining("bot is not started");
    started().stop(Duration.ofSeconds(1));
    assertThatIllegalStateException().isThrownBy(() -> channel.received("ada", "1", "Hello"));
    assertThatIllegalStateException().isThrownBy(() -> desk.joined(new ConversationId(1), ANN));
  }

  @Test
  void an_agent_can_leave_and_the_customer_waits_again() {
    started();
    ConversationId conversation = accepted(
            channel.received("ada", "1", "I want to talk to a person").join())
        .conversation();
    accepted(desk.joined(conversation, ANN).join());
    accepted(desk.said(conversation, ANN, "m1", "Hello").join());

    assertThat(desk.said(conversation, ANN, "m1", "Hello").join())
        .isInstanceOf(IntakeResult.Duplicate.class);
    accepted(desk.left(conversation, ANN).join());
    assertThat(desk.open()).extracting(Conversation::id).containsExactly(conversation);
  }

  @Test
  void both_sides_see_that_the_other_is_typing() throws Exception {
    BlockingQueue<String> signs = new LinkedBlockingQueue<>();
    CallbackDesk room = CallbackDesk.named("staff")
        .showingTyping(conversation -> {
          signs.add("the customer of " + conversation);
          throw new IllegalStateException("the room is closed");
        })
        .sending((conversation, text) -> shown.add(text));
    CallbackChannel chat = CallbackChannel.named("bot")
        .showingTyping(new TypingIndicator() {
          @Override
          public void show(CustomerAddress to) {
            signs.add("an agent to " + to.key());
          }

          @Override
          public Duration pause() {
            return Duration.ofSeconds(5);
          }
        })
        .sending((customer, text) -> shown.add(customer + ": " + text));
    Relay relay = Relay.builder()
        .store(store)
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .channel(chat)
        .desk(room)
        .build();
    running.add(relay);
    relay.start();
    ConversationId conversation =
        accepted(chat.received("ada", "1", "a person please").join()).conversation();
    accepted(room.joined(conversation, ANN).join());

    chat.types("ada");
    assertThat(next(signs)).isEqualTo("the customer of " + conversation);
    room.types(conversation, ANN);
    assertThat(next(signs)).isEqualTo("an agent to ada");
  }

  @Test
  void after_a_restart_a_desk_lists_its_open_conversations() {
    Relay first = started();
    ConversationId conversation = accepted(
            channel.received("ada", "1", "I want to talk to a person").join())
        .conversation();
    accepted(channel.received("bob", "1", "Hello").join());
    first.stop(Duration.ofSeconds(1));

    started();

    assertThat(desk.open()).extracting(Conversation::id).containsExactly(conversation);
  }

  @Test
  void a_callback_that_returns_null_counts_as_unknown_and_is_reported_once() throws Exception {
    BlockingQueue<String> attempts = new LinkedBlockingQueue<>();
    channel =
        CallbackChannel.named("bot").delivering(delivery -> returningNull(delivery, attempts));
    started();

    accepted(channel.received("ada", "1", "Hello").join());
    next(attempts);
    next(attempts);

    assertThat(next(broken)).isEqualTo("delivery through bot the adapter returned null");
    assertThat(broken).isEmpty();
  }

  @SuppressWarnings("NullAway") // What a program without null checks does.
  private static DeliveryResult returningNull(Delivery delivery, BlockingQueue<String> attempts) {
    attempts.add(delivery.id().value());
    return null;
  }

  @Test
  void a_callback_that_throws_is_tried_again() throws Exception {
    BlockingQueue<String> attempts = new LinkedBlockingQueue<>();
    channel = CallbackChannel.named("bot").sending((customer, text) -> {
      attempts.add(text);
      throw new IllegalArgumentException("the platform is away");
    });
    started();

    accepted(channel.received("ada", "1", "Hello").join());

    assertThat(next(attempts)).isEqualTo(next(attempts));
    assertThat(broken).isEmpty();
  }

  @Test
  void long_texts_are_sent_in_parts() {
    assertThat(PlainText.parts("one two three", 8)).containsExactly("one two", "three");
    assertThat(PlainText.parts("abcdefgh", 3)).containsExactly("abc", "def", "gh");
    assertThat(PlainText.parts("🎮🎮", 3)).containsExactly("🎮", "🎮");
  }

  @Test
  void plain_text_cannot_promise_buttons() {
    assertThatIllegalStateException()
        .isThrownBy(() -> CallbackChannel.named("bot")
            .capabilities(Capabilities.text(100).withButtons())
            .sending((customer, text) -> {}))
        .withMessageContaining("delivering");
  }

  @Test
  void a_stopped_relay_is_not_started_again() {
    Relay relay = started();
    assertThatIllegalStateException()
        .isThrownBy(relay::start)
        .withMessage("this Relay has already been started");
    relay.stop(Duration.ofSeconds(1));
    assertThatIllegalStateException()
        .isThrownBy(relay::start)
        .withMessage("this Relay has been stopped; build a new one");
  }

  @Test
  void a_list_of_cases_has_a_limit() {
    Relay relay = started();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> relay.cases().list(java.util.Set.of(), 0))
        .withMessageContaining("1 to 1000");
  }
}
