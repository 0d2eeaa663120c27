package dev.relay.testkit.simulation;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.workspace.Workspace.Macro;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A live agent who accepts conversations, writes in them, and leaves or ends them. Used by one thread. */
final class AgentActor {
  private static final List<CaseStatus> ENDINGS =
      List.of(CaseStatus.SOLVED, CaseStatus.SOLVED, CaseStatus.PENDING, CaseStatus.OPEN);

  /** The beginning of every internal message. */
  static final String INTERNAL = "(internal) ";

  private final World world;
  private final Ledger ledger;
  private final String name;
  private final Participant self;
  private final PortId desk;
  private final List<String> written = new ArrayList<>();
  private int count;
  private int messagesLeft;

  AgentActor(World world, Ledger ledger, int number) {
    this.world = world;
    this.ledger = ledger;
    this.name = name(number);
    this.self = Participant.agent(name, "Agent " + number);
    this.desk = world.chance().of(world.desks());
  }

  static String name(int number) {
    return "agent-" + number;
  }

  void begin() {
    lookSoon();
  }

  private void lookSoon() {
    world.agenda().after(world.chance().millisBetween(200, 8_000), this::look);
  }

  private void look() {
    if (!world.isTroubled() || !world.mayLogIn(name)) {
      return;
    }
    if (world.chance().percent(10) && followsUp()) {
      return;
    }
    if (answersOffer()) {
      return;
    }
    if (world.chance().percent(10) && takesOver()) {
      return;
    }
    boolean stepsIn = world.chance().percent(8);
    ConversationState wanted = stepsIn ? ConversationState.BOT : ConversationState.WAITING;
    List<Conversation> found = world
        .store()
        .read(
            queries -> queries.conversations(ConversationFilter.in(wanted), Optional.empty(), 10));
    if (found.isEmpty()) {
      lookSoon();
      return;
    }
    ConversationId id = found.get(0).id();
    if (world.chance().percent(8)) {
      world
          .post()
          .send(
              name,
              new DeskEvent.DeskDeclined(id, key(), desk, "simulated: nobody here"),
              (result, times) -> lookSoon());
      return;
    }
    world
        .post()
        .send(
            name,
            new DeskEvent.AgentJoined(id, keyOrNot(), desk, self),
            (result, times) -> joined(id, result));
  }

  /** Accepts or declines what is offered to this agent, or lets it pass; returns false if nothing is offered or it is to pass. */
  private boolean answersOffer() {
    Optional<ConversationId> offered = world.store().read(queries -> queries.offered(10)).stream()
        .filter(it -> it.handling() instanceof Handling.Waiting waiting
            && waiting.offering().isTo(name))
        .map(Conversation::id)
        .findFirst();
    if (offered.isEmpty() || world.chance().percent(40)) {
      return false;
    }
    ConversationId id = offered.get();
    if (world.chance().percent(60)) {
      world
          .post()
          .send(
              name,
              new DeskEvent.AgentJoined(id, keyOrNot(), desk, self),
              (result, times) -> joined(id, result));
    } else {
      world
          .post()
          .send(name, new DeskEvent.OfferDeclined(id, key(), self), (result, times) -> lookSoon());
    }
    return true;
  }

  /** Takes over a conversation, from whoever has it or is asked; returns false if there is none. */
  private boolean takesOver() {
    ConversationState state =
        world.chance().of(List.of(ConversationState.LIVE, ConversationState.WAITING));
    List<Conversation> found = world
        .store()
        .read(queries -> queries.conversations(ConversationFilter.in(state), Optional.empty(), 10));
    if (found.isEmpty()) {
      return false;
    }
    ConversationId id = world.chance().of(found).id();
    world
        .post()
        .send(
            name,
            new DeskEvent.AgentTookOver(id, keyOrNot(), desk, self),
            (result, times) -> joined(id, result));
    return true;
  }

  /** Writes first to a customer; returns false if there is no conversation yet. */
  private boolean followsUp() {
    List<Conversation> latest = world
        .store()
        .read(queries -> queries.conversations(
            new ConversationFilter(Set.of(), Optional.empty(), Optional.empty(), true),
            Optional.empty(),
            20));
    if (latest.isEmpty()) {
      return false;
    }
    Conversation earlier = world.chance().of(latest);
    if (world.chance().percent(50)) {
      plan(earlier);
    } else {
      writeFirst(earlier);
    }
    return true;
  }

  /** Plans a message for later and perhaps cancels it. */
  private void plan(Conversation earlier) {
    count++;
    String text = name + " plans " + count;
    AgentWroteFirst message = new AgentWroteFirst(
        earlier.id(),
        key(),
        desk,
        self,
        earlier.supportCase(),
        Optional.of(name + "-" + count),
        MessageBody.text(text));
    Instant at = world.clock().instant().plus(Duration.ofSeconds(world.chance().between(1, 40)));
    world.post().send(name, new DeskEvent.MessageScheduled(message, at), (result, times) -> {
      if (world.chance().percent(50)) {
        world.agenda().after(world.chance().millisBetween(0, 45_000), () -> cancel(earlier, text));
      }
      lookSoon();
    });
  }

  private void cancel(Conversation earlier, String text) {
    Optional<Scheduled> planned =
        world.store().read(queries -> queries.scheduledFor(earlier.customer(), 100)).stream()
            .filter(it -> it.message().body().text().equals(text))
            .findFirst();
    planned.ifPresent(it -> world
        .post()
        .send(
            name,
            new DeskEvent.ScheduleCancelled(earlier.id(), key(), self, it.id()),
            (result, times) -> {
              if (!(result instanceof IntakeResult.Refused)) {
                ledger.cancelled(text);
              }
            }));
  }

  private void writeFirst(Conversation earlier) {
    count++;
    String text = name + " says " + count;
    String sourceId = name + "-" + count;
    Ledger.Line line = ledger.add(name, text);
    written.clear();
    messagesLeft = world.chance().between(0, 4);
    world
        .post()
        .send(
            name,
            new DeskEvent.AgentWroteFirst(
                earlier.id(),
                key(),
                desk,
                self,
                earlier.supportCase(),
                Optional.of(sourceId),
                MessageBody.text(text)),
            (result, times) -> {
              line.answered(result, times);
              Optional<ConversationId> now = conversationOf(result);
              if (now.isPresent()) {
                written.add(sourceId);
                workSoon(now.get());
              } else {
                lookSoon();
              }
            });
  }

  private static Optional<ConversationId> conversationOf(IntakeResult result) {
    if (result instanceof IntakeResult.Accepted accepted) {
      return Optional.of(accepted.receipt().conversation());
    }
    return result instanceof IntakeResult.Duplicate duplicate
        ? Optional.of(duplicate.receipt().conversation())
        : Optional.empty();
  }

  private void joined(ConversationId id, IntakeResult result) {
    if (result instanceof IntakeResult.Refused) {
      lookSoon();
      return;
    }
    messagesLeft = world.chance().between(0, 4);
    written.clear();
    workSoon(id);
  }

  private void workSoon(ConversationId id) {
    world.agenda().after(world.chance().millisBetween(50, 6_000), () -> work(id));
  }

  private void work(ConversationId id) {
    if (!world.isTroubled() || !world.mayLogIn(name)) {
      return;
    }
    if (world.chance().percent(4)) {
      world
          .post()
          .send(
              name,
              new DeskEvent.AgentWhispered(id, key(), self, INTERNAL + name),
              (result, times) -> goOn(id, result));
    } else if (world.chance().percent(3)) {
      transfer(id);
    } else if (world.chance().percent(10)) {
      macro(id);
    } else if (world.chance().percent(4)) {
      world
          .post()
          .send(
              name,
              new DeskEvent.DeskDeclined(id, key(), desk, "simulated: lost it"),
              (result, times) -> lookSoon());
    } else if (world.chance().percent(15)) {
      world
          .post()
          .send(
              name,
              new DeskEvent.CloseProposed(id, keyOrNot(), self),
              (result, times) -> goOn(id, result));
    } else if (messagesLeft-- > 0) {
      if (!written.isEmpty() && world.chance().percent(20)) {
        change(id);
      } else {
        write(id);
      }
    } else if (world.chance().percent(30)) {
      world
          .post()
          .send(name, new DeskEvent.AgentLeft(id, key(), self), (result, times) -> lookSoon());
    } else {
      world
          .post()
          .send(
              name,
              new DeskEvent.AgentEnded(id, keyOrNot(), self, world.chance().of(ENDINGS)),
              (result, times) -> lookSoon());
    }
  }

  /** Applies a macro, which may name a queue that does not exist and is then refused as a whole. */
  private void macro(ConversationId id) {
    count++;
    String text = name + " says " + count;
    String sourceId = name + "-" + count;
    String note = INTERNAL + "macro of " + name + " no. " + count;
    boolean ends = world.chance().percent(20);
    Macro macro = new Macro(
        maybe(List.of(CaseStatus.OPEN, CaseStatus.PENDING)),
        maybe(List.of(CasePriority.values())),
        Set.of("macro-" + count),
        maybe(List.of(Scenario.PEOPLE, QueueName.DEFAULT, new QueueName("nowhere"))),
        Optional.of(note),
        ends);
    Ledger.Line line = ledger.add(name, text);
    ledger.macro(text, note);
    world
        .post()
        .send(
            name,
            new DeskEvent.MacroApplied(
                id,
                key(),
                self,
                "macro",
                macro,
                Optional.of(sourceId),
                Optional.of(MessageBody.text(text))),
            (result, times) -> {
              line.answered(result, times);
              goOn(id, result);
            });
  }

  private <T> Optional<T> maybe(List<T> choices) {
    return world.chance().percent(50) ? Optional.of(world.chance().of(choices)) : Optional.empty();
  }

  private void transfer(ConversationId id) {
    DeskEvent.AgentTransferred.Target to = world.chance().percent(60)
        ? new DeskEvent.AgentTransferred.ToQueue(
            world.chance().of(List.of(Scenario.PEOPLE, QueueName.DEFAULT)))
        : new DeskEvent.AgentTransferred.ToAgent(
            name(world.chance().between(1, world.scenario().agents())));
    world
        .post()
        .send(
            name,
            new DeskEvent.AgentTransferred(
                id, key(), self, world.chance().percent(20), to, INTERNAL + "passed on"),
            (result, times) -> lookSoon());
  }

  private void write(ConversationId id) {
    boolean once = world.chance().percent(30);
    Optional<EventKey> key = once ? Optional.empty() : key();
    count++;
    String text = name + " says " + count;
    String sourceId = name + "-" + count;
    Ledger.Line line = ledger.add(name, text);
    DeskEvent event =
        new DeskEvent.AgentWrote(id, key, self, Optional.of(sourceId), MessageBody.text(text));
    Post.Answered then = (result, times) -> {
      line.answered(result, times);
      written.add(sourceId);
      goOn(id, result);
    };
    if (once) {
      world.post().sendOnce(name, event, then);
    } else {
      world.post().send(name, event, then);
    }
  }

  private void change(ConversationId id) {
    EntryRef target = new EntryRef.BySource(world.chance().of(written));
    DeskEvent event = world.chance().percent(60)
        ? new DeskEvent.AgentEdited(id, key(), self, target, "edited by " + name)
        : new DeskEvent.AgentDeleted(id, key(), self, target);
    world.post().send(name, event, (result, times) -> goOn(id, result));
  }

  private void goOn(ConversationId id, IntakeResult result) {
    if (result instanceof IntakeResult.Refused refused
        && refused.refusal().code() != dev.relay.core.conversation.Refusal.Code.UNKNOWN_MESSAGE) {
      lookSoon();
    } else {
      workSoon(id);
    }
  }

  private Optional<EventKey> key() {
    count++;
    return Optional.of(new EventKey("desk", name + "/" + count));
  }

  private Optional<EventKey> keyOrNot() {
    return world.chance().percent(50) ? key() : Optional.empty();
  }
}
