package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.id.Destination;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.workspace.Workspace.Macro;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A live agent applies a macro: all of it or nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MacroTest {
  private static final QueueName VIP = new QueueName("vip");

  private final Situations world = new Situations();

  @Test
  void a_macro_writes_changes_the_case_and_adds_a_note_and_the_history_names_it() {
    Conversation live = world.live();
    Macro macro = new Macro(
        Optional.of(CaseStatus.PENDING),
        Optional.of(CasePriority.HIGH),
        Set.of("refund"),
        Optional.of(VIP),
        Optional.of("asked for the receipt"),
        false);

    Decision.Applied applied = world.apply(live, applied(BEA, macro));

    assertThat(said(applied)).containsExactly("Please send the receipt");
    SupportCase after = world.supportCase.orElseThrow();
    assertThat(after.status()).isEqualTo(CaseStatus.PENDING);
    assertThat(after.priority()).isEqualTo(CasePriority.HIGH);
    assertThat(after.tags()).contains("refund");
    assertThat(after.queue()).isEqualTo(VIP);
    assertThat(applied.effects())
        .contains(new Effect.AddNote(after.number(), BEA, "asked for the receipt"));
    assertThat(history(applied))
        .extracting(CaseHistoryEntry::field)
        .containsExactlyInAnyOrder("macro", "status", "priority", "tags", "queue");
    assertThat(history(applied))
        .filteredOn(entry -> entry.field().equals("macro"))
        .extracting(CaseHistoryEntry::after)
        .containsExactly("Receipt");
    assertThat(applied.next().handling())
        .isInstanceOfSatisfying(
            Handling.Live.class, handling -> assertThat(handling.queue()).isEqualTo(VIP));
  }

  @Test
  void a_macro_that_ends_solves_the_case_and_notifies_the_customer_after_the_message() {
    Decision.Applied applied = world.apply(world.live(), applied(BEA, ending(CaseStatus.SOLVED)));

    assertThat(applied.next().state()).isEqualTo(ConversationState.CLOSED);
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.SOLVED);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.ENDED_SOLVED);
    List<EntryContent> toCustomer = contentsTo(Destination.CUSTOMER, applied);
    assertThat(toCustomer.get(0)).isInstanceOf(EntryContent.Said.class);
  }

  @Test
  void tags_are_added_to_those_that_the_case_has() {
    Conversation live = world.live();
    Conversation tagged = world.next(live, applied(BEA, tagging(Set.of("first"))));

    world.apply(tagged, applied(BEA, tagging(Set.of("second"))));

    assertThat(world.supportCase.orElseThrow().tags()).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void a_part_that_is_not_allowed_refuses_all_of_it() {
    Conversation live = world.live();
    Set<String> many = IntStream.range(0, SupportCase.MAX_TAGS)
        .mapToObj(Integer::toString)
        .collect(Collectors.toSet());
    Conversation full = world.next(live, applied(BEA, tagging(many)));

    assertThat(refusal(full, applied(BEA, tagging(Set.of("one more")))).message())
        .contains("the macro was not applied", "at most " + SupportCase.MAX_TAGS + " tags");
    Macro elsewhere = new Macro(
        Optional.empty(),
        Optional.of(CasePriority.HIGH),
        Set.of(),
        Optional.of(new QueueName("nowhere")),
        Optional.empty(),
        true);
    assertThat(refusal(full, applied(BEA, elsewhere)).message())
        .isEqualTo("the macro was not applied: queue \"nowhere\" is not one of [default, vip]");
  }

  @Test
  void only_the_agent_who_has_the_conversation_applies_a_macro() {
    Conversation live = world.live();

    assertThat(refusal(live, applied(CARL, ending(CaseStatus.SOLVED))).code())
        .isEqualTo(Refusal.Code.ALREADY_TAKEN);
    assertThat(
            refusal(Situations.bot(), applied(BEA, ending(CaseStatus.SOLVED))).code())
        .isEqualTo(Refusal.Code.NOT_LIVE);
  }

  private Refusal refusal(Conversation conversation, Event event) {
    return ((Decision.Refused) conversation.decide(event, world)).refusal();
  }

  private static List<String> said(Decision.Applied applied) {
    return contentsTo(Destination.CUSTOMER, applied).stream()
        .filter(EntryContent.Said.class::isInstance)
        .map(content -> ((EntryContent.Said) content).body().text())
        .toList();
  }

  private static List<CaseHistoryEntry> history(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Effect.SaveCase.class::isInstance)
        .flatMap(effect -> ((Effect.SaveCase) effect).history().stream())
        .toList();
  }

  static Macro ending(CaseStatus status) {
    return new Macro(
        Optional.of(status), Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), true);
  }

  private static Macro tagging(Set<String> tags) {
    return new Macro(
        Optional.empty(), Optional.empty(), tags, Optional.empty(), Optional.empty(), false);
  }

  static DeskEvent.MacroApplied applied(Participant agent, Macro macro) {
    return new DeskEvent.MacroApplied(
        Situations.ID,
        Optional.empty(),
        agent,
        "Receipt",
        macro,
        Optional.of("m-1"),
        Optional.of(MessageBody.text("Please send the receipt")));
  }
}
