package dev.relay.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArticleReaderTest {
  private final ArticleReader reader = new ArticleReader(Locale.ENGLISH);

  private Article article(String file, String text) {
    ArticleReader.Read read = reader.read(file, text);
    assertThat(read.article()).as(read.problems().toString()).isPresent();
    return read.article().orElseThrow();
  }

  private ArticleProblem onlyProblem(String text) {
    ArticleReader.Read read = reader.read("a.md", text);
    assertThat(read.problems()).hasSize(1);
    return read.problems().get(0);
  }

  @Test
  void reads_every_field() {
    Article article = article("refunds.md", """
        ---
        id: refunds
        title: "Refunds: how they work"
        lang: es-MX
        questions: [I want my money back, "cancel, please", 'it''s broken']
        tags:
        - shop
          - money
        audience: Internal
        updated: 2026-11-02   # checked by Ana
        url: https://example.org/refunds
        draft: true
        # a comment
        ---
        # Refunds

        Ask **within** 14 days.
        """);

    assertThat(article.id().value()).isEqualTo("refunds");
    assertThat(article.title()).isEqualTo("Refunds: how they work");
    assertThat(article.language()).isEqualTo(Locale.forLanguageTag("es-MX"));
    assertThat(article.questions())
        .containsExactly("I want my money back", "cancel, please", "it's broken");
    assertThat(article.tags()).containsExactlyInAnyOrder("shop", "money");
    assertThat(article.audience()).isEqualTo(Audience.INTERNAL);
    assertThat(article.updated()).contains(LocalDate.of(2026, 11, 2));
    assertThat(article.url()).contains("https://example.org/refunds");
    assertThat(article.draft()).isTrue();
    assertThat(article.body()).startsWith("# Refunds").doesNotContain("---");
  }

  @Test
  void guesses_the_missing_fields_of_a_plain_file_and_reports_it() {
    ArticleReader.Read read = reader.read("shop/refunds.es.md", "# Reembolsos #\n\nEn 14 días.");

    Article article = read.article().orElseThrow();
    assertThat(article.id().value()).isEqualTo("refunds");
    assertThat(article.language()).isEqualTo(Locale.forLanguageTag("es"));
    assertThat(article.title()).isEqualTo("Reembolsos");
    assertThat(read.problems()).singleElement().satisfies(problem -> {
      assertThat(problem.consequence()).isEqualTo(ArticleProblem.Consequence.KEPT);
      assertThat(problem.toString()).contains("no front matter");
    });
  }

  @Test
  void allows_an_empty_title_as_imported_collections_have_them() {
    assertThat(article("d0.md", "---\nid: d0\ntitle: \"\"\nlang: en\n---\n# Head\n")
            .title())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: a b               | id        | without white space",
        "id: [a, b]            | id        | must be one value",
        "lang: english language| lang      | such as en, es or pt-BR",
        "audience: everybody   | audience  | must be public or internal",
        "updated: 2026-13-01   | updated   | a day such as 2026-11-22",
        "updated: yesterday    | updated   | a day such as 2026-11-22",
        "url: javascript:alert(1) | url    | starts with https:// or http://",
        "draft: maybe          | draft     | must be true or false",
        "questions: [a, b      | questions | must end with ]",
        "questions: ['a, b]    | questions | never closed",
        "this is no field      | title     | not understood",
      })
  void leaves_out_an_invalid_article_and_reports_the_line_and_the_allowed_values(
      String line, String field, String allowed) {
    ArticleReader.Read read = reader.read("a.md", "---\ntitle: A\n" + line + "\n---\nText");

    assertThat(read.article()).isEmpty();
    ArticleProblem problem = read.problems().get(0);
    assertThat(problem.file()).isEqualTo("a.md");
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.message()).contains(allowed);
    assertThat(problem.consequence()).isEqualTo(ArticleProblem.Consequence.LEFT_OUT);
  }

  @Test
  void leaves_out_front_matter_that_never_ends() {
    ArticleProblem problem = onlyProblem("---\ntitle: A\n\nText");

    assertThat(problem.line()).isEqualTo(1);
    assertThat(problem.message()).contains("three dashes");
  }

  @Test
  void leaves_out_an_article_with_a_repeated_field_and_an_empty_one() {
    assertThat(onlyProblem("---\ntitle: A\ntitle: B\n---\nText").toString())
        .isEqualTo("a.md:3: title: occurs twice; each field may occur only once (left out)");
    assertThat(onlyProblem("---\nid: a\n---\n\n").message()).contains("needs a title");
  }

  @Test
  void keeps_an_article_with_an_unknown_field_and_names_the_known_ones() {
    ArticleReader.Read read = reader.read("a.md", "---\ntitle: A\nquestion: [typo]\n---\nText");

    assertThat(read.article()).isPresent();
    assertThat(read.problems()).singleElement().satisfies(problem -> {
      assertThat(problem.field()).isEqualTo("question");
      assertThat(problem.message()).contains("questions");
    });
  }

  @Test
  void reports_all_invalid_fields_at_once() {
    assertThat(reader.read("a.md", "---\nlang: 7\ndraft: 7\nurl: 7\n---\nText").problems())
        .extracting(ArticleProblem::field)
        .containsExactlyInAnyOrder("lang", "draft", "url");
  }

  @Test
  void enforces_its_limits() {
    assertThat(onlyProblem("---\ntitle: " + "a".repeat(301) + "\n---\nText").message())
        .contains("at most 300");
    assertThat(onlyProblem("---\nquestions:\n" + "  - q\n".repeat(2) + "  - " + "a".repeat(1_001)
                + "\n---\nText")
            .message())
        .contains("at most 1000");
  }
}
