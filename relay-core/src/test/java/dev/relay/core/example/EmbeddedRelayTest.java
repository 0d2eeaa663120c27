package dev.relay.core.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.ArticleId;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.knowledge.Article;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The embedded example, run against a bot in memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedRelayTest {
  private static final Participant BEA = Participant.agent("bea", "Bea");
  private static final ConversationId FIRST = new ConversationId(1);

  private final BlockingQueue<String> botSays = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> staffSees = new LinkedBlockingQueue<>();
  private final MemoryStore store = new MemoryStore();
  private final EmbeddedRelay embedded = new EmbeddedRelay(
      store,
      new InMemoryKnowledgeBase(List.of(article())),
      (customer, text) -> botSays.add(customer + " <- " + text),
      (conversation, text) -> staffSees.add(conversation + ": " + text));

  @AfterEach
  void stop() {
    embedded.relay.stop(Duration.ofSeconds(5));
    store.close();
  }

  @Test
  void a_question_is_answered_and_then_a_live_agent_takes_over_and_solves_the_case()
      throws InterruptedException {
    accepted(embedded.customerWrites("ada", "m1", "How do I reset my password?"));
    assertThat(next(botSays))
        .startsWith("ada <- ")
        .contains("Reset your password")
        .contains("Open the log-in page and choose \"Forgot password\".");

    accepted(embedded.customerWrites("ada", "m2", "I want to talk to a person"));
    assertThat(next(staffSees))
        .startsWith("1: Case #1001 is waiting: ")
        .contains("ada: How do I reset my password?")
        .contains("ada: I want to talk to a person");
    assertThat(embedded.staff.open()).extracting(Conversation::id).containsExactly(FIRST);
    accepted(embedded.agentAnswers(FIRST, BEA, "Hello Ada"));
    accepted(embedded.customerWrites("ada", "m3", "Hello Bea"));
    assertThat(next(staffSees)).isEqualTo("1: ada: Hello Bea");
    accepted(embedded.agentSolves(FIRST, BEA));

    assertThat(until("solved")).contains("ada <- Bea: Hello Ada");
    assertThat(store.read(queries -> queries.conversation(FIRST)).orElseThrow().state())
        .isEqualTo(ConversationState.CLOSED);
    assertThat(embedded.staff.open()).isEmpty();
    assertThat(embedded.relay.cases().list(Set.of(CaseStatus.SOLVED), 10))
        .extracting(SupportCase::number)
        .containsExactly(new CaseNumber(1001));
    assertThat(embedded.relay.cases().list(Set.of(CaseStatus.OPEN), 10)).isEmpty();
    assertThat(embedded.relay.cases().find(new CaseNumber(1001))).isPresent();
  }

  @Test
  void the_same_message_again_makes_nothing_new() {
    IntakeResult first = embedded.customerWrites("ada", "m1", "Hello").join();
    IntakeResult again = embedded.customerWrites("ada", "m1", "Hello").join();

    assertThat(first).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(again)
        .isEqualTo(new IntakeResult.Duplicate(((IntakeResult.Accepted) first).receipt()));
  }

  private static void accepted(CompletableFuture<IntakeResult> result) {
    assertThat(result.join()).isInstanceOf(IntakeResult.Accepted.class);
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("something within ten seconds").isNotNull();
    return next;
  }

  private List<String> until(String word) throws InterruptedException {
    List<String> seen = new ArrayList<>();
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
