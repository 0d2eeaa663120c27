package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Visits the permitted subclasses of events and states, so that a new one cannot be forgotten. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryEventInEveryStateTest {
  private static final Map<ConversationState, Set<ConversationState>> LEGAL = new EnumMap<>(Map.of(
      ConversationState.BOT, EnumSet.allOf(ConversationState.class),
      ConversationState.WAITING, EnumSet.allOf(ConversationState.class),
      ConversationState.LIVE,
          EnumSet.of(ConversationState.LIVE, ConversationState.WAITING, ConversationState.CLOSED),
      ConversationState.CLOSED, EnumSet.of(ConversationState.CLOSED)));

  @ParameterizedTest
  @EnumSource(ConversationState.class)
  void every_event_is_answered_and_leads_to_a_legal_state(ConversationState state) {
    everyEventIsAnswered(state, Situations::new);
  }

  @ParameterizedTest
  @EnumSource(ConversationState.class)
  void every_event_is_also_answered_if_there_is_a_fallback_desk(ConversationState state) {
    everyEventIsAnswered(state, () -> {
      Situations world = new Situations();
      world.fallbackDesk = Optional.of(Situations.FALLBACK);
      return world;
    });
  }

  private static void everyEventIsAnswered(ConversationState state, Supplier<Situations> worlds) {
    for (int event = 0; event < events(new Situations()).size(); event++) {
      Situations world = worlds.get();
      Conversation before = in(state, world);
      Decision decision = before.decide(events(world).get(event), world);

      if (decision instanceof Decision.Applied applied) {
        assertThat(LEGAL.get(state)).contains(applied.next().state());
        assertThat(applied.next().id()).isEqualTo(before.id());
        assertThat(applied.next().version()).isEqualTo(before.version());
        assertThat(hasCaseIfItNeedsOne(applied.next())).isTrue();
      } else {
        assertThat(((Decision.Refused) decision).refusal().message()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ConversationState.class)
  void deciding_twice_gives_the_same_decision(ConversationState state) {
    for (int event = 0; event < events(new Situations()).size(); event++) {
      Situations one = new Situations();
      Situations other = new Situations();
      assertThat(in(state, one).decide(events(one).get(event), one))
          .isEqualTo(in(state, other).decide(events(other).get(event), other));
    }
  }

  @Test
  void the_list_of_events_is_complete() {
    Set<Class<?>> listed = new HashSet<>();
    events(new Situations()).forEach(event -> listed.add(event.getClass()));

    Set<Class<?>> all = new HashSet<>();
    Stream.of(CustomerEvent.class, DeskEvent.class, EngineEvent.class)
        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
        .forEach(all::add);
    assertThat(listed).isEqualTo(all);
  }

  @Test
  void every_state_has_a_conversation_in_the_tests() {
    Set<Class<?>> seen = new HashSet<>();
    for (ConversationState state : ConversationState.values()) {
      Situations world = new Situations();
      seen.add(in(state, world).handling().getClass());
    }
    assertThat(seen).containsExactlyInAnyOrder(Handling.class.getPermittedSubclasses());
  }

  private static boolean hasCaseIfItNeedsOne(Conversation conversation) {
    return switch (conversation.state()) {
      case WAITING, LIVE -> conversation.supportCase().isPresent();
      case BOT, CLOSED -> true;
    };
  }

  private static Conversation in(ConversationState state, Situations world) {
    world.remember(new EntryId(1), world.customer.asParticipant(), "m-own");
    return switch (state) {
      case BOT -> Situations.bot();
      case WAITING -> world.waiting();
      case LIVE -> world.live();
      case CLOSED -> world.closed();
    };
  }

  private static List<Event> events(Situations world) {
    ConversationId id = Situations.ID;
    List<Event> events = new ArrayList<>(List.of(
        world.wrote("Hello"),
        world.edited("m-own", "Hello there"),
        world.edited("m-own", " "),
        world.edited("nowhere", "x"),
        world.deleted("m-own"),
        world.deleted("nowhere"),
        world.customerEnds(),
        new CustomerEvent.LanguageChosen(world.origin()),
        world.notReached("the number is not in service"),
        world.noted("STOP"),
        world.rated(4),
        world.wrote("4"),
        new CustomerEvent.RatingCommented(world.origin(), id, "quick help"),
        world.filed(CaseKind.FEATURE_REQUEST, "Dark mode", ""),
        world.filed(CaseKind.BUG, "", ""),
        Situations.declined(),
        Situations.said(Situations.DESK, "All agents are busy"),
        Situations.said(Situations.FALLBACK, "All agents are busy"),
        Situations.declinedBy(Situations.FALLBACK),
        Situations.handoffFailed(),
        MacroTest.applied(BEA, MacroTest.ending(CaseStatus.SOLVED)),
        MacroTest.applied(CARL, MacroTest.ending(CaseStatus.PENDING)),
        Situations.timer(),
        Situations.colleagueJoined(CARL),
        Situations.colleagueLeft(CARL),
        new EngineEvent.PlaceMoved(id),
        new EngineEvent.AgentGone(id, BEA.id()),
        new EngineEvent.AgentGone(id, CARL.id()),
        new EngineEvent.AgentAbsent(id, BEA.id()),
        new EngineEvent.AgentAbsent(id, CARL.id()),
        new EngineEvent.OfferDue(id),
        new EngineEvent.OfferOver(id),
        new EngineEvent.DeskDown(id, Situations.DESK, "401"),
        new EngineEvent.DeskDown(id, Situations.FALLBACK, "401"),
        new EngineEvent.CaseChanged(id, world.aCase(CaseStatus.OPEN)),
        new EngineEvent.CaseMerged(
            id, world.aCase(CaseStatus.OPEN).number(), world.aCase(CaseStatus.OPEN)),
        new EngineEvent.CaseStatusChanged(id, world.aCase(CaseStatus.SOLVED), CaseStatus.OPEN),
        new EngineEvent.TimerPostponed(id, Duration.ofHours(8)),
        Situations.reminder(world.aCase(CaseStatus.PENDING)),
        new EngineEvent.DeliveryGivenUp(id, Destination.CUSTOMER, new EntryId(1), "refused", true),
        new EngineEvent.DeliveryGivenUp(id, Destination.DESK, new EntryId(1), "refused", true)));
    for (Button button : Button.values()) {
      events.add(world.pressed(button));
    }
    for (var agent : List.of(BEA, CARL)) {
      events.add(Situations.joined(agent));
      events.add(new DeskEvent.AgentTookOver(id, Optional.empty(), Situations.DESK, agent));
      events.add(Situations.joinedAt(Situations.FALLBACK, agent));
      events.add(Situations.agentWrote(agent, "Hello"));
      events.add(Situations.wroteFirst(agent, Optional.empty(), "Hello"));
      events.add(Situations.wroteFirst(agent, Optional.of(new CaseNumber(1)), "Hello"));
      events.add(new DeskEvent.MessageScheduled(
          Situations.wroteFirst(agent, Optional.empty(), "Later"), world.now().plusSeconds(60)));
      events.add(new DeskEvent.ScheduleCancelled(id, Optional.empty(), agent, 7));
      events.add(new DeskEvent.CloseProposed(id, Optional.empty(), agent));
      events.add(Situations.left(agent));
      events.add(new DeskEvent.OfferDeclined(id, Optional.empty(), agent));
      events.add(Situations.whispered(agent, "Ask for the receipt"));
      events.add(Situations.whispered(agent, " "));
      for (String place : List.of("vip", "default", "vpi")) {
        events.add(Situations.toQueue(agent, place));
      }
      events.add(Situations.toAgent(agent, "dora"));
      events.add(Situations.replacedBy(Situations.DESK, agent));
      events.add(Situations.replacedBy(Situations.FALLBACK, agent));
      for (CaseStatus status : CaseStatus.values()) {
        events.add(Situations.ended(agent, status));
      }
      EntryRef own = new EntryRef.ById(new EntryId(1));
      events.add(new DeskEvent.AgentEdited(id, Optional.empty(), agent, own, "changed"));
      events.add(new DeskEvent.AgentDeleted(id, Optional.empty(), agent, own));
    }
    List<MessageBody> replies = List.of(MessageBody.text("Like this"));
    for (Answer.Outcome outcome : Answer.Outcome.values()) {
      events.add(Situations.answered(new Answer.Replied(replies, outcome, 0.5)));
    }
    for (Answer.HandOverReason reason : Answer.HandOverReason.values()) {
      events.add(Situations.answered(new Answer.HandOver(reason, replies)));
    }
    events.add(Situations.answered(new Answer.Failed("gone", Optional.empty())));
    return events;
  }
}
