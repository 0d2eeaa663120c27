package dev.relay.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason.Code;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandoffReasonTest {
  @ParameterizedTest
  @EnumSource
  void each_reason_is_known_again_by_its_english_words(Code code) {
    Reason reason = new Reason(
        code,
        code.parameters().stream().collect(Collectors.toMap(name -> name, name -> "x-" + name)));

    assertThat(Reason.parse(reason.words())).isEqualTo(reason);
  }

  @Test
  void names_with_spaces_and_words_of_a_sentence_are_known_again() {
    Reason reason =
        new Reason(Code.PASSED, Map.of("name", "Ann, who passed it to queue b", "queue", "news"));

    assertThat(reason.words()).isEqualTo("Ann, who passed it to queue b passed it to queue news");
    assertThat(Reason.parse(reason.words())).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "please help", "The customer asked for a live agent", "desk a b lost it"})
  void other_words_stay_as_they_are(String words) {
    Reason reason = Reason.parse(words);

    assertThat(reason.code()).isEqualTo(Code.WORDS);
    assertThat(reason.words()).isEqualTo(words);
  }

  @Test
  void what_a_far_side_says_is_put_on_one_line_and_cut() {
    Reason reason = new Reason(
        Code.REFUSED_BY, Map.of("desk", "flex", "reason", " no\nagents\t" + "x".repeat(500)));

    assertThat(reason.arguments().get("reason"))
        .hasSize(Reason.MAX_LENGTH)
        .startsWith("no agents ");
    assertThat(reason.words()).hasSize(Reason.MAX_LENGTH).endsWith("…");
  }
}
