package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/knowledge-base-contract.md that every {@link KnowledgeBase} must keep. Extend this class and provide your knowledge
 * base; it is finished when all tests are green.
 */
public abstract class KnowledgeBaseContract {

  /** Creates the contract; called by the subclass that tests a knowledge base. */
  protected KnowledgeBaseContract() {}

  private static final Locale SPANISH = Locale.forLanguageTag("es");

  private static final Article REFUNDS = article("refunds", "en", "How to get a refund")
      .ask("I want my money back")
      .body("# Refunds\n\nYou can return a **purchase** within [14 days](https://example.org).\n\n"
          + "The money arrives after a week. ".repeat(40));

  private static final Article REFUNDS_ES = article("refunds", "es", "Cómo pedir un reembolso")
      .ask("quiero que me devuelvan el dinero")
      .body("Puedes devolver una compra en 14 días.");

  private static final Article CRASH = article("crash", "en", "The game crashes")
      .ask("it freezes on the loading screen")
      .body("Update the graphics driver and send us the crash report.");

  private static final Article KEYBOARD = article("keyboard", "en", "Change the keyboard layout")
      .ask("rebind my keys")
      .body("Open the settings and choose a layout. A refund is not needed.");

  private static final Article INTERNAL = article("fraud", "en", "Fraudulent chargeback handling")
      .ask("zanzibar procedure")
      .internal()
      .body("Zanzibar is the code word for refund fraud.");

  private static final Article DRAFT = article("pets", "en", "Quokka companions")
      .ask("quokka release date")
      .unfinished()
      .body("Quokka companions come next spring.");

  private static final List<Article> ALL =
      List.of(REFUNDS, REFUNDS_ES, CRASH, KEYBOARD, INTERNAL, DRAFT);

  private @Nullable KnowledgeBase opened;

  /**
   * Creates the knowledge base under test. Called once per test; closed afterwards if it is {@link AutoCloseable}.
   *
   * @param articles the articles that it must contain, and no others
   */
  protected abstract KnowledgeBase holding(List<Article> articles) throws Exception;

  @AfterEach
  void close() throws Exception {
    if (opened instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  private KnowledgeBase knowledge() throws Exception {
    KnowledgeBase made = holding(ALL);
    opened = made;
    return made;
  }

  private static SearchResult ask(
      KnowledgeBase knowledge, String text, Locale locale, Reader reader) {
    return knowledge.search(new KnowledgeQuery(text, locale, 10, reader));
  }

  private static List<String> ids(SearchResult result) {
    return result.hits().stream().map(hit -> hit.article().id().value()).toList();
  }

  @Test
  @DisplayName("K1.1 MUST NOT throw on any text")
  void bearsAnyText() throws Exception {
    KnowledgeBase knowledge = knowledge();
    for (String text : HostileTexts.all()) {
      assertThatCode(() -> ask(knowledge, text, Locale.ENGLISH, Reader.CUSTOMER))
          .as(HostileTexts.shown(text))
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("K1.2 MUST NOT show a customer a draft or an internal article")
  void hidesWhatIsNotForCustomers() throws Exception {
    KnowledgeBase knowledge = knowledge();
    for (String text : List.of("zanzibar procedure", "refund fraud", "quokka release date")) {
      assertThat(ask(knowledge, text, Locale.ENGLISH, Reader.CUSTOMER).hits())
          .as("customers ask: %s", text)
          .allMatch(hit -> hit.article().isForCustomers());
    }
  }

  @Test
  @DisplayName("K1.3 MUST answer at most as many hits as asked for, best first")
  void keepsTheLimitAndTheOrder() throws Exception {
    KnowledgeBase knowledge = knowledge();
    for (int limit = 1; limit <= 3; limit++) {
      assertThat(knowledge
              .search(new KnowledgeQuery(
                  "refund money crash keyboard", Locale.ENGLISH, limit, Reader.CUSTOMER))
              .hits())
          .hasSizeLessThanOrEqualTo(limit);
    }
    List<Double> scores =
        ask(knowledge, "refund money crash keyboard", Locale.ENGLISH, Reader.CUSTOMER)
            .hits()
            .stream()
            .map(ArticleHit::score)
            .toList();
    assertThat(scores).isSortedAccordingTo((one, other) -> Double.compare(other, one));
  }

  @Test
  @DisplayName("K1.4 MUST answer confidence 0 if, and only if, nothing matches")
  void isUnsureOnlyOfNothing() throws Exception {
    KnowledgeBase knowledge = knowledge();
    SearchResult nothing = ask(knowledge, "§§§ 你好", Locale.ENGLISH, Reader.CUSTOMER);
    SearchResult something = ask(knowledge, "refund", Locale.ENGLISH, Reader.CUSTOMER);
    assertThat(nothing.hits()).isEmpty();
    assertThat(nothing.confidence()).isZero();
    assertThat(something.hits()).isNotEmpty();
    assertThat(something.confidence()).isPositive().isFinite();
  }

  @Test
  @DisplayName(
      "K1.5 MUST give an article by id in the nearest language, internal ones and drafts included")
  void givesArticlesById() throws Exception {
    KnowledgeBase knowledge = knowledge();
    assertThat(knowledge.article(new ArticleId("refunds"), SPANISH)).contains(REFUNDS_ES);
    assertThat(knowledge.article(new ArticleId("refunds"), Locale.UK)).contains(REFUNDS);
    assertThat(knowledge.article(new ArticleId("crash"), SPANISH)).contains(CRASH);
    assertThat(knowledge.article(new ArticleId("fraud"), Locale.ENGLISH)).contains(INTERNAL);
    assertThat(knowledge.article(new ArticleId("pets"), Locale.ENGLISH)).contains(DRAFT);
    assertThat(knowledge.article(new ArticleId("nowhere"), Locale.ENGLISH)).isEmpty();
  }

  @Test
  @DisplayName("K1.6 MUST show agents internal articles, and drafts never")
  void showsAgentsInternalArticles() throws Exception {
    KnowledgeBase knowledge = knowledge();
    assertThat(ids(ask(knowledge, "zanzibar procedure", Locale.ENGLISH, Reader.AGENT)))
        .contains("fraud");
    assertThat(ids(ask(knowledge, "quokka release date", Locale.ENGLISH, Reader.AGENT)))
        .doesNotContain("pets");
  }

  @Test
  @DisplayName("K1.7 MUST give a passage of plain text of at most 400 characters")
  void givesShortPlainPassages() throws Exception {
    SearchResult result = ask(knowledge(), "refund purchase", Locale.ENGLISH, Reader.CUSTOMER);
    assertThat(result.hits()).isNotEmpty();
    for (ArticleHit hit : result.hits()) {
      assertThat(hit.passage()).hasSizeLessThanOrEqualTo(400);
      assertThat(hit.passage()).doesNotContain("**", "](", "# ");
    }
  }

  @Test
  @DisplayName("K1.8 MUST find an article by its title, by each of its questions and by its text")
  void findsArticles() throws Exception {
    KnowledgeBase knowledge = knowledge();
    for (String text :
        List.of("The game crashes", "it freezes on the loading screen", "update graphics driver")) {
      assertThat(ids(ask(knowledge, text, Locale.ENGLISH, Reader.CUSTOMER)))
          .as(text)
          .startsWith("crash");
    }
  }

  @Test
  @DisplayName("K1.9 MUST take the locale for a preference and not for a filter")
  void prefersTheCustomersLanguage() throws Exception {
    KnowledgeBase knowledge = knowledge();
    assertThat(ids(ask(knowledge, "The game crashes", SPANISH, Reader.CUSTOMER)))
        .startsWith("crash");
    SearchResult spanish = ask(knowledge, "reembolso", SPANISH, Reader.CUSTOMER);
    assertThat(spanish.hits()).isNotEmpty();
    assertThat(spanish.hits().get(0).article()).isEqualTo(REFUNDS_ES);
  }

  @Test
  @DisplayName("K1.10 MUST serve several threads at once, all alike")
  void isThreadSafe() throws Exception {
    KnowledgeBase knowledge = knowledge();
    List<SearchResult> answers = AtOnce.call(() -> {
      SearchResult last = SearchResult.none();
      for (int i = 0; i < 50; i++) {
        last = ask(knowledge, "refund for a crash", Locale.ENGLISH, Reader.CUSTOMER);
      }
      return last;
    });
    assertThat(Set.copyOf(answers)).hasSize(1);
  }

  @Test
  @DisplayName("K1.11 MUST count the articles that a customer's search goes through")
  void countsSearchableArticles() throws Exception {
    assertThat(knowledge().size()).isEqualTo(4);
  }

  @Test
  @DisplayName("K1.12 SHOULD show an article once, in the language that fits best")
  void showsAnArticleOnce() throws Exception {
    assertThat(ids(ask(knowledge(), "refund reembolso", Locale.ENGLISH, Reader.CUSTOMER)))
        .doesNotHaveDuplicates();
  }

  private static Sketch article(String id, String language, String title) {
    return new Sketch(id, language, title, List.of(), Audience.PUBLIC, false);
  }

  /** An article as it is written down above. */
  private record Sketch(
      String id,
      String language,
      String title,
      List<String> questions,
      Audience audience,
      boolean draft) {
    Sketch ask(String question) {
      return new Sketch(id, language, title, List.of(question), audience, draft);
    }

    Sketch internal() {
      return new Sketch(id, language, title, questions, Audience.INTERNAL, draft);
    }

    Sketch unfinished() {
      return new Sketch(id, language, title, questions, audience, true);
    }

    Article body(String body) {
      return new Article(
          new ArticleId(id),
          Locale.forLanguageTag(language),
          title,
          questions,
          Set.of(),
          audience,
          Optional.empty(),
          Optional.empty(),
          draft,
          body);
    }
  }
}
