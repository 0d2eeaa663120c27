package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.Answer.HandOver;
import dev.relay.core.virtualagent.Answer.HandOverReason;
import dev.relay.core.virtualagent.Answer.Outcome;
import dev.relay.core.virtualagent.Answer.Replied;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VirtualAgentContractTest {

  private static VirtualAgent right() {
    Article refunds = new Article(
        new ArticleId("refunds"),
        Locale.ENGLISH,
        "How do I get a refund",
        List.of(),
        Set.of(),
        Audience.PUBLIC,
        Optional.empty(),
        Optional.empty(),
        false,
        "Return the purchase within 14 days.");
    return new FaqAgent(new InMemoryKnowledgeBase(List.of(refunds)));
  }

  private static VirtualAgent withoutKnowledge() {
    return new FaqAgent(new KnowledgeBase() {
      @Override
      public SearchResult search(KnowledgeQuery query) {
        throw new IllegalStateException("out of order: " + query.text());
      }

      @Override
      public Optional<Article> article(ArticleId id, Locale locale) {
        return Optional.empty();
      }

      @Override
      public int size() {
        return 0;
      }
    });
  }

  @Nested
  class The_agent_that_answers_from_articles extends VirtualAgentContract {
    @Override
    protected VirtualAgent working() {
      return right();
    }

    @Override
    protected VirtualAgent withBrokenDependency() {
      return withoutKnowledge();
    }
  }

  @Test
  void finds_nothing_wrong_with_a_right_one() {
    assertThat(BrokenRules.of(Right.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ThrowsOnFailure.class,
        NeverHandsOver.class,
        ThrowsOnText.class,
        Forgets.class,
        SaysNothing.class,
        Nameless.class,
        NotThreadSafe.class,
        HandsOverAlways.class,
        Unsure.class
      })
  void fails_exactly_the_rule_that_an_agent_breaks(Class<? extends Wrong> wrong)
      throws ReflectiveOperationException {
    String rule = wrong.getDeclaredConstructor().newInstance().rule;
    assertThat(BrokenRules.of(wrong)).containsExactly(rule);
  }

  static class Right extends VirtualAgentContract {
    @Override
    protected VirtualAgent working() {
      return right();
    }

    @Override
    protected VirtualAgent withBrokenDependency() {
      return withoutKnowledge();
    }
  }

  /** A right agent with one thing changed. */
  abstract static class Wrong extends VirtualAgentContract {
    final String rule;

    Wrong(String rule) {
      this.rule = rule;
    }

    Answer answer(VirtualAgent right, Turn turn) {
      return right.answer(turn);
    }

    String displayName(VirtualAgent right, Locale locale) {
      return right.displayName(locale);
    }

    @Override
    protected VirtualAgent working() {
      return changed(right());
    }

    @Override
    protected VirtualAgent withBrokenDependency() {
      return withoutKnowledge();
    }

    final VirtualAgent changed(VirtualAgent right) {
      return new VirtualAgent() {
        @Override
        public String displayName(Locale locale) {
          return Wrong.this.displayName(right, locale);
        }

        @Override
        public Answer answer(Turn turn) {
          return Wrong.this.answer(right, turn);
        }
      };
    }
  }

  static final class ThrowsOnFailure extends Wrong {
    ThrowsOnFailure() {
      super("V1.1");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      if (right.answer(turn) instanceof Answer.Failed failed) {
        throw new IllegalStateException(failed.reason());
      }
      return right.answer(turn);
    }

    @Override
    protected VirtualAgent withBrokenDependency() {
      return changed(withoutKnowledge());
    }
  }

  static final class NeverHandsOver extends Wrong {
    NeverHandsOver() {
      super("V1.2");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      Answer answer = right.answer(turn);
      return answer instanceof HandOver
          ? new Replied(List.of(MessageBody.text("No.")), Outcome.MISSED, 0)
          : answer;
    }
  }

  static final class ThrowsOnText extends Wrong {
    ThrowsOnText() {
      super("V1.3");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      if (turn.text().length() > 2_000) {
        throw new IllegalArgumentException("too long");
      }
      return right.answer(turn);
    }
  }

  static final class Forgets extends Wrong {
    private final ThreadLocal<Integer> count = ThreadLocal.withInitial(() -> 0);

    Forgets() {
      super("V1.4");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      count.set(count.get() + 1);
      return turn.text().contains("refund")
          ? new Replied(List.of(MessageBody.text("Answer " + count.get())), Outcome.ANSWERED, 1)
          : right.answer(turn);
    }
  }

  static final class SaysNothing extends Wrong {
    SaysNothing() {
      super("V1.5");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      return turn.text().equals("xyzzy plugh")
          ? new Replied(List.of(), Outcome.MISSED, 0)
          : right.answer(turn);
    }
  }

  static final class Nameless extends Wrong {
    Nameless() {
      super("V1.6");
    }

    @Override
    String displayName(VirtualAgent right, Locale locale) {
      return locale.equals(Locale.JAPANESE) ? "" : super.displayName(right, locale);
    }
  }

  static final class NotThreadSafe extends Wrong {
    private final AtomicInteger askers = new AtomicInteger();
    private final ThreadLocal<Integer> asker = ThreadLocal.withInitial(askers::incrementAndGet);

    NotThreadSafe() {
      super("V1.7");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      if (asker.get() > 1) {
        throw new IllegalStateException("asked by a second thread");
      }
      return right.answer(turn);
    }
  }

  static final class HandsOverAlways extends Wrong {
    HandsOverAlways() {
      super("V1.8");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      return turn.text().contains("agent") || turn.text().contains("person")
          ? new HandOver(HandOverReason.ASKED, List.of())
          : right.answer(turn);
    }
  }

  static final class Unsure extends Wrong {
    Unsure() {
      super("V1.9");
    }

    @Override
    Answer answer(VirtualAgent right, Turn turn) {
      return right.answer(turn) instanceof Replied replied
          ? new Replied(replied.replies(), replied.outcome(), Double.NaN)
          : right.answer(turn);
    }
  }
}
