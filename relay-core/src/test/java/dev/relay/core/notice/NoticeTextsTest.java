package dev.relay.core.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoticeTextsTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es-MX");

  @ParameterizedTest
  @EnumSource(NoticeKind.class)
  void every_notice_has_a_text_of_its_own_in_every_shipped_language(NoticeKind kind) {
    NoticeTexts texts = NoticeTexts.shipped();
    String english = texts.render(Notice.of(kind), Locale.ENGLISH);
    String spanish = texts.render(Notice.of(kind), SPANISH);

    assertThat(english).isNotEqualTo(kind.name()).doesNotContain("{").isNotBlank();
    assertThat(spanish)
        .isNotEqualTo(kind.name())
        .doesNotContain("{")
        .isNotBlank()
        .isNotEqualTo(english);
  }

  @Test
  void arguments_are_inserted_unchanged() {
    Notice notice = Notice.of(NoticeKind.AGENT_JOINED, "agent", "Bea $1 {case} \\");

    assertThat(NoticeTexts.shipped().render(notice, Locale.ENGLISH))
        .isEqualTo("You're now talking to Bea $1 {case} \\.");
  }

  @Test
  void an_unknown_language_falls_back_to_English() {
    assertThat(NoticeTexts.shipped().render(Notice.of(NoticeKind.GLAD_IT_HELPED), Locale.JAPANESE))
        .isEqualTo("Glad that helped!");
  }

  @Test
  void an_operator_can_override_every_text_and_add_languages() {
    NoticeTexts texts = NoticeTexts.withOverrides(
        Map.of("en.GLAD_IT_HELPED", "Great!", "de.GLAD_IT_HELPED", "Freut mich!"));

    assertThat(texts.render(Notice.of(NoticeKind.GLAD_IT_HELPED), Locale.ENGLISH))
        .isEqualTo("Great!");
    assertThat(texts.render(Notice.of(NoticeKind.GLAD_IT_HELPED), Locale.GERMAN))
        .isEqualTo("Freut mich!");
  }

  @Test
  void an_unknown_notice_is_refused_with_what_is_allowed() {
    assertThatThrownBy(() -> NoticeTexts.withOverrides(Map.of("en.NO_SUCH", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("en.NO_SUCH")
        .hasMessageContaining("AGENT_JOINED");
  }
}
