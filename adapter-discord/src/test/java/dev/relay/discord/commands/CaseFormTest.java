package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.FormField;
import dev.relay.discord.FormSettings;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.Interaction;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.discord.fake.SeenModal;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The forms behind {@code /bug} and {@code /new_feature}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CaseFormTest {
  private final Community community = new Community(
      new CommandSettings(
          new FormSettings(
              FormSettings.DEFAULT.bug(),
              List.of(FormField.named("reward", true, false, 4000).labelled("What is it worth?"))),
          Set.of(),
          Set.of()),
      Duration.ofMinutes(1));
  private final FakeCustomer ada = community.discord.customer("ada");

  @AfterEach
  void close() {
    community.close();
  }

  @Test
  void bug_shows_its_fields_with_limits_and_files_the_case() {
    Interaction command = ada.in(community.town).runs("/bug");
    SeenModal modal = command.awaitModal();

    assertThat(modal.customId()).isEqualTo("relay:form:bug");
    assertThat(modal.title()).isEqualTo("Report a bug");
    assertThat(modal.fields())
        .extracting(
            SeenModal.SeenField::customId,
            SeenModal.SeenField::label,
            SeenModal.SeenField::required,
            SeenModal.SeenField::maxLength)
        .containsExactly(
            tuple("title", "Title", true, 200),
            tuple("description", "Description", true, 4000),
            tuple("steps", "Steps to reproduce", false, 2000),
            tuple("platform", "Platform", false, 100),
            tuple("version", "Version", false, 100));

    Interaction filed = ada.submits(
        command, Map.of("title", "It crashes", "description", "On the map", "platform", "Linux"));

    assertThat(filed.awaitAnswer().text())
        .isEqualTo("Thanks! Your case number is **#1001**. `/cases` shows its status.");
    assertThat(filed.isPrivate()).isTrue();
    SupportCase supportCase = community.supportCase(1001);
    assertThat(supportCase.kind()).isEqualTo(CaseKind.BUG);
    assertThat(supportCase.subject()).isEqualTo("It crashes");
    assertThat(supportCase.description()).isEqualTo("On the map");
    assertThat(supportCase.fields()).isEqualTo(Map.of("platform", "Linux"));
  }

  @Test
  void new_feature_asks_what_the_operator_wants_to_know() {
    Interaction command = ada.runs("/new_feature");

    assertThat(command.awaitModal().fields())
        .extracting(SeenModal.SeenField::label)
        .containsExactly("Title", "Description", "What is it worth?");
    ada.submits(command, Map.of("title", "Boats", "description", "For the sea", "reward", "All"))
        .awaitAnswer();
    assertThat(community.supportCase(1001).kind()).isEqualTo(CaseKind.FEATURE_REQUEST);
    assertThat(community.supportCase(1001).fields()).isEqualTo(Map.of("reward", "All"));
  }

  @Test
  void forms_speak_Spanish() {
    ada.speaks("es-ES");
    Interaction command = ada.runs("/bug");

    assertThat(command.awaitModal().title()).isEqualTo("Informar de un error");
    assertThat(command.awaitModal().fields().get(2).label()).isEqualTo("Pasos para reproducirlo");
    assertThat(ada.submits(command, Map.of("title", "Falla", "description", "En el mapa"))
            .awaitAnswer()
            .text())
        .isEqualTo("¡Gracias! Tu número de caso es **#1001**. `/casos` muestra su estado.");
  }

  @Test
  void a_blank_field_is_reported_and_the_customer_gets_the_text_back() {
    Interaction command = ada.runs("/bug");
    Interaction filed = ada.submits(
        command, Map.of("title", "   ", "description", "A long story", "version", "1.2"));

    SeenMessage answer = filed.awaitAnswer();
    assertThat(answer.text())
        .isEqualTo("“Title” is empty, so nothing was sent. Fill it in and send the form again.\n"
            + "Here is your text, so that nothing is lost:");
    assertThat(answer.files())
        .extracting(SeenMessage.SeenFile::name)
        .containsExactly("what-you-wrote.txt");
    assertThat(answer.files().get(0).size())
        .isEqualTo("Description:\nA long story\n\nVersion:\n1.2\n".length());
    assertThat(community.intake.submitted).isEmpty();
    Interaction again = ada.presses(answer.id(), "relay:form:bug");
    assertThat(again.awaitModal().title()).isEqualTo("Report a bug");
  }

  @Test
  void the_customer_gets_a_form_back_that_cannot_be_stored() {
    community.intake.answers(event ->
        CompletableFuture.completedFuture(new IntakeResult.Overloaded(Duration.ofSeconds(5))));
    Interaction command = ada.runs("/bug");
    SeenMessage answer = ada.submits(
            command, Map.of("title", "It crashes", "description", "y".repeat(4000)))
        .awaitAnswer();

    assertThat(answer.text()).startsWith("There is a lot going on right now.");
    assertThat(answer.files().get(0).size()).isGreaterThan(4000);
  }

  @Test
  void the_customer_gets_a_form_back_whose_submission_is_cancelled() {
    List<CompletableFuture<IntakeResult>> brokenOff = List.of(
        new CompletableFuture<>(),
        CompletableFuture.failedFuture(new IllegalStateException("the store is away")));
    brokenOff.get(0).cancel(false);
    for (CompletableFuture<IntakeResult> broken : brokenOff) {
      community.intake.answers(event -> broken);
      Interaction command = ada.runs("/bug");
      SeenMessage answer = ada.submits(
              command, Map.of("title", "It crashes", "description", "y".repeat(4000)))
          .awaitAnswer();

      assertThat(answer.text())
          .startsWith("I could not store that just now.")
          .endsWith("Here is your text, so that nothing is lost:");
      assertThat(answer.files().get(0).size()).isGreaterThan(4000);
    }
  }

  @Test
  void a_form_is_acknowledged_in_time_even_if_the_store_is_slow() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    community.intake.waitsFor(gate);
    Interaction command = ada.runs("/bug");
    Interaction filed =
        ada.submits(command, Map.of("title", "It crashes", "description", "On the map"));

    Eventually.holds("acknowledged", filed::isAcknowledged);
    community.discord.timePasses(Duration.ofSeconds(4));
    gate.complete(null);

    assertThat(filed.awaitAnswer().text()).contains("**#1001**");
  }

  @Test
  void a_form_opened_before_a_restart_can_be_filed_after_it() {
    Interaction command = ada.runs("/bug");
    command.awaitModal();

    community.restarts();

    assertThat(ada.submits(command, Map.of("title", "It crashes", "description", "On the map"))
            .awaitAnswer()
            .text())
        .contains("**#1001**");
  }
}
