package dev.relay.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlainTextTest {

  private static List<String> texts(String markdown) {
    return PlainText.of(markdown).stream().map(Paragraph::text).toList();
  }

  @Test
  void removes_markup_and_keeps_paragraphs_apart() {
    assertThat(texts("""
            # A *title*

            One **bold**
            line with a [link](https://example.org) and `code`.

            1. first
            2. second

            ```
            /bug now
            ```
            > quoted
            """))
        .containsExactly(
            "A title",
            "One bold line with a link and code.",
            "first",
            "second",
            "/bug now",
            "quoted");
  }

  @Test
  void distinguishes_headings_from_text() {
    assertThat(PlainText.of("## Head\n\ntext"))
        .containsExactly(new Paragraph("Head", true), new Paragraph("text", false));
  }

  @Test
  void drops_html_and_comments() {
    assertThat(String.join(
            " ",
            texts("<div>\n<b>shown</b>\n<!-- secret -->\n</div>\n\nx <!-- hidden --> y <i>z</i>")))
        .contains("shown", "x", "y", "z")
        .doesNotContain("secret", "hidden", "<");
  }

  @Test
  void survives_hostile_nesting() {
    String deep = ">".repeat(20_000) + " text";
    String inline = "*a **b ".repeat(5_000) + "[".repeat(5_000);

    assertThat(texts(deep)).isNotNull();
    assertThat(texts(inline)).isNotNull();
    assertThat(texts("- ".repeat(5_000) + "x")).isNotNull();
  }

  @Test
  void returns_no_paragraphs_for_an_empty_text() {
    assertThat(texts("")).isEmpty();
    assertThat(texts(" \n\n---\n\n")).isEmpty();
  }
}
