package dev.relay.discord.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CodesTest {
  private static final Codes.Names NAMES =
      new CodeNames(Map.of(1L, "Bob $1 \\"), Optional.empty(), TextFiles.channel(), Locale.ENGLISH);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "<@1>, @Bob $1 \\",
        "<@!1>, @Bob $1 \\",
        "<@2>, @unknown-user",
        "<@&2>, @unknown-role",
        "<#2>, #unknown-channel",
        "</helpme:2>, /helpme",
        "</case show:2>, /case show",
        "<:lamp:2>, :lamp:",
        "<a:lamp_2:2>, :lamp_2:",
        "<t:0>, 1970-01-01 00:00 UTC",
        "<t:1764430000:R>, 2025-11-29 15:26 UTC",
        "<t:1764430000:t>, 2025-11-29 15:26 UTC",
        "<t:1764430000:D>, 2025-11-29",
        "<t:-1:f>, 1969-12-31 23:59 UTC",
        "<id:customize>, Channels & Roles",
        "<id:linked-roles:7>, Linked Roles"
      })
  void a_code_becomes_words(String code, String words) {
    assertThat(Codes.inWords("a " + code + " b", NAMES)).isEqualTo("a " + words + " b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`<@1>`",
        "``a ` <@1>``",
        "```\n<@1>\n```",
        "```java\nList<@1> x;\n<:lamp:2>\n```",
        "\\<@1>",
        "1 < 2 > 0",
        "<https://example.com>",
        "<a@example.com>",
        "<@>",
        "<@bob>",
        "<t:99999999999999>",
        "<t:9999999999999:F>",
        "<id:nowhere>",
        "<@99999999999999999999>",
        "no codes"
      })
  void what_discord_shows_as_it_is_stays(String text) {
    assertThat(Codes.inWords(text, NAMES)).isEqualTo(text);
  }

  @Test
  void code_before_and_after_a_block_is_replaced() {
    assertThat(Codes.inWords("<:a1:2> `<:a1:2>` <:a1:2>", NAMES)).isEqualTo(":a1: `<:a1:2>` :a1:");
  }

  @Test
  void a_long_hostile_text_without_a_code_stays() {
    String text = "<t:".repeat(50_000) + "`".repeat(50_000) + "<".repeat(50_000);

    assertThat(Codes.inWords(text, NAMES)).isEqualTo(text);
  }
}
