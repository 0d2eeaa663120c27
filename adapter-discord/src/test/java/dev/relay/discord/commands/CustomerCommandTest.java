package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.Cases.NewCase;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Interaction;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The commands of customers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CustomerCommandTest {
  private final Community community = new Community();
  private final FakeCustomer ada = community.discord.customer("ada");

  @AfterEach
  void close() {
    community.close();
  }

  @Test
  void helpme_opens_the_conversation_and_leads_to_the_direct_message() {
    long vip = community.discord.guild().addsRole("VIP", 0);
    community.discord.guild().gives(vip, ada);

    Interaction help =
        ada.in(community.town).runs("/helpme", Map.of("question", "How do I *fly*?"));

    assertThat(help.awaitAnswer().text()).isEqualTo("I've written to you.");
    assertLinksToChat(help.awaitAnswer(), "Open the chat");
    assertThat(help.isPrivate()).isTrue();
    assertThat(ada.textsFromBot().get(0)).isEqualTo("You asked: How do I \\*fly\\*?");
    CustomerWrote wrote = (CustomerWrote) community.intake.submitted.get(0);
    assertThat(wrote.body().text()).isEqualTo("How do I *fly*?");
    assertThat(wrote.origin().command()).contains("helpme");
    assertThat(wrote.origin().guild()).contains(Long.toString(community.discord.guildId()));
    assertThat(wrote.origin().key().key()).isEqualTo("i" + help.id());
    assertThat(wrote.origin().profile().roles()).containsExactly("VIP");
    assertThat(community.awaitButton(ada, "relay:person:").text()).isNotBlank();
  }

  @Test
  void helpme_without_a_question_lets_the_virtual_agent_ask() {
    ada.speaks("es-419");

    Interaction help = ada.in(community.town).runs("/helpme");

    assertThat(help.awaitAnswer().text()).isEqualTo("Te he escrito.");
    assertLinksToChat(help.awaitAnswer(), "Abrir el chat");
    Eventually.holds(
        "a greeting in Spanish",
        () -> ada.textsFromBot().stream().anyMatch(text -> text.contains("Hola")));
  }

  @Test
  void helpme_without_a_question_leads_back_to_an_existing_conversation() {
    ada.in(community.town).runs("/helpme", Map.of("question", "How do I fly?")).awaitAnswer();

    Interaction again = ada.in(community.town).runs("/helpme");

    assertThat(again.awaitAnswer().text()).isEqualTo("I've written to you.");
    assertThat(ada.textsFromBot())
        .contains("Hi! Tell me what's wrong and I'll look for an answer.");
    assertThat(community.intake.submitted).hasSize(1);
  }

  @Test
  void helpme_submits_nothing_if_the_customer_cannot_be_answered() {
    ada.closesDirectMessages();

    Interaction help = ada.in(community.town).runs("/helpme", Map.of("question", "How?"));

    assertThat(help.awaitAnswer().text())
        .isEqualTo(
            "I can't message you: your direct messages are closed. Server name → Privacy Settings"
                + " → Direct Messages, then try again.\n"
                + "You asked: How?");
    assertThat(community.intake.submitted).isEmpty();
    ada.speaks("es-ES");
    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .startsWith("No puedo escribirte: tienes cerrados los mensajes directos.");
  }

  @Test
  void helpme_continues_if_the_first_line_cannot_be_sent() {
    community.discord.faults().next(Routes.OPEN_DIRECT_MESSAGE, Fault.answers(400));

    assertThat(ada.in(community.town)
            .runs("/helpme", Map.of("question", "How?"))
            .awaitAnswer()
            .text())
        .isEqualTo("I'll write to you in a direct message.");
    assertThat(community.intake.submitted).hasSize(1);
  }

  @Test
  void agent_asks_for_a_live_agent_and_shows_the_case_number() {
    Interaction asked = ada.in(community.town).runs("/agent");

    assertThat(asked.awaitAnswer().text())
        .isEqualTo("I've asked for a person; your case number is **#1001**.");
    assertLinksToChat(asked.awaitAnswer(), "Open the chat");
    assertThat(community.supportCase(1001).kind()).isEqualTo(CaseKind.SUPPORT);
  }

  @Test
  void agent_answers_in_Spanish() {
    ada.speaks("es-ES");

    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .startsWith("He pedido que te atienda una persona; tu número de caso es **#1001**.");
  }

  @Test
  void agent_shows_a_waiting_customer_their_place_and_writes_nothing_more() {
    ada.in(community.town).runs("/agent").awaitAnswer();
    List<String> before = settled(ada);

    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .isEqualTo("You're already in line: number 1.");
    ada.speaks("es-ES");
    assertThat(ada.runs("/agent").awaitAnswer().text()).isEqualTo("Ya estás en la cola: número 1.");

    assertThat(community.intake.submitted).hasSize(1);
    assertThat(ada.textsFromBot()).isEqualTo(before);
  }

  @Test
  void agent_sends_a_customer_who_talks_to_a_live_agent_back_to_the_chat() {
    ada.in(community.town).runs("/agent").awaitAnswer();
    community.agentJoins(ada);

    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .isEqualTo("You're already talking to a person. Just write in your chat with us.");
    ada.speaks("es-ES");
    assertThat(ada.runs("/agent").awaitAnswer().text())
        .isEqualTo("Ya estás hablando con una persona. Escribe en tu chat con nosotros.");
  }

  @Test
  void in_the_chat_itself_helpme_links_nowhere_and_submits_nothing() {
    Interaction help = ada.runs("/helpme");

    assertThat(help.awaitAnswer().text()).isEqualTo("You're in the right place. Just write.");
    assertThat(help.awaitAnswer().buttons()).isEmpty();
    ada.speaks("es-ES");
    assertThat(ada.runs("/helpme").awaitAnswer().text())
        .isEqualTo("Estás en el sitio correcto. Escribe sin más.");
    assertThat(community.intake.submitted).isEmpty();
    assertThat(ada.textsFromBot()).isEmpty();
  }

  @Test
  void in_the_chat_itself_nothing_is_said_twice() {
    Interaction help = ada.runs("/helpme", Map.of("question", "How do I fly?"));
    community.awaitButton(ada, "relay:person:");
    Interaction agent = ada.runs("/agent");
    Eventually.holds("a case", () -> ada.textsFromBot().toString().contains("#1001"));
    Interaction close = ada.runs("/close");
    Eventually.holds("the end", () -> ada.textsFromBot().toString().contains("closed this chat"));

    assertThat(ada.textsFromBot()).contains("You asked: How do I fly?", "You asked for a person.");
    for (Interaction one : List.of(help, agent, close)) {
      Eventually.holds("answered in the chat alone", one::isOver);
      assertThat(one.answers()).isEmpty();
    }
  }

  @Test
  void close_ends_the_conversation() {
    ada.in(community.town).runs("/helpme", Map.of("question", "How?")).awaitAnswer();

    assertThat(ada.in(community.town).runs("/close").awaitAnswer().text())
        .isEqualTo("I've closed your chat.");
    assertThat(community.conversation(ada)).isEmpty();
    assertThat(ada.in(community.town).runs("/close").awaitAnswer().text())
        .isEqualTo("You have no open chat. Just write to start one.");
    ada.speaks("es-ES");
    assertThat(ada.in(community.town).runs("/close").awaitAnswer().text())
        .isEqualTo("No tienes ningún chat abierto. Escribe para empezar uno.");
  }

  @Test
  void cases_shows_the_customers_own_cases_page_by_page() {
    assertThat(ada.runs("/cases").awaitAnswer().text()).startsWith("You have no cases yet.");
    opens(ada, 10);
    opens(community.discord.customer("bob"), 1);

    Interaction shown = ada.runs("/cases");
    SeenMessage first = shown.awaitAnswer();

    assertThat(first.text()).startsWith("Your cases:\n**#1010** · New · Bug · Bug \\#10");
    assertThat(first.text().lines()).hasSize(9);
    assertThat(first.buttons()).extracting(SeenMessage.SeenButton::label).containsExactly("Older");
    ada.presses(first.id(), first.buttons().get(0).customId());
    Eventually.holds("the older page", () -> shown.awaitAnswer().text().contains("**#1002**"));
    SeenMessage second = shown.awaitAnswer();
    assertThat(second.text().lines()).hasSize(3);
    assertThat(second.buttons())
        .extracting(SeenMessage.SeenButton::label)
        .containsExactly("Newest");
    ada.presses(second.id(), second.buttons().get(0).customId());
    Eventually.holds("the first page", () -> shown.awaitAnswer().text().contains("**#1010**"));
  }

  @Test
  void cases_are_shown_in_Spanish() {
    opens(ada, 1);
    ada.speaks("es-419");

    assertThat(ada.runs("/cases").awaitAnswer().text())
        .startsWith("Tus casos:\n**#1001** · Nuevo · Error · Bug \\#1 · <t:");
  }

  @Test
  void every_command_is_acknowledged_in_time_even_if_the_store_is_slow() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    community.intake.waitsFor(gate);

    Interaction help = ada.in(community.town).runs("/helpme", Map.of("question", "How?"));
    Eventually.holds("acknowledged", help::isAcknowledged);
    community.discord.timePasses(Duration.ofSeconds(10));
    assertThat(help.hasFailed()).isFalse();
    assertThat(help.answers()).isEmpty();
    gate.complete(null);

    assertThat(help.awaitAnswer().text()).isEqualTo("I've written to you.");
  }

  @Test
  void callers_are_told_when_a_submission_takes_longer_and_when_it_is_done() {
    try (Community slow = new Community(CommandSettings.DEFAULT, Duration.ofMillis(50))) {
      CompletableFuture<Void> gate = new CompletableFuture<>();
      slow.intake.waitsFor(gate);
      Interaction close = slow.discord.customer("bob").in(slow.town).runs("/close");

      Eventually.holds(
          "a sign",
          () -> close.answerTexts().stream()
              .anyMatch(text -> text.startsWith("Sorry, this is taking longer than usual.")));
      gate.complete(null);

      Eventually.holds(
          "the answer",
          () -> close
              .answerTexts()
              .equals(List.of("You have no open chat. Just write to start one.")));
    }
  }

  @Test
  void an_answer_that_Discord_no_longer_accepts_is_dropped_quietly() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    community.intake.waitsFor(gate);
    Interaction help = ada.in(community.town).runs("/helpme", Map.of("question", "my secret"));
    Eventually.holds("acknowledged", help::isAcknowledged);

    community.discord.timePasses(Duration.ofMinutes(16));
    gate.complete(null);

    Eventually.holds("the conversation", () -> community.conversation(ada).isPresent());
    assertThat(help.answers()).isEmpty();
    assertThat(community.log.warnings()).isEmpty();
  }

  @Test
  void overload_and_an_unavailable_store_are_reported_to_the_customer() {
    community.intake.answers(event ->
        CompletableFuture.completedFuture(new IntakeResult.Overloaded(Duration.ofSeconds(7))));
    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .isEqualTo("There is a lot going on right now. Please try again in 7 s.");
    community.intake.answers(
        event -> CompletableFuture.completedFuture(new IntakeResult.Unavailable("no disk")));
    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .isEqualTo("I could not store that just now. Please try again in a moment.");
    community.intake.answers(
        event -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
    assertThat(ada.in(community.town).runs("/close").awaitAnswer().text())
        .isEqualTo("I could not store that just now. Please try again in a moment.");
  }

  @Test
  void a_blocked_customer_is_told_until_when() {
    ada.in(community.town).runs("/helpme", Map.of("question", "How?")).awaitAnswer();
    Customer customer = community.customer(ada).orElseThrow();
    community
        .relay
        .customers()
        .block(
            customer.id(),
            Optional.of(
                new Customer.Block("spam", Optional.of(Instant.parse("2040-01-01T00:00:00Z")))))
        .join();

    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .isEqualTo("You cannot write to us until <t:2208988800:f>.");
    community
        .relay
        .customers()
        .block(customer.id(), Optional.of(new Customer.Block("spam", Optional.empty())))
        .join();
    ada.speaks("es-ES");
    assertThat(ada.in(community.town).runs("/agent").awaitAnswer().text())
        .isEqualTo("Ahora mismo no puedes escribirnos.");
  }

  @Test
  void customers_messages_are_in_the_transcript_under_their_name() {
    ada.in(community.town).runs("/helpme", Map.of("question", "How?")).awaitAnswer();

    assertThat(community
            .transcript(community.conversation(ada).orElseThrow())
            .get(0)
            .content())
        .isInstanceOfSatisfying(
            EntryContent.Said.class,
            said -> assertThat(said.author().role()).isEqualTo(Participant.Role.CUSTOMER));
  }

  private void opens(FakeCustomer customer, int count) {
    customer.in(community.town).runs("/helpme", Map.of("question", "How?")).awaitAnswer();
    Customer known = community.customer(customer).orElseThrow();
    for (int i = 1; i <= count; i++) {
      community
          .relay
          .cases()
          .open(
              new NewCase(
                  known.id(),
                  CaseKind.BUG,
                  CasePriority.NORMAL,
                  "Bug #" + i,
                  "",
                  Map.of(),
                  Set.of(),
                  QueueName.DEFAULT),
              Participant.RELAY)
          .join();
    }
  }

  /** Waits until the chat shows the notices of a handoff, and returns its texts. */
  private List<String> settled(FakeCustomer customer) {
    Eventually.holds("the place", () -> community.isSettled(customer));
    return customer.textsFromBot();
  }

  private void assertLinksToChat(SeenMessage answer, String label) {
    assertThat(answer.text()).doesNotContain("https://");
    assertThat(answer.buttons())
        .extracting(SeenMessage.SeenButton::label, SeenMessage.SeenButton::url)
        .containsExactly(tuple(label, "https://discord.com/channels/@me/" + ada.directMessageId()));
  }
}
