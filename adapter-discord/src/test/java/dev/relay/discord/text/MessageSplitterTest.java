package dev.relay.discord.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.discord.text.MessageSplitter.Piece;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessageSplitterTest {
  private static final long SEED = 20_261_123;
  private static final int TEXTS = 3_000;
  private static final List<String> SNIPPETS = List.of(
      "word ",
      "a\n",
      "\n\n",
      "```",
      "```java\n",
      "`code` ",
      "```\n",
      "😀",
      "x".repeat(90),
      "1. one\n",
      "**bold** ",
      " ",
      "\t",
      "日本語",
      "``",
      "long ".repeat(40),
      "```c++\nint i;\n```\n");

  @Test
  void a_short_text_is_one_unchanged_message() {
    assertThat(MessageSplitter.split("```java\nint i;")).containsExactly("```java\nint i;");
    assertThat(MessageSplitter.split("a".repeat(2_000))).hasSize(1);
  }

  @Test
  void a_long_text_is_split_at_line_breaks() {
    String line = "l".repeat(99) + "\n";
    List<String> messages = MessageSplitter.split(line.repeat(45));

    assertThat(messages).hasSize(3);
    assertThat(messages).allMatch(message -> message.endsWith("\n"));
  }

  @Test
  void a_code_block_continues_in_the_next_message_with_its_language() {
    String code = "int i = 0;\n".repeat(300);
    List<String> messages = MessageSplitter.split("Look:\n```java\n" + code + "```\nThat was it.");

    assertThat(messages.get(0)).startsWith("Look:\n```java\n").endsWith("\n```");
    assertThat(messages.get(1)).startsWith("```java\nint i").endsWith("```\nThat was it.");
    assertThat(messages).hasSize(2);
  }

  @Test
  void a_code_block_that_begins_near_the_end_of_a_message_begins_in_the_next() {
    List<String> messages =
        MessageSplitter.split("w".repeat(1_985) + "\n```java\n" + "i++;\n".repeat(100) + "```");

    assertThat(messages.get(0)).doesNotContain("```");
    assertThat(messages.get(1)).startsWith("```java\n");
  }

  @Test
  void a_character_of_two_units_stays_whole() {
    for (String message : MessageSplitter.split("😀".repeat(3_333))) {
      assertThat(message).doesNotStartWith("\ude00");
      assertThat(message.length() % 2).isZero();
    }
  }

  @Test
  void blank_pieces_are_no_messages() {
    assertThat(MessageSplitter.split("a" + " ".repeat(5_000) + "b"))
        .allMatch(message -> !message.isBlank());
  }

  @Test
  void random_texts_stay_whole_in_pieces_that_fit_with_their_code_blocks_closed() {
    Random random = new Random(SEED);
    for (int text = 0; text < TEXTS; text++) {
      String whole = randomText(random);
      int limit = 60 + random.nextInt(300);
      List<Piece> pieces = MessageSplitter.pieces(whole, limit);

      assertThat(pieces.stream().map(Piece::content).collect(Collectors.joining()))
          .as("text %d of seed %d", text, SEED)
          .isEqualTo(whole);
      for (int i = 0; i < pieces.size(); i++) {
        Piece piece = pieces.get(i);
        assertThat(piece.whole().length())
            .as("piece %d of text %d of seed %d", i, text, SEED)
            .isLessThanOrEqualTo(limit);
        assertThat(piece.content()).isNotEmpty();
        boolean goesOn = !piece.closing().isEmpty();
        boolean nextOpens =
            i + 1 < pieces.size() && !pieces.get(i + 1).opening().isEmpty();
        assertThat(goesOn).isEqualTo(nextOpens);
      }
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder("begin ");
    for (int snippets = random.nextInt(60); snippets >= 0; snippets--) {
      text.append(SNIPPETS.get(random.nextInt(SNIPPETS.size())));
    }
    return text.toString();
  }

  @Test
  void fences_are_balanced_in_every_message_of_a_text_with_closed_code_blocks() {
    Random random = new Random(SEED);
    for (int text = 0; text < 500; text++) {
      StringBuilder whole = new StringBuilder();
      for (int blocks = 1 + random.nextInt(4); blocks > 0; blocks--) {
        whole.append("some words\n".repeat(random.nextInt(120)));
        whole.append("```py\n").append("print(1)\n".repeat(random.nextInt(400))).append("```\n");
      }
      for (String message : MessageSplitter.split(whole.toString())) {
        assertThat(message.length()).isLessThanOrEqualTo(MessageSplitter.LIMIT);
        assertThat(message.split("```", -1).length % 2)
            .as("fences of a message of text %d of seed %d", text, SEED)
            .isEqualTo(1);
      }
    }
  }
}
