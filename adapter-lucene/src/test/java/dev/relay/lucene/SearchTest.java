package dev.relay.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchTest {
  private static final double THRESHOLD = 0.35;

  private static Article article(String id, String language, String title, String body) {
    return new Article(
        new ArticleId(id),
        Locale.forLanguageTag(language),
        title,
        List.of(),
        Set.of(),
        Audience.PUBLIC,
        Optional.empty(),
        Optional.empty(),
        false,
        body);
  }

  private static SearchResult ask(LuceneKnowledgeBase knowledge, String text, String locale) {
    return knowledge.search(
        new KnowledgeQuery(text, Locale.forLanguageTag(locale), 3, Reader.CUSTOMER));
  }

  private static String first(SearchResult result) {
    return result.hits().isEmpty() ? "" : result.hits().get(0).article().id().value();
  }

  @ParameterizedTest
  @CsvSource({
    "how do i get my mony back, en, refunds",
    "my game keps crashing on start, en, crash-report",
    "can't log in, en, log-in-problems",
    "passwort vergessen my password is forgoten, en, log-in-problems",
    "nobody hears me in voice chat, en, voice-chat",
    "como recupero mi contrasena, es, log-in-problems",
    "quiero un reenbolso, es, refunds",
    "el juego se cierra, es, crash-report",
    "me silenciaron sin motivo, es, bans",
    "quiero crear un clan, es, clans",
  })
  void tolerates_typing_errors_and_missing_accents(String text, String locale, String id) {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      SearchResult result = ask(knowledge, text, locale);

      assertThat(first(result)).isEqualTo(id);
      assertThat(result.hits().get(0).article().language().getLanguage()).isEqualTo(locale);
      assertThat(result.confidence()).isGreaterThan(THRESHOLD);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "what is the capital of France, en",
    "best recipe for apple pie, en",
    "how is the weather tomorrow, en",
    "cuál es la capital de Francia, es",
    "receta de tortilla de patatas, es",
    "asdf qwer zxcv, en",
    "how do I, en",
    "what is it, en",
  })
  void is_not_confident_about_unrelated_questions(String text, String locale) {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      assertThat(ask(knowledge, text, locale).confidence()).isLessThan(THRESHOLD);
    }
  }

  @Test
  void answers_in_the_language_of_the_question_whatever_the_locale() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      assertThat(ask(knowledge, "he olvidado mi contraseña", "en")
              .hits()
              .get(0)
              .article()
              .language())
          .isEqualTo(Locale.forLanguageTag("es"));
      assertThat(ask(knowledge, "I forgot my password", "es")
              .hits()
              .get(0)
              .article()
              .language())
          .isEqualTo(Locale.ENGLISH);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "de, Passwörter zurücksetzen, passwort zuruecksetzen",
    "de, Häuser verkaufen, haus verkauf",
    "fr, Réinitialiser l'écran, reinitialisation d'ecrans",
    "it, Cambiare le impostazioni dell'audio, impostazione audio",
    "pt, Configurações da conta, configuracao da conta",
    "ru, Восстановление паролей, восстановить пароль",
    "nl, Wachtwoorden wijzigen, wachtwoord wijzigen",
    "sv, Ändra inställningarna, ändra inställning",
    "tr, Şifreleri değiştirme, şifre değiştirme",
    "pl, Zmiana hasła, zmiana hasła",
    "ja, パスワードを変更する, パスワード 変更",
    "zh, 如何重置密码, 重置密码",
    "ar, تغيير كلمة المرور, كلمة المرور",
    "el, Αλλαγή κωδικού πρόσβασης, αλλαγη κωδικου",
    "th, เปลี่ยนรหัสผ่าน, รหัสผ่าน",
    "hi, पासवर्ड बदलें, पासवर्ड",
    "xx, wordus foreignus, wordus",
  })
  void recognises_word_forms_in_many_languages(String language, String title, String question) {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(List.of(
        article("other", language, "Zzz qqq", ""), article("right", language, title, "")))) {
      SearchResult result = ask(knowledge, question, language);

      assertThat(first(result)).isEqualTo("right");
      assertThat(result.confidence()).isGreaterThan(THRESHOLD);
    }
  }

  @Test
  void finds_the_answering_passage_in_a_long_text() {
    String filler = "The festival of lanterns opens the gates of the old harbour. ".repeat(10);
    String body =
        filler + "\n\n## Shop\n\nA refund is possible within **14 days** of purchase. " + filler;
    try (LuceneKnowledgeBase knowledge =
        LuceneKnowledgeBase.of(List.of(article("a", "en", "Everything", body)))) {
      ArticleHit hit = ask(knowledge, "refund of a purchase", "en").hits().get(0);

      assertThat(hit.passage())
          .startsWith("A refund is possible within 14 days of purchase.")
          .hasSizeLessThanOrEqualTo(400);
    }
  }

  @Test
  void shows_a_short_article_whole_with_a_line_for_each_paragraph() {
    String body =
        "Open *Character*.\n\n1. Choose **Name**.\n2. Confirm.\n\nBad names are changed without cost.";
    try (LuceneKnowledgeBase knowledge =
        LuceneKnowledgeBase.of(List.of(article("a", "en", "Change my name", body)))) {
      assertThat(
              ask(knowledge, "names changed without cost", "en").hits().get(0).passage())
          .isEqualTo(
              "Open Character.\nChoose Name.\nConfirm.\nBad names are changed without cost.");
    }
  }

  @Test
  void cuts_a_long_article_at_its_end_and_never_at_its_beginning() {
    String filler = "The festival of lanterns opens the gates of the old harbour. ".repeat(10);
    String body = "Open the shop and choose Return. " + filler + "\n\nA refund needs a receipt.";
    try (LuceneKnowledgeBase knowledge =
        LuceneKnowledgeBase.of(List.of(article("a", "en", "Refunds", body)))) {
      assertThat(ask(knowledge, "refund receipt", "en").hits().get(0).passage())
          .startsWith("Open the shop and choose Return. The festival")
          .endsWith("…");
    }
  }

  @Test
  void shortens_a_sentence_that_is_too_long_without_breaking_a_character() {
    String endless = "rocket " + "\ud83d\ude80".repeat(1_000);
    try (LuceneKnowledgeBase knowledge =
        LuceneKnowledgeBase.of(List.of(article("a", "en", "Rocket", endless)))) {
      String passage = ask(knowledge, "rocket", "en").hits().get(0).passage();

      assertThat(passage).hasSizeLessThanOrEqualTo(400).endsWith("…");
      assertThat(Character.isHighSurrogate(passage.charAt(passage.length() - 2)))
          .isFalse();
    }
  }

  @Test
  void works_with_no_article_at_all() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(List.of())) {
      assertThat(ask(knowledge, "anything", "en")).isEqualTo(SearchResult.none());
      assertThat(knowledge.size()).isZero();
    }
  }

  @Test
  void handles_articles_in_more_languages_than_lucene_allows_clauses_for() {
    List<Article> articles = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      words.append("word").append(i).append(' ');
    }
    for (String language :
        List.of("en", "es", "de", "fr", "it", "pt", "nl", "ru", "sv", "da", "fi", "pl")) {
      articles.add(article(language, language, "Title", words.toString()));
    }
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(articles)) {
      assertThat(ask(knowledge, words.toString(), "de").hits()).hasSize(3);
    }
  }

  @RepeatedTest(5)
  void keeps_its_guarantees_for_any_articles_and_questions() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Article> articles = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      articles.add(article(
          "a" + random.nextInt(20),
          random.nextBoolean() ? "en" : "es",
          noise(random, 5),
          noise(random, 200)));
    }
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(articles)) {
      for (int i = 0; i < 30; i++) {
        SearchResult result = ask(knowledge, noise(random, 10), "en");
        List<ArticleHit> hits = result.hits();

        assertThat(hits).as("seed %d", seed).hasSizeLessThanOrEqualTo(3);
        assertThat(result.confidence()).as("seed %d", seed).isBetween(0.0, 1.0);
        assertThat(result.confidence() == 0).as("seed %d", seed).isEqualTo(hits.isEmpty());
        assertThat(hits.stream().map(ArticleHit::score).toList())
            .as("seed %d", seed)
            .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(hits.stream().map(hit -> hit.article().id()).toList())
            .as("seed %d", seed)
            .doesNotHaveDuplicates();
        assertThat(hits).as("seed %d", seed).allMatch(hit -> hit.passage().length() <= 400);
      }
    }
  }

  private static String noise(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(words) + 1; i > 0; i--) {
      String[] some = {
        "lantern",
        "refund",
        "the",
        "¿cómo",
        "**x**",
        "\ud83d\ude80",
        "# h",
        "\n\n",
        "a.b",
        "contraseña"
      };
      text.append(some[random.nextInt(some.length)]).append(' ');
      text.append((char) (32 + random.nextInt(300)));
    }
    return text.toString();
  }
}
