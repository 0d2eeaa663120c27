package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.Interaction;
import dev.relay.discord.fake.LoggedRequest;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.discord.fake.SeenModal;
import dev.relay.testkit.Eventually;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Buttons below Relay's messages. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ButtonPressTest {
  private final Community community = new Community();
  private final FakeCustomer ada = community.discord.customer("ada");

  @AfterEach
  void close() {
    community.close();
  }

  @Test
  void a_button_asks_for_a_live_agent_and_is_disabled() {
    SeenMessage answer = asks();
    String button = answer.buttons().get(0).customId();

    ada.presses(answer.id(), button);

    Eventually.holds(
        "the button is out of use", () -> !seen(answer).buttons().get(0).enabled());
    assertThat(community.supportCase(1001).number().value()).isEqualTo(1001);
    assertThat(pressesOf(conversation())).isEqualTo(1);
  }

  @Test
  void a_button_works_after_a_restart() {
    SeenMessage answer = asks();
    ConversationId conversation = conversation();

    community.restarts();
    ada.presses(answer.id(), "relay:person:" + conversation);

    Eventually.holds("the press", () -> pressesOf(conversation) == 1);
    Eventually.holds(
        "the button is out of use", () -> !seen(answer).buttons().get(0).enabled());
  }

  @Test
  void a_double_press_counts_once() {
    SeenMessage answer = asks();
    String button = answer.buttons().get(0).customId();
    community.discord.gateway().holdsBack();
    ada.presses(answer.id(), button);
    Interaction second = ada.presses(answer.id(), button);
    community.discord.gateway().releases();

    Eventually.holds("both are answered", second::isAcknowledged);
    Eventually.holds("both are handed in", () -> community.intake.submitted.size() == 3);
    Eventually.holds(
        "the button is out of use", () -> !seen(answer).buttons().get(0).enabled());
    assertThat(pressesOf(conversation())).isEqualTo(1);
    assertThat(second.answers().stream().filter(it -> it.id() != answer.id())).isEmpty();
  }

  @Test
  void another_customers_press_is_refused() {
    ConversationId conversation = asksFor(ada);
    long shown = postsInTown("relay:person:" + conversation);
    FakeCustomer eve = community.discord.customer("eve");
    int before = community.intake.submitted.size();

    Interaction foreign = eve.in(community.town).presses(shown, "relay:person:" + conversation);

    Eventually.holds(
        "a refusal", () -> foreign.answerTexts().contains("These buttons are for somebody else."));
    assertThat(community.intake.submitted).hasSize(before);
    assertThat(community.conversation(eve)).isEmpty();
  }

  @Test
  void a_button_of_a_closed_conversation_is_refused() {
    ConversationId conversation = asksFor(ada);
    ada.in(community.town).runs("/close").awaitAnswer();
    ada.in(community.town).runs("/helpme", Map.of("question", "Another thing")).awaitAnswer();
    long shown = posts(ada, "relay:helped:" + conversation);

    Interaction late = ada.presses(shown, "relay:helped:" + conversation);

    Eventually.holds(
        "an explanation",
        () ->
            late.answerTexts().stream().anyMatch(text -> text.startsWith("That chat has ended.")));
    assertThat(pressesOf(conversation())).isZero();
  }

  @Test
  void a_rating_is_stored_and_can_be_changed() {
    asksFor(ada);
    ada.in(community.town).runs("/agent").awaitAnswer();
    ConversationId conversation = conversation();
    community.agentSolves(ada);
    SeenMessage question = community.awaitButton(ada, "relay:rate:");

    ada.presses(question.id(), "relay:rate:" + conversation + ":4");
    Eventually.holds("four is chosen", () -> !enabled(question, 4) && enabled(question, 5));
    ada.presses(question.id(), "relay:rate:" + conversation + ":5");
    Eventually.holds("five is chosen", () -> enabled(question, 4) && !enabled(question, 5));

    Eventually.holds(
        "one thank-you, which is changed",
        () -> ada.textsFromBot().stream()
            .filter(text -> text.contains("Thank you"))
            .toList()
            .equals(List.of("You gave 5 of 5. Thank you!")));

    assertThat(ratingsOf(conversation)).containsExactly(4, 5);
  }

  @Test
  void the_reasons_of_a_rating_are_asked_for_in_a_form_below_the_thanks() {
    ConversationId conversation = rates(4);
    SeenMessage thanks = community.awaitButton(ada, "relay:comment:");
    assertThat(thanks.text()).isEqualTo("You gave 4 of 5. Thank you!");

    Interaction press = ada.presses(thanks.id(), "relay:comment:" + conversation);
    assertThat(press.awaitModal().title()).isEqualTo("Your rating");
    assertThat(press.awaitModal().fields())
        .extracting(SeenModal.SeenField::label, SeenModal.SeenField::maxLength)
        .containsExactly(tuple("What could we do better?", 2000));
    Interaction filled = ada.submits(press, Map.of("comment", "Answer sooner"));

    assertThat(filled.awaitAnswer().text())
        .isEqualTo("Your comment has been added to your rating.");
    assertThat(filled.isPrivate()).isTrue();
    assertThat(commentsOf(conversation)).containsExactly("4", "4: Answer sooner");
    assertThat(ada.textsFromBot().stream().filter(text -> text.contains("Thank you")))
        .as("one thank-you")
        .hasSize(1);
  }

  @Test
  void reasons_that_cannot_be_stored_are_given_back_and_others_cannot_comment() {
    ConversationId conversation = rates(4);
    long shown = postsInTown("relay:comment:" + conversation, "relay:comment:", "relay:comment:99");
    FakeCustomer eve = community.discord.customer("eve");

    Interaction foreign = eve.in(community.town).presses(shown, "relay:comment:" + conversation);
    assertThat(eve.in(community.town)
            .submits(foreign, Map.of("comment", "Hm"))
            .awaitAnswer()
            .text())
        .isEqualTo("These buttons are for somebody else.");
    Interaction forged = ada.in(community.town).presses(shown, "relay:comment:99");
    assertThat(ada.in(community.town)
            .submits(forged, Map.of("comment", "Hm"))
            .awaitAnswer()
            .text())
        .startsWith("That chat has ended.");
    Interaction empty = ada.in(community.town).presses(shown, "relay:comment:");
    Eventually.holds(
        "a refusal", () -> empty.answerTexts().contains("That is not possible right now."));
    Interaction press = ada.in(community.town).presses(shown, "relay:comment:" + conversation);
    SeenMessage blank =
        ada.in(community.town).submits(press, Map.of("comment", "   ")).awaitAnswer();
    assertThat(blank.text()).contains("a comment must have 1 to 2000 characters");
    assertThat(blank.files())
        .extracting(SeenMessage.SeenFile::name)
        .containsExactly("what-you-wrote.txt");
    assertThat(commentsOf(conversation)).containsExactly("4");
  }

  /** Ada rates her conversation, which a live agent has ended. */
  private ConversationId rates(int score) {
    asksFor(ada);
    ada.in(community.town).runs("/agent").awaitAnswer();
    ConversationId conversation = conversation();
    community.agentSolves(ada);
    SeenMessage question = community.awaitButton(ada, "relay:rate:");
    ada.presses(question.id(), "relay:rate:" + conversation + ":" + score);
    Eventually.holds("the rating", () -> !ratingsOf(conversation).isEmpty());
    return conversation;
  }

  private List<String> commentsOf(ConversationId conversation) {
    return community.transcript(conversation).stream()
        .map(TranscriptEntry::content)
        .filter(EntryContent.Rated.class::isInstance)
        .map(EntryContent.Rated.class::cast)
        .map(rated -> rated.score() + rated.comment().map(text -> ": " + text).orElse(""))
        .toList();
  }

  @Test
  void the_welcome_messages_buttons_open_help_form_and_cases() {
    long shown = postsInTown("relay:help", "relay:form:bug", "relay:cases");

    assertThat(ada.in(community.town).presses(shown, "relay:help").awaitAnswer().text())
        .isEqualTo("I've written to you.");
    assertThat(
            ada.in(community.town).presses(shown, "relay:form:bug").awaitModal().title())
        .isEqualTo("Report a bug");
    assertThat(
            ada.in(community.town).presses(shown, "relay:cases").awaitAnswer().text())
        .startsWith("You have no cases yet.");
  }

  @Test
  void unknown_buttons_are_answered_and_those_of_others_ignored() {
    long shown = postsInTown("relay:dance:1", "host:dance");

    Interaction unknown = ada.in(community.town).presses(shown, "relay:dance:1");
    Interaction foreign = ada.in(community.town).presses(shown, "host:dance");

    Eventually.holds(
        "an answer", () -> unknown.answerTexts().contains("That is not possible right now."));
    assertThat(foreign.isAcknowledged()).isFalse();
  }

  @Test
  void forged_ids_do_no_harm() {
    asksFor(ada);
    List<String> forged = List.of(
        "relay:person:",
        "relay:person:999999999999999999999999",
        "relay:rate:1:9",
        "relay:rate:1",
        "relay:form:support");
    long shown = postsInTown(forged.toArray(String[]::new));
    int before = community.intake.submitted.size();

    for (String id : forged) {
      Interaction press = ada.in(community.town).presses(shown, id);
      Eventually.holds("an answer to " + id, () -> !press.answerTexts().isEmpty());
    }

    assertThat(community.intake.submitted).hasSize(before);
  }

  @Test
  void presses_of_two_customers_below_one_message_both_count() {
    FakeCustomer bob = community.discord.customer("bob");
    ConversationId adas = asksFor(ada);
    ConversationId bobs = asksFor(bob);
    long shown = postsInTown("relay:person:" + adas, "relay:person:" + bobs);
    community.discord.gateway().holdsBack();
    ada.in(community.town).presses(shown, "relay:person:" + adas);
    bob.in(community.town).presses(shown, "relay:person:" + bobs);
    community.discord.gateway().releases();

    Eventually.holds("the press of Ada", () -> pressesOf(adas) == 1);
    Eventually.holds("the press of Bob", () -> pressesOf(bobs) == 1);
  }

  @Test
  void a_press_costs_two_requests() {
    SeenMessage answer = asks();
    community.discord.requests().clear();

    ada.presses(answer.id(), answer.buttons().get(0).customId());
    Eventually.holds(
        "the button is out of use", () -> !seen(answer).buttons().get(0).enabled());

    Eventually.holds(
        "one acknowledgement and one edit",
        () ->
            requestsForPresses().equals(List.of(Routes.INTERACTION_CALLBACK, Routes.EDIT_ANSWER)));
  }

  /** Returns the requests to Discord other than the messages that the press leads to. */
  private List<String> requestsForPresses() {
    return community.discord.requests().all().stream()
        .map(LoggedRequest::route)
        .filter(route -> !route.equals(Routes.SEND_MESSAGE))
        .filter(route -> !route.equals(Routes.OPEN_DIRECT_MESSAGE))
        .toList();
  }

  private SeenMessage asks() {
    asksFor(ada);
    return community.awaitButton(ada, "relay:person:");
  }

  private ConversationId asksFor(FakeCustomer customer) {
    customer
        .in(community.town)
        .runs("/helpme", Map.of("question", "How do I fly?"))
        .awaitAnswer();
    return community.conversation(customer).orElseThrow();
  }

  private ConversationId conversation() {
    return community.conversation(ada).orElseThrow();
  }

  private SeenMessage seen(SeenMessage message) {
    return ada.directMessages().stream()
        .filter(it -> it.id() == message.id())
        .findFirst()
        .orElseThrow();
  }

  private boolean enabled(SeenMessage message, int score) {
    return seen(message).buttons().stream()
        .filter(button -> button.customId().endsWith(":" + score))
        .allMatch(SeenMessage.SeenButton::enabled);
  }

  private long pressesOf(ConversationId conversation) {
    return community.transcript(conversation).stream()
        .filter(entry -> entry.content() instanceof EntryContent.Pressed)
        .count();
  }

  private List<Integer> ratingsOf(ConversationId conversation) {
    return community.transcript(conversation).stream()
        .map(entry -> entry.content() instanceof EntryContent.Rated rated
            ? Optional.of(rated.score())
            : Optional.<Integer>empty())
        .flatMap(Optional::stream)
        .toList();
  }

  private long postsInTown(String... ids) {
    Eventually.holds(
        "the channel", () -> community.connection().getTextChannelById(community.town) != null);
    return community
        .connection()
        .getTextChannelById(community.town)
        .sendMessage("Welcome")
        .setComponents(row(ids))
        .complete()
        .getIdLong();
  }

  private long posts(FakeCustomer customer, String... ids) {
    return community
        .connection()
        .openPrivateChannelById(customer.id())
        .complete()
        .sendMessage("Did it help?")
        .setComponents(row(ids))
        .complete()
        .getIdLong();
  }

  private static ActionRow row(String... ids) {
    return ActionRow.of(
        List.of(ids).stream().map(id -> Button.primary(id, "Press")).toList());
  }
}
