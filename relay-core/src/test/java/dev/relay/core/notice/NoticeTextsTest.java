package dev.relay.core.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.virtualagent.VirtualAgent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void an_agent_without_a_name_has_one_in_the_customers_language_which_can_be_replaced() {
    Participant agent = Participant.agent("bea.1", "bea.1");
    Notice joined = Notice.of(NoticeKind.AGENT_JOINED, "agent", agent.displayName());
    NoticeTexts shipped = NoticeTexts.shipped();
    NoticeTexts replaced = NoticeTexts.withOverrides(
        Map.of("en.UNNAMED_AGENT", "the Lantern team", "de.UNNAMED_AGENT", "unser Team"));

    assertThat(shipped.named(agent, Locale.ENGLISH).displayName()).isEqualTo("Support");
    assertThat(shipped.named(agent, SPANISH).displayName()).isEqualTo("Soporte");
    assertThat(replaced.named(agent, Locale.ENGLISH).displayName()).isEqualTo("the Lantern team");
    assertThat(replaced.named(agent, Locale.GERMAN).displayName()).isEqualTo("unser Team");
    assertThat(shipped.render(joined, SPANISH)).isEqualTo("Ahora hablas con Soporte.");
    assertThat(replaced.render(joined, Locale.ENGLISH))
        .isEqualTo("You're now talking to the Lantern team.");
  }

  @Test
  void every_other_author_keeps_their_name() {
    Participant bea = Participant.agent("bea.1", "Bea");
    Participant customer = new Participant(Participant.Role.CUSTOMER, "c", "Support");

    assertThat(NoticeTexts.shipped().named(bea, SPANISH)).isEqualTo(bea);
    assertThat(NoticeTexts.shipped().named(customer, SPANISH)).isEqualTo(customer);
  }

  @Test
  void a_channel_without_buttons_names_the_word_to_write_instead() {
    MessageBody body = new MessageBody(
        "This may help.", List.of(), List.of(), List.of(Button.THAT_HELPED, Button.TALK_TO_PERSON));

    assertThat(NoticeTexts.shipped().inWords(body, Locale.FRENCH))
        .isEqualTo(MessageBody.text("This may help.\nWrite AGENT to talk to a person."));
    assertThat(NoticeTexts.shipped().inWords(body, SPANISH).text())
        .endsWith("Escribe AGENTE para hablar con una persona.");
    MessageBody full = new MessageBody(
        "x".repeat(MessageBody.MAX_TEXT), List.of(), List.of(), List.of(Button.RATE));
    assertThat(NoticeTexts.shipped().inWords(full, SPANISH).text()).isEqualTo(full.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AGENT", "agent", "AGENTE", "agente"})
  void the_word_that_is_named_asks_for_a_live_agent(String word) {
    assertThat(VirtualAgent.isRequestForLiveAgent(word)).isTrue();
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
