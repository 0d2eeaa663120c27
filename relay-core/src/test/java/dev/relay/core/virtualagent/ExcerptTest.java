package dev.relay.core.virtualagent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The part of an article that is shown as the answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExcerptTest {
  private static final String FILLER = "The gates of the old harbour open at dusk. ".repeat(40);

  @Test
  void a_short_article_is_shown_whole_in_its_markdown() {
    String article =
        "Check *first*:\n\n1. Open **Shop**.\n2. Choose [Return](https://x.example).\n\nThen wait.";

    assertThat(Excerpt.of("\n" + article + "\n\n<!-- checked\nin May -->\n", "Then wait."))
        .isEqualTo(article);
  }

  @Test
  void a_long_article_is_cut_at_its_end_and_never_at_its_beginning() {
    String article = "The answer comes first. " + FILLER + "\n\nThe exception comes last.";

    String excerpt = Excerpt.of(article, "The exception comes last.");

    assertThat(excerpt).startsWith("The answer comes first.").endsWith("…");
    assertThat(excerpt).hasSizeLessThanOrEqualTo(Excerpt.MAX);
  }

  @Test
  void of_a_long_article_with_sections_the_one_that_answers_is_shown_from_its_heading() {
    String article = "# All about the shop\n" + FILLER
        + "\n\n## Refunds\n\nWithin **14 days**, open *Orders*.\n" + "\n## Gifts\n\n" + FILLER;

    assertThat(Excerpt.of(article, "Within 14 days, open Orders."))
        .isEqualTo("## Refunds\n\nWithin **14 days**, open *Orders*.\n…");
    assertThat(Excerpt.of(article, "Words that are nowhere."))
        .startsWith("# All about the shop\nThe gates");
    assertThat(Excerpt.of(article, "")).startsWith("# All about the shop");
  }

  @Test
  void the_cut_is_between_blocks_or_lines_or_words_and_closes_a_code_block() {
    assertThat(Excerpt.of("A.\n\n" + "word ".repeat(200) + "\n\n" + FILLER, ""))
        .endsWith("word\n…");
    assertThat(Excerpt.of("word ".repeat(600), "")).endsWith("word\n…");
    assertThat(Excerpt.of("```\n# no heading\n" + "line of code\n".repeat(300) + "```", ""))
        .startsWith("```\n# no heading\n")
        .endsWith("line of code\n```\n…");
    assertThat(Excerpt.of("\ud83d\ude80".repeat(2_000), ""))
        .hasSizeLessThanOrEqualTo(Excerpt.MAX)
        .doesNotContainPattern("[\ud800-\udbff](?![\udc00-\udfff])");
  }

  @Test
  void an_article_without_text_has_no_excerpt() {
    assertThat(Excerpt.of(" <!-- to be written ", "x")).isEmpty();
  }
}
