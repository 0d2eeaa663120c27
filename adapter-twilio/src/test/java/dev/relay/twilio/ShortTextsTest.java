package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Outbound;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShortTextsTest {
  @Test
  void cuts_at_line_ends_else_at_white_space_and_never_in_a_character() {
    assertThat(ShortTexts.split("one two\nthree", 10)).containsExactly("one two", "three");
    assertThat(ShortTexts.split("one two three", 10)).containsExactly("one two", "three");
    assertThat(ShortTexts.split("\ud83d\ude80".repeat(3), 5))
        .containsExactly("\ud83d\ude80\ud83d\ude80", "\ud83d\ude80");
    assertThat(ShortTexts.split("x".repeat(25), 10))
        .extracting(String::length)
        .containsExactly(10, 10, 5);
    assertThat(ShortTexts.split("  \n ", 10)).isEmpty();
  }

  private static List<Parts.Part> said(String name, String text) {
    return ShortTexts.of(
        new Outbound.Message(Participant.agent("bea", name), MessageBody.text(text)));
  }

  @Test
  void keeps_control_characters_and_halves_of_characters_off_phones() {
    assertThat(said("Bea", "a\u0000b\u001bc\n\ud800d"))
        .containsExactly(new Parts.Part.Text("Bea: abc\n\ufffdd"));
    assertThat(said("Bea", "\u0001")).isEmpty();
  }

  @Test
  void a_name_cannot_look_like_a_message_of_its_own() {
    assertThat(said("Bea\n\nWe are closed", "hello"))
        .containsExactly(new Parts.Part.Text("Bea We are closed: hello"));
    assertThat(said("B".repeat(500), "hello"))
        .containsExactly(new Parts.Part.Text("B".repeat(60) + ": hello"));
  }
}
