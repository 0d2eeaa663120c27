package dev.relay.discord.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Markdown of articles as Discord shows it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArticleMarkdownTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "**bold** and *italic* `code` | **bold** and *italic* `code`",
        "## Refunds ##                | **Refunds**",
        "#### **Deep**                | **Deep**",
        "+ item                       | - item",
        "[Shop](https://x.example/s)  | [Shop](<https://x.example/s>)",
        "[Shop](<https://x.example>)  | [Shop](<https://x.example>)",
        "[Shop](https://x.example \"t\") | [Shop](<https://x.example>)",
        "[Shop](shop.md)              | Shop",
        "![The shop](shop.png) opens  | The shop opens",
        "<b>now</b><br/> or <https://x.example/now> | now or <https://x.example/now>",
        "use <#12> and <@13>          | use <#12> and <@13>",
      })
  void one_line(String article, String shown) {
    assertThat(ArticleMarkdown.toDiscord(article)).isEqualTo(shown);
  }

  @Test
  void lines_of_a_paragraph_are_joined_because_Discord_shows_each_line_break() {
    assertThat(ArticleMarkdown.toDiscord(
            "Open the\nshop and\nwait.\n\n\n\nThen\ngo.  \nHome.\\\nNow."))
        .isEqualTo("Open the shop and wait.\n\nThen go.\nHome.\nNow.");
  }

  @Test
  void lists_quotes_and_code_keep_their_lines() {
    String article = "Do this:\n1. Open **Shop**.\n2. Choose.\n   - inside\n> quoted\n> twice\n\n"
        + "```java\n# not a heading\n<b>\n\n\nlast\n```";

    assertThat(ArticleMarkdown.toDiscord(article)).isEqualTo(article);
    assertThat(ArticleMarkdown.toDiscord("- a long\n  item\n- another"))
        .isEqualTo("- a long item\n- another");
  }

  @Test
  void rulers_and_underlines_vanish() {
    assertThat(ArticleMarkdown.toDiscord("Title\n=====\n\ntext\n\n---\n\n* * *\nend"))
        .isEqualTo("Title\n\ntext\n\nend");
  }
}
