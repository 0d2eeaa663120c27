package dev.relay.twilio.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Outbound;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShortTextsTest {
  @Test
  void cuts_at_line_ends_else_at_white_space_and_never_within_a_character() {
    assertThat(ShortTexts.split("one two\nthree", 10)).containsExactly("one two", "three");
    assertThat(ShortTexts.split("one two three", 10)).containsExactly("one two", "three");
    assertThat(ShortTexts.split("\ud83d\ude80".repeat(3), 5))
        .containsExactly("\ud83d\ude80\ud83d\ude80", "\ud83d\ude80");
    assertThat(ShortTexts.split("x".repeat(25), 10))
        .extracting(String::length)
        .containsExactly(10, 10, 5);
    assertThat(ShortTexts.split("  \n ", 10)).isEmpty();
  }

  private static List<MessageParts.Part> said(String name, String text) {
    return ShortTexts.of(
        new Outbound.Message(Participant.agent("bea", name), MessageBody.text(text)));
  }

  @Test
  void removes_control_characters_and_shows_what_replaces_lone_surrogates_and_zero() {
    assertThat(said("Bea", "a\u0007b\u001bc\n\ud800d\u0000"))
        .containsExactly(new MessageParts.Part.Text("Bea: abc\n\ufffdd\ufffd"));
    assertThat(said("Bea", "\u0001")).isEmpty();
  }

  @Test
  void a_name_cannot_imitate_a_message() {
    assertThat(said("Bea\n\nWe are closed", "hello"))
        .containsExactly(new MessageParts.Part.Text("Bea We are closed: hello"));
    assertThat(said("B".repeat(500), "hello"))
        .containsExactly(new MessageParts.Part.Text("B".repeat(60) + ": hello"));
  }

  @Test
  void an_answer_has_its_passage() {
    MessageBody answer = new MessageBody(
        "This may help.",
        List.of(),
        List.of(
            new ArticleLink("1", "Opening hours", "From 9 to 17.", Optional.empty()),
            new ArticleLink("2", "The way", "By bus.", Optional.of("https://help.example/way"))),
        List.of());
    Participant agent = new Participant(Participant.Role.VIRTUAL_AGENT, "faq", "Relay");

    assertThat(ShortTexts.of(new Outbound.Message(agent, answer)))
        .containsExactly(new MessageParts.Part.Text("""
            This may help.
            Opening hours
            From 9 to 17.
            The way https://help.example/way"""));
  }
}
