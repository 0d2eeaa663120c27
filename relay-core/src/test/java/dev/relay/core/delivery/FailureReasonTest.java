package dev.relay.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.core.delivery.DeliveryResult.Reason.Code;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureReasonTest {
  @ParameterizedTest
  @EnumSource
  void each_reason_is_known_again_by_its_english_words(Code code) {
    Reason reason = new Reason(
        code,
        code.parameters().stream().collect(Collectors.toMap(name -> name, name -> "x-" + name)));

    assertThat(Reason.parse(reason.words())).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "given up after 8 attempts: Twilio answered 400 with code 30004: the customer has blocked the number",
        "Discord refused it (403, code 50007 CANNOT_SEND_TO_USER)",
        "2 of 3 messages were sent: Twilio answered 503",
        "skipped by Ann Lee: the second",
        "the far side\nsays: \\ $1 {words}",
        ""
      })
  void words_that_are_stored_remain_the_same_words(String words) {
    assertThat(Reason.parse(words).words()).isEqualTo(words);
  }

  @Test
  void reasons_contain_reasons() {
    Reason reason = Reason.parse(
        "given up after 8 attempts: Twilio answered 400 with code 30004: the customer has blocked the number");
    Optional<Reason> cause = reason.cause();

    assertThat(reason.code()).isEqualTo(Code.GIVEN_UP);
    assertThat(reason.arguments()).containsEntry("attempts", "8");
    assertThat(cause.map(Reason::code)).contains(Code.ANSWERED_MEANING);
    assertThat(cause.flatMap(Reason::cause)).contains(new Reason(Code.BLOCKED, Map.of()));
    assertThat(cause.flatMap(Reason::cause).flatMap(Reason::cause)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody is there",
        "Given up after 8 attempts: x",
        "a server that is not Discord's answered 502",
        "given up after some more attempts: x"
      })
  void other_words_stay_as_they_are(String words) {
    assertThat(Reason.parse(words)).isEqualTo(new Reason(Code.WORDS, Map.of("words", words)));
  }
}
