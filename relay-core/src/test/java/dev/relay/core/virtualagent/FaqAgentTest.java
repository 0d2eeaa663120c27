package dev.relay.core.virtualagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.id.ArticleId;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent.Said;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Participant.Role;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.virtualagent.Answer.Failed;
import dev.relay.core.virtualagent.Answer.HandOver;
import dev.relay.core.virtualagent.Answer.HandOverReason;
import dev.relay.core.virtualagent.Answer.Outcome;
import dev.relay.core.virtualagent.Answer.Replied;
import dev.relay.core.virtualagent.FaqAgent.FaqOptions;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Isolated, because a test changes the language of the process. */
@Isolated
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaqAgentTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es-MX");

  /** A knowledge base with the same answer to every question. */
  private record Fixed(SearchResult result) implements KnowledgeBase {
    @Override
    public SearchResult search(KnowledgeQuery query) {
      return result;
    }

    @Override
    public Optional<Article> article(ArticleId id, Locale locale) {
      return Optional.empty();
    }

    @Override
    public int size() {
      return result.hits().size();
    }
  }

  private static ArticleHit hit(String id, double score) {
    return hit(id, score, "");
  }

  private static ArticleHit hit(String id, double score, String body) {
    Article article = new Article(
        new ArticleId(id),
        Locale.ENGLISH,
        "About " + id,
        List.of(),
        Set.of(),
        Audience.PUBLIC,
        Optional.empty(),
        Optional.of("https://example.org/" + id),
        false,
        body);
    return new ArticleHit(article, "Do this about " + id + ".", score);
  }

  private static FaqAgent finding(double confidence, ArticleHit... hits) {
    return new FaqAgent(new Fixed(new SearchResult(List.of(hits), confidence)));
  }

  private static final FaqAgent KNOWING_NOTHING = new FaqAgent(new Fixed(SearchResult.none()));

  private static Turn turn(String text, Locale locale, int misses, TranscriptEntry... history) {
    return new Turn(new ConversationId(1), "t1", text, locale, misses, List.of(history));
  }

  private static TranscriptEntry saidByAgent(Replied reply) {
    return new TranscriptEntry(
        new EntryId(1),
        new ConversationId(1),
        Destination.CUSTOMER,
        1,
        Instant.EPOCH,
        new Said(
            new Participant(Role.VIRTUAL_AGENT, "faq", "Assistant"),
            reply.replies().get(0)),
        Optional.empty(),
        Optional.empty());
  }

  private static Replied replied(FaqAgent agent, Turn turn) {
    return (Replied) agent.answer(turn);
  }

  private static MessageBody onlyReply(Replied replied) {
    assertThat(replied.replies()).hasSize(1);
    return replied.replies().get(0);
  }

  @Nested
  class When_an_article_matches {
    @Test
    void shows_title_passage_and_link_and_asks_whether_it_helped() {
      Replied replied = replied(finding(.8, hit("refunds", 9)), turn("refund?", Locale.ENGLISH, 0));

      MessageBody reply = onlyReply(replied);
      assertThat(replied.outcome()).isEqualTo(Outcome.ANSWERED);
      assertThat(replied.confidence()).isEqualTo(.8);
      assertThat(reply.articles())
          .containsExactly(new ArticleLink(
              "refunds",
              "About refunds",
              "Do this about refunds.",
              Optional.of("https://example.org/refunds")));
      assertThat(reply.buttons())
          .containsExactly(Button.THAT_HELPED, Button.DID_NOT_HELP, Button.TALK_TO_PERSON);
      assertThat(reply.text()).contains("Does this help?");
    }

    @Test
    void shows_at_most_three_articles_and_none_that_matches_much_less() {
      FaqAgent agent = finding(.8, hit("a", 9), hit("b", 8), hit("c", 7), hit("d", 6));
      FaqAgent unequal = finding(.8, hit("a", 15.8), hit("b", 8.4), hit("c", 6.4));

      assertThat(onlyReply(replied(agent, turn("x", Locale.ENGLISH, 0))).articles())
          .hasSize(3);
      assertThat(onlyReply(replied(unequal, turn("x", Locale.ENGLISH, 0))).articles())
          .hasSize(1);
    }

    @Test
    void gives_the_best_article_in_its_markdown_and_mentions_the_others() {
      FaqAgent agent = finding(.8, hit("a", 9, "1. Open **Shop**."), hit("b", 8, "Other *text*."));

      assertThat(onlyReply(replied(agent, turn("x", Locale.ENGLISH, 0))).articles())
          .extracting(ArticleLink::markdown)
          .containsExactly(Optional.of("1. Open **Shop**."), Optional.empty());
    }

    @Test
    void never_shows_a_draft_even_if_the_knowledge_base_does() {
      Article draft = new Article(
          new ArticleId("draft"),
          Locale.ENGLISH,
          "Draft",
          List.of(),
          Set.of(),
          Audience.PUBLIC,
          Optional.empty(),
          Optional.empty(),
          true,
          "");
      FaqAgent agent = finding(.9, new ArticleHit(draft, "secret", 9));

      Replied replied = replied(agent, turn("secret?", Locale.ENGLISH, 0));

      assertThat(replied.outcome()).isEqualTo(Outcome.MISSED);
      assertThat(onlyReply(replied).articles()).isEmpty();
    }

    @Test
    void shows_the_id_of_an_article_without_a_title() {
      Article untitled = new Article(
          new ArticleId("d7"),
          Locale.ENGLISH,
          " ",
          List.of(),
          Set.of(),
          Audience.PUBLIC,
          Optional.empty(),
          Optional.empty(),
          false,
          "");

      Replied replied =
          replied(finding(.9, new ArticleHit(untitled, "text", 9)), turn("q", Locale.ENGLISH, 0));

      assertThat(onlyReply(replied).articles().get(0).title()).isEqualTo("d7");
    }
  }

  @Nested
  class When_nothing_matches {
    @Test
    void asks_once_to_rephrase_then_offers_a_live_agent() {
      MessageBody first = onlyReply(replied(KNOWING_NOTHING, turn("xyz", Locale.ENGLISH, 0)));
      MessageBody second = onlyReply(replied(KNOWING_NOTHING, turn("xyz", Locale.ENGLISH, 1)));
      MessageBody third = onlyReply(replied(KNOWING_NOTHING, turn("xyz", Locale.ENGLISH, 2)));

      assertThat(first.text()).contains("other words");
      assertThat(second.text()).contains("talk to a person");
      assertThat(second.buttons()).containsExactly(Button.TALK_TO_PERSON);
      assertThat(third).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({"xyz, 2", "hello, 0", "hola, 0", "thanks, 0", "bye, 0", "are you a bot?, 0", "'', 0"
    })
    void never_says_the_same_sentence_twice_in_a_row(String text, int misses) {
      for (Locale locale : List.of(Locale.ENGLISH, SPANISH)) {
        Replied first = replied(KNOWING_NOTHING, turn(text, locale, misses));
        Replied second = replied(KNOWING_NOTHING, turn(text, locale, misses, saidByAgent(first)));
        Replied third = replied(KNOWING_NOTHING, turn(text, locale, misses, saidByAgent(second)));

        assertThat(onlyReply(second).text()).isNotEqualTo(onlyReply(first).text());
        assertThat(onlyReply(third).text()).isNotEqualTo(onlyReply(second).text());
        assertThat(onlyReply(second).buttons()).isEqualTo(onlyReply(first).buttons());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void names_words_that_do_request_a_live_agent(String language) {
      Locale locale = Locale.forLanguageTag(language);
      Replied offer = replied(KNOWING_NOTHING, turn("xyz", locale, 2));
      String again = onlyReply(replied(KNOWING_NOTHING, turn("xyz", locale, 3, saidByAgent(offer))))
          .text();
      String words = again.replaceAll(".*[\"«](.*)[\"»].*", "$1");

      assertThat(KNOWING_NOTHING.answer(turn(words, locale, 4))).isInstanceOf(HandOver.class);
    }

    @Test
    void counts_as_a_miss_below_the_threshold() {
      FaqAgent agent = finding(.34, hit("a", 9));
      FaqAgent bold = new FaqAgent(
          new Fixed(new SearchResult(List.of(hit("a", 9)), .34)),
          FaqOptions.defaults().withThreshold(.3));

      assertThat(replied(agent, turn("x", Locale.ENGLISH, 0)).outcome()).isEqualTo(Outcome.MISSED);
      assertThat(replied(bold, turn("x", Locale.ENGLISH, 0)).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void says_that_it_reads_only_text(String text) {
      Replied replied = replied(finding(.9, hit("a", 9)), turn(text, Locale.ENGLISH, 0));

      assertThat(replied.outcome()).isEqualTo(Outcome.MISSED);
      assertThat(onlyReply(replied).buttons()).contains(Button.TALK_TO_PERSON);
    }

    @Test
    void fails_if_the_knowledge_base_fails() {
      FaqAgent agent = new FaqAgent(new KnowledgeBase() {
        @Override
        public SearchResult search(KnowledgeQuery query) {
          throw new IllegalStateException("broken: " + query.text());
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

      Failed failed = (Failed) agent.answer(turn("my secret question", Locale.ENGLISH, 0));

      assertThat(failed.reason()).doesNotContain("secret");
    }
  }

  @Nested
  class When_a_live_agent_is_requested {
    @Test
    void hands_over_even_if_an_article_matches() {
      assertThat(finding(.99, hit("a", 9)).answer(turn("talk to a human", Locale.ENGLISH, 0)))
          .isEqualTo(new HandOver(HandOverReason.ASKED, List.of()));
    }

    @Test
    void hands_over_if_one_of_several_lines_requests_it() {
      assertThat(KNOWING_NOTHING.answer(turn("my lantern is broken\nagent", Locale.ENGLISH, 0)))
          .isInstanceOf(HandOver.class);
    }

    @Test
    void hands_over_on_yes_to_its_own_offer() {
      Replied offer = replied(KNOWING_NOTHING, turn("xyz", Locale.ENGLISH, 1));

      assertThat(KNOWING_NOTHING.answer(turn("yes please", Locale.ENGLISH, 2, saidByAgent(offer))))
          .isInstanceOf(HandOver.class);
      assertThat(KNOWING_NOTHING.answer(turn("sí", SPANISH, 2, saidByAgent(offer))))
          .isInstanceOf(HandOver.class);
    }
  }

  @Nested
  class When_asked_whether_it_helped {
    private final FaqAgent agent = finding(.9, hit("a", 9));
    private final TranscriptEntry asked =
        saidByAgent(replied(agent, turn("question", Locale.ENGLISH, 0)));

    @Test
    void treats_yes_as_thanks() {
      assertThat(replied(agent, turn("yes", Locale.ENGLISH, 0, asked)).outcome())
          .isEqualTo(Outcome.CHATTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "No.", "nope", "it didn't help", "no me ha servido"})
    void treats_no_as_a_miss_and_offers_a_live_agent(String text) {
      Replied replied = replied(agent, turn(text, Locale.ENGLISH, 0, asked));

      assertThat(replied.outcome()).isEqualTo(Outcome.MISSED);
      assertThat(onlyReply(replied).buttons()).containsExactly(Button.TALK_TO_PERSON);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hello, greeting", "Hi there!, greeting", "Buenos días, greeting", "¡Hola a todos!, greeting",
    "thanks, thanks", "Thank you so much!, thanks", "muchas gracias, thanks",
        "ok thanks bye, thanks",
    "that helped, thanks", "bye, goodbye", "hasta luego, goodbye", "are you a bot?, whoAmI",
    "am I talking to a human?, whoAmI", "¿eres un robot?, whoAmI",
  })
  void chats_about_nothing(String text, String name) {
    Replied replied = replied(finding(.9, hit("a", 9)), turn(text, Locale.ENGLISH, 0));

    assertThat(replied.outcome()).isEqualTo(Outcome.CHATTED);
    assertThat(onlyReply(replied).text())
        .isEqualTo(new FaqTexts(Map.of()).get(name, Locale.ENGLISH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello how do I reset my password",
        "thanks but it still crashes",
        "hola, no puedo entrar"
      })
  void answers_the_question_behind_a_greeting(String text) {
    assertThat(replied(finding(.9, hit("a", 9)), turn(text, Locale.ENGLISH, 0)).outcome())
        .isEqualTo(Outcome.ANSWERED);
  }

  @Nested
  class Its_language {
    @Test
    void is_the_customers_if_it_has_texts_and_otherwise_english_regardless_of_the_machine() {
      Locale before = Locale.getDefault();
      try {
        Locale.setDefault(SPANISH);
        assertThat(KNOWING_NOTHING.displayName(SPANISH)).isEqualTo("Asistente virtual");
        assertThat(KNOWING_NOTHING.displayName(Locale.GERMAN)).isEqualTo("Virtual assistant");
        assertThat(onlyReply(replied(KNOWING_NOTHING, turn("xyz", SPANISH, 0))).text())
            .contains("Prueba con otras palabras");
      } finally {
        Locale.setDefault(before);
      }
    }

    @Test
    void can_be_overridden_text_by_text() {
      FaqOptions options = FaqOptions.defaults()
          .withTexts(
              Map.of("greeting", "Ahoy!", "greeting.es", "¡Buenas!", "greeting.de", "Moin!"));
      FaqAgent agent = new FaqAgent(new Fixed(SearchResult.none()), options);

      assertThat(onlyReply(replied(agent, turn("hi", Locale.ENGLISH, 0))).text())
          .isEqualTo("Ahoy!");
      assertThat(onlyReply(replied(agent, turn("hi", SPANISH, 0))).text()).isEqualTo("¡Buenas!");
      assertThat(onlyReply(replied(agent, turn("hi", Locale.GERMANY, 0))).text())
          .isEqualTo("Moin!");
      assertThat(onlyReply(replied(agent, turn("hi", Locale.FRENCH, 0))).text()).isEqualTo("Ahoy!");
    }

    @Test
    void refuses_texts_that_do_not_exist_and_empty_ones() {
      assertThatThrownBy(() -> new FaqTexts(Map.of("greetings", "Ahoy!")))
          .hasMessageContaining("greetings")
          .hasMessageContaining("rephrase");
      assertThatThrownBy(() -> new FaqTexts(Map.of("greeting", " ")))
          .hasMessageContaining("1 to 2000");
    }
  }

  @Test
  void refuses_options_outside_their_limits() {
    assertThatThrownBy(() -> new FaqOptions(1.1, 3, Map.of())).hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> new FaqOptions(Double.NaN, 3, Map.of()))
        .hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> new FaqOptions(.5, 4, Map.of())).hasMessageContaining("1 to 3");
  }
}
