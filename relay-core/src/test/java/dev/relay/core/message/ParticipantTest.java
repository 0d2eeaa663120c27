package dev.relay.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParticipantTest {

  @Test
  void a_live_agent_without_a_name_is_shown_by_a_neutral_word_and_never_by_the_log_in_name() {
    assertThat(Participant.agent("ana.lopez", "ana.lopez").displayName()).isEqualTo("Support");
    assertThat(Participant.agent("ana.lopez", " ").displayName()).isEqualTo("Support");
    assertThat(Participant.agent("ana", "Ana").displayName()).isEqualTo("Ana");
  }

  @Test
  void colleagues_read_the_id_of_an_agent_without_a_name_so_that_they_know_who_it_is() {
    assertThat(Participant.agent("ana.lopez", "ana.lopez").nameForColleagues())
        .isEqualTo("ana.lopez");
    assertThat(Participant.agent("ana", "Ana").nameForColleagues()).isEqualTo("Ana");
    assertThat(Participant.RELAY.nameForColleagues()).isEqualTo("Relay");
  }

  @Test
  void agents_without_names_are_still_told_apart() {
    assertThat(Participant.agent("ana", "ana").isSameAs(Participant.agent("bob", "bob")))
        .isFalse();
  }
}
