package dev.relay.testkit;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An intake that records submitted events and returns prepared results. Thread-safe. */
final class RecordingIntake implements Intake {
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Queue<IntakeResult> answers = new ConcurrentLinkedQueue<>();
  private final List<ChannelPosition> positions = new CopyOnWriteArrayList<>();
  private final MemoryStore store = new MemoryStore();

  @Override
  public CompletableFuture<IntakeResult> submit(Event event) {
    events.add(event);
    IntakeResult answer = answers.poll();
    return CompletableFuture.completedFuture(
        answer == null
            ? new IntakeResult.Accepted(
                new Receipt(new ConversationId(1), Optional.empty(), Optional.empty()))
            : answer);
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return positions;
  }

  @Override
  public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
    positions.removeIf(kept -> kept.address().equals(address));
    positions.add(new ChannelPosition(address, position));
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public boolean isAt(PortId desk, ConversationId conversation) {
    // No event is applied here, so a desk never loses a conversation.
    return true;
  }

  @Override
  public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
    Optional<Participant> agent = Optional.empty();
    for (Event event : events) {
      if (event instanceof DeskEvent fromDesk && fromDesk.conversation().equals(conversation)) {
        agent = after(fromDesk, agent);
      }
    }
    return agent;
  }

  private static Optional<Participant> after(DeskEvent event, Optional<Participant> before) {
    if (event instanceof DeskEvent.AgentJoined joined) {
      return before.or(() -> Optional.of(joined.agent()));
    }
    if (event instanceof DeskEvent.AgentReplaced replaced) {
      return Optional.of(replaced.agent());
    }
    return isOver(event) ? Optional.empty() : before;
  }

  private static boolean isOver(DeskEvent event) {
    return event instanceof DeskEvent.AgentLeft
        || event instanceof DeskEvent.AgentEnded
        || event instanceof DeskEvent.DeskDeclined;
  }

  @Override
  public List<Conversation> conversationsAt(PortId desk) {
    return List.of();
  }

  @Override
  public Attachments attachments() {
    return store.attachments();
  }

  void answersNext(IntakeResult answer) {
    answers.add(answer);
  }

  void knows(ChannelPosition position) {
    positions.add(position);
  }

  /** Returns all events of that type submitted so far. */
  <T extends Event> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  int size() {
    return events.size();
  }
}
