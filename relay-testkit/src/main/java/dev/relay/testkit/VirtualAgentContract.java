package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.id.ConversationId;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.Answer.Failed;
import dev.relay.core.virtualagent.Answer.HandOver;
import dev.relay.core.virtualagent.Answer.HandOverReason;
import dev.relay.core.virtualagent.Answer.Replied;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/virtual-agent-contract.md that every {@link VirtualAgent} must keep. Extend this class and provide your virtual
 * agent; it is finished when all tests are green.
 */
public abstract class VirtualAgentContract {

  /** Creates the contract; called by the subclass that tests a virtual agent. */
  protected VirtualAgentContract() {}

  private static final Locale SPANISH = Locale.forLanguageTag("es");
  private static final int MAX_REPLIES = 5;
  private static final int MAX_NAME = 80;

  private @Nullable VirtualAgent made;

  /** Creates the virtual agent under test; its remote side, if any, works. Closed after the test if it is closeable. */
  protected abstract VirtualAgent working() throws Exception;

  /** Creates the virtual agent under test; the side it depends on (a server, a knowledge base) fails. */
  protected abstract VirtualAgent withBrokenDependency() throws Exception;

  @AfterEach
  void close() throws Exception {
    if (made instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  private VirtualAgent agent() throws Exception {
    VirtualAgent agent = working();
    made = agent;
    return agent;
  }

  private static Turn turn(String text, Locale locale) {
    return new Turn(new ConversationId(7), "turn-1", text, locale, 0, List.of());
  }

  @Test
  @DisplayName("V1.1 MUST NOT throw when what it depends on fails: it answers that it failed")
  void saysThatItFailed() throws Exception {
    VirtualAgent agent = withBrokenDependency();
    made = agent;
    Answer answer = agent.answer(turn("how do I get a refund", Locale.ENGLISH));
    assertThat(answer).isInstanceOf(Failed.class);
    assertThat(((Failed) answer).reason()).isNotBlank().doesNotContain("refund");
  }

  @Test
  @DisplayName("V1.2 MUST hand over when the customer asks for a person, in English or Spanish")
  void handsOverOnRequest() throws Exception {
    VirtualAgent agent = agent();
    for (String text : List.of(
        "I want to talk to a person",
        "human please",
        "can I speak with an agent?",
        "quiero hablar con una persona",
        "agente humano por favor",
        "hablar con alguien")) {
      for (Locale locale : List.of(Locale.ENGLISH, SPANISH, Locale.GERMAN)) {
        Answer answer = agent.answer(turn(text, locale));
        assertThat(answer).as("%s (%s)", text, locale).isInstanceOf(HandOver.class);
        assertThat(((HandOver) answer).reason()).isEqualTo(HandOverReason.ASKED);
      }
    }
  }

  @Test
  @DisplayName("V1.3 MUST accept any text")
  void bearsAnyText() throws Exception {
    VirtualAgent agent = agent();
    for (String text : HostileTexts.all()) {
      assertThatCode(() -> agent.answer(turn(text, Locale.ENGLISH)))
          .as(HostileTexts.shown(text))
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("V1.4 SHOULD answer the same turn alike, because a turn can be asked again")
  void answersAlike() throws Exception {
    VirtualAgent agent = agent();
    Turn turn = turn("how do I get a refund", Locale.ENGLISH);
    assertThat(agent.answer(turn)).isEqualTo(agent.answer(turn));
  }

  @Test
  @DisplayName("V1.5 MUST reply with one to five messages that are not empty")
  void saysSomething() throws Exception {
    VirtualAgent agent = agent();
    for (String text : List.of("how do I get a refund", "xyzzy plugh", "hello", "")) {
      if (agent.answer(turn(text, Locale.ENGLISH)) instanceof Replied replied) {
        assertThat(replied.replies()).as(text).hasSizeBetween(1, MAX_REPLIES);
      }
    }
  }

  @Test
  @DisplayName("V1.6 MUST have a name of 1 to 80 characters for every language")
  void hasName() throws Exception {
    VirtualAgent agent = agent();
    for (Locale locale : List.of(Locale.ENGLISH, SPANISH, Locale.JAPANESE, Locale.ROOT)) {
      assertThat(agent.displayName(locale)).isNotBlank().hasSizeLessThanOrEqualTo(MAX_NAME);
    }
  }

  @Test
  @DisplayName("V1.7 MUST serve several threads at once")
  void isThreadSafe() throws Exception {
    VirtualAgent agent = agent();
    List<Answer> answers =
        AtOnce.call(() -> agent.answer(turn("how do I get a refund", Locale.ENGLISH)));
    assertThat(Set.copyOf(answers)).hasSize(1);
  }

  @Test
  @DisplayName("V1.8 MUST NOT take an ordinary question for a request for a person")
  void leavesOrdinaryQuestionsAlone() throws Exception {
    VirtualAgent agent = agent();
    for (String text : List.of(
        "how do I report a person",
        "my agent character is stuck",
        "cómo denuncio a una persona",
        "the agent skin is missing")) {
      Answer answer = agent.answer(turn(text, Locale.ENGLISH));
      boolean asked =
          answer instanceof HandOver handOver && handOver.reason() == HandOverReason.ASKED;
      assertThat(asked).as(text).isFalse();
    }
  }

  @Test
  @DisplayName("V1.9 MUST give a confidence that is a number from 0 on")
  void givesConfidence() throws Exception {
    VirtualAgent agent = agent();
    for (String text : List.of("how do I get a refund", "xyzzy plugh", "hello", "")) {
      if (agent.answer(turn(text, Locale.ENGLISH)) instanceof Replied replied) {
        assertThat(replied.confidence()).as(text).isFinite().isNotNegative();
      }
    }
  }
}
