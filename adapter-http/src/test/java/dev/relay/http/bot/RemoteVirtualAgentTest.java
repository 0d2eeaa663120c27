package dev.relay.http.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.http.RemoteVirtualAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RemoteVirtualAgentTest {
  private final FakeRasa rasa = new FakeRasa();

  RemoteVirtualAgentTest() throws IOException {}

  @AfterEach
  void stop() {
    rasa.close();
  }

  @Test
  void asks_in_the_format_of_rasa_and_offers_a_live_agent_below_the_last_reply() {
    rasa.answer =
        "[{\"text\":\"One\"},{\"text\":\"Two\",\"buttons\":[{\"title\":\"Yes\",\"payload\":\"/y\"}]},"
            + "{\"image\":\"https://example.org/a.png\"},{\"image\":\"javascript:alert(1)\"}]";

    Answer.Replied answer = (Answer.Replied) ask("refund \"now\"");

    assertThat(rasa.asked)
        .singleElement()
        .satisfies(json -> assertThat(json)
            .contains("\"sender\":\"relay-7\"")
            .contains("\"message\":\"refund \\\"now\\\"\""));
    assertThat(answer.replies())
        .extracting(MessageBody::text)
        .containsExactly("One", "Two\n- Yes", "https://example.org/a.png");
    assertThat(answer.replies().get(2).buttons()).containsExactly(Button.TALK_TO_PERSON);
    assertThat(answer.replies().get(0).buttons()).isEmpty();
  }

  @Test
  void hands_over_if_the_bot_requests_it() {
    rasa.answer = "[{\"text\":\"A colleague can help.\"},{\"custom\":{\"handoff\":true}}]";

    assertThat(ask("refund"))
        .isEqualTo(new Answer.HandOver(
            Answer.HandOverReason.VIRTUAL_AGENT,
            List.of(MessageBody.text("A colleague can help."))));
  }

  @Test
  void hands_over_if_the_bot_returns_nothing() {
    rasa.answer = "[]";

    assertThat(ask("refund")).isInstanceOf(Answer.HandOver.class);
  }

  @Test
  void does_not_ask_the_bot_if_the_customer_wants_a_live_agent() {
    assertThat(ask("quiero hablar con una persona")).isInstanceOf(Answer.HandOver.class);
    assertThat(rasa.asked).isEmpty();
  }

  @Test
  void sends_at_most_five_messages_without_losing_text() {
    rasa.answer = "[" + "{\"text\":\"x\"},".repeat(6) + "{\"text\":\"last\"}]";

    Answer.Replied answer = (Answer.Replied) ask("refund");

    assertThat(answer.replies()).hasSize(5);
    assertThat(answer.replies().get(4).text()).isEqualTo("x\n\nx\n\nlast");
  }

  @Test
  void honours_the_bots_retry_after() {
    rasa.status = 503;

    assertThat(ask("refund"))
        .isEqualTo(new Answer.Failed(
            "the remote virtual agent answered with status 503",
            Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "no json", "{\"text\":\"x\"}", "[", "[{\"text\":\"x\"}", "7"})
  void fails_if_the_answer_is_not_a_list(String body) {
    rasa.answer = body;

    assertThat(ask("refund")).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void tolerates_lists_of_other_things() {
    rasa.answer =
        "[7,null,\"x\",[],{\"text\":7},{\"text\":\"ok\",\"buttons\":\"no\",\"custom\":[]}]";

    assertThat(((Answer.Replied) ask("refund")).replies())
        .extracting(MessageBody::text)
        .containsExactly("ok");
  }

  @Test
  void gives_up_on_an_answer_that_is_too_long_or_too_deep() {
    rasa.answer = "[{\"text\":\"" + "x".repeat(300_000) + "\"}]";
    assertThat(ask("refund")).isInstanceOf(Answer.Failed.class);

    rasa.answer = "[".repeat(1_000) + "]".repeat(1_000);
    assertThat(ask("refund")).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void gives_up_on_a_bot_that_does_not_answer() {
    rasa.silent = true;
    RemoteVirtualAgent impatient =
        new RemoteVirtualAgent(rasa.url(), "Helper", Duration.ofMillis(200));

    assertThat(impatient.answer(turn("refund"))).isInstanceOf(Answer.Failed.class);
  }

  private Answer ask(String text) {
    return new RemoteVirtualAgent(rasa.url(), "Helper", RemoteVirtualAgent.DEFAULT_TIMEOUT)
        .answer(turn(text));
  }

  private static Turn turn(String text) {
    return new Turn(new ConversationId(7), "turn-1", text, Locale.ENGLISH, 0, List.of());
  }
}
