package dev.relay.core.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.ArticleId;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.knowledge.Article;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedRelayTest {
  private static final Participant BEA = Participant.agent("bea", "Bea");
  private static final PortId STAFF_ROOM = new PortId("staff-room");

  private final BlockingQueue<String> botSays = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> staffSees = new LinkedBlockingQueue<>();
  private final MemoryStore store = new MemoryStore();
  private final EmbeddedRelay embedded = new EmbeddedRelay(
      store,
      new InMemoryKnowledgeBase(List.of(article())),
      (user, text) -> botSays.add(user + " <- " + text),
      (conversation, text) -> staffSees.add(conversation + ": " + text));

  @AfterEach
  void stop() {
    embedded.relay.stop(Duration.ofSeconds(5));
    store.close();
  }

  @Test
  void a_question_is_answered_and_then_a_person_takes_over_and_solves_the_case()
      throws InterruptedException {
    accepted(embedded
        .channel
        .received("ada", "Ada", Locale.ENGLISH, "m1", "How do I reset my password?")
        .join());
    assertThat(next(botSays)).startsWith("ada <- ");

    accepted(embedded
        .channel
        .received("ada", "Ada", Locale.ENGLISH, "m2", "I want to talk to a person")
        .join());
    assertThat(next(staffSees)).isEqualTo("1: case #1001 waits");
    ConversationId conversation = new ConversationId(1);
    accepted(embedded
        .desk
        .intake()
        .submit(new DeskEvent.AgentJoined(conversation, Optional.empty(), STAFF_ROOM, BEA))
        .join());
    accepted(embedded
        .desk
        .intake()
        .submit(new DeskEvent.AgentWrote(
            conversation, Optional.empty(), BEA, Optional.empty(), MessageBody.text("Hello Ada")))
        .join());
    accepted(embedded
        .channel
        .received("ada", "Ada", Locale.ENGLISH, "m3", "Hello Bea")
        .join());
    assertThat(next(staffSees)).isEqualTo("1: Hello Bea");
    accepted(embedded
        .desk
        .intake()
        .submit(new DeskEvent.AgentEnded(conversation, Optional.empty(), BEA, CaseStatus.SOLVED))
        .join());

    assertThat(until("solved")).contains("ada <- Bea: Hello Ada");
    assertThat(store
            .read(queries -> queries.conversation(conversation))
            .orElseThrow()
            .state())
        .isEqualTo(ConversationState.CLOSED);
  }

  @Test
  void the_same_message_again_makes_nothing_new() {
    IntakeResult first =
        embedded.channel.received("ada", "Ada", Locale.ENGLISH, "m1", "Hello").join();
    IntakeResult again =
        embedded.channel.received("ada", "Ada", Locale.ENGLISH, "m1", "Hello").join();

    assertThat(first).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(again)
        .isEqualTo(new IntakeResult.Duplicate(((IntakeResult.Accepted) first).receipt()));
  }

  private static void accepted(IntakeResult result) {
    assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("something within ten seconds").isNotNull();
    return next;
  }

  private List<String> until(String word) throws InterruptedException {
    List<String> seen = new java.util.ArrayList<>();
    do {
      seen.add(next(botSays));
    } while (!seen.get(seen.size() - 1).contains(word));
    return seen;
  }

  private static Article article() {
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
        "Open the log-in page and choose \"Forgot password\".");
  }
}
