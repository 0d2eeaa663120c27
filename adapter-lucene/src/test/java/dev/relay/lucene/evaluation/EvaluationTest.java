package dev.relay.lucene.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.lucene.LuceneKnowledgeBase;
import dev.relay.lucene.SearchTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvaluationTest {
  @TempDir
  Path folder;

  private static EvaluationQuestion question(String text, String language, String... articles) {
    return new EvaluationQuestion(
        text,
        Locale.forLanguageTag(language),
        Set.copyOf(List.of(articles).stream().map(ArticleId::new).toList()));
  }

  private static final List<EvaluationQuestion> QUESTIONS = List.of(
      question("I want my money back", "en", "refunds"),
      question("I forgot my password", "en", "bans"),
      question("he olvidado mi contraseña", "es", "log-in-problems"),
      question("recipe for apple pie", "en"),
      question("receta de tortilla", "es"));

  @Test
  void measures_rank_recall_and_how_well_the_confidence_separates() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      Evaluation evaluation = Evaluation.of(knowledge, QUESTIONS);

      assertThat(evaluation.overall().inScope()).isEqualTo(3);
      assertThat(evaluation.overall().outOfScope()).isEqualTo(2);
      assertThat(evaluation.overall().recallAt3().orElseThrow()).isCloseTo(2 / 3.0, within(.001));
      assertThat(evaluation.overall().mrr().orElseThrow()).isBetween(2 / 3.0, .9);
      assertThat(evaluation.overall().auroc().orElseThrow()).isEqualTo(1);
      assertThat(evaluation.languages())
          .extracting(Evaluation.Measures::language)
          .containsExactly("en", "es");
      assertThat(evaluation.table()).contains("MRR@10", "Recall@3", "AUROC", "1.000");
    }
  }

  @Test
  void leaves_out_measures_that_have_no_questions() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      Evaluation evaluation = Evaluation.of(knowledge, List.of(question("apple pie", "en")));

      assertThat(evaluation.overall().mrr()).isEmpty();
      assertThat(evaluation.overall().auroc()).isEmpty();
      assertThat(evaluation.languages()).isEmpty();
    }
  }

  @Test
  void suggests_the_threshold_that_keeps_and_catches_most() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      Calibration calibration = Calibration.of(knowledge, QUESTIONS);

      assertThat(calibration.thresholds()).hasSize(19);
      assertThat(calibration.suggestion().orElseThrow().kept()).isEqualTo(1);
      assertThat(calibration.suggestion().orElseThrow().caught()).isEqualTo(1);
      assertThat(calibration.table()).contains("threshold", "kept + caught is greatest");
      assertThat(calibration.thresholds())
          .extracting(Calibration.Row::kept)
          .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }
  }

  @Test
  void shows_a_search_as_a_table() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      assertThat(SearchTable.of(
              knowledge.search(new KnowledgeQuery("refund", Locale.ENGLISH, 2, Reader.CUSTOMER))))
          .contains("confidence 0.", "refunds (en)", "https://help.lanternreach.example");
      assertThat(SearchTable.of(
              knowledge.search(new KnowledgeQuery("§§§", Locale.ENGLISH, 2, Reader.CUSTOMER))))
          .contains("nothing found");
    }
  }

  @Test
  void reads_questions_from_json_lines() throws Exception {
    Path file = folder.resolve("questions.jsonl");
    Files.writeString(file, """
        {"text": "one", "lang": "es", "articles": ["a", "b"]}

        {"text": "two", "articles": []}
        """);

    assertThat(QuestionFile.read(file))
        .containsExactly(question("one", "es", "a", "b"), question("two", "en"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | is not JSON",
        "{\"text\": \"a\"} | articles must be a list",
        "{\"text\": 7, \"articles\": []} | text must be a question",
        "{\"text\": \"a\", \"lang\": 7, \"articles\": []} | lang must be",
        "{\"text\": \"a\", \"articles\": [\"a b\"]} | an article id must have",
        "[] | text must be a question",
      })
  void refuses_an_invalid_line_with_its_number(String line, String message) throws IOException {
    Path file = folder.resolve("questions.jsonl");
    Files.writeString(file, "{\"text\": \"fine\", \"articles\": []}\n" + line + "\n");

    assertThatThrownBy(() -> QuestionFile.read(file))
        .isInstanceOf(QuestionFile.Invalid.class)
        .hasMessageContaining("questions.jsonl:2: ")
        .hasMessageContaining(message);
  }

  @Test
  void refuses_an_empty_file_and_one_that_is_not_text() throws IOException {
    Path empty = folder.resolve("empty.jsonl");
    Files.writeString(empty, "\n");
    Path binary = folder.resolve("binary.jsonl");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xc0, 10});

    assertThatThrownBy(() -> QuestionFile.read(empty)).hasMessageContaining("has no questions");
    assertThatThrownBy(() -> QuestionFile.read(binary)).hasMessageContaining("UTF-8");
  }

  @Test
  void counts_the_area_under_the_curve_with_ties_as_halves() {
    assertThat(Auroc.of(new double[] {3, 2}, new double[] {1, 2}).orElseThrow()).isEqualTo(.875);
    assertThat(Auroc.of(new double[] {1}, new double[] {1}).orElseThrow()).isEqualTo(.5);
    assertThat(Auroc.of(new double[] {}, new double[] {1})).isEmpty();
  }
}
