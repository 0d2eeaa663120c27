package dev.relay.core.intake;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** An intake that passes on nothing more once {@link #close} has returned. Queries still work. Thread-safe. */
final class ClosableIntake implements Intake {
  static final IntakeResult CLOSED = new IntakeResult.Unavailable("the inbox is closed");

  private final Intake intake;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  ClosableIntake(Intake intake) {
    this.intake = intake;
  }

  @Override
  public CompletableFuture<IntakeResult> submit(Event event) {
    lock.readLock().lock();
    try {
      return closed ? CompletableFuture.completedFuture(CLOSED) : intake.submit(event);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
    lock.readLock().lock();
    try {
      return closed
          ? CompletableFuture.completedFuture(false)
          : intake.keepPosition(address, position);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return intake.positions(channel);
  }

  @Override
  public Optional<String> position(CustomerAddress address) {
    return intake.position(address);
  }

  @Override
  public CustomerAddress.Reach reach(ConversationId conversation) {
    return intake.reach(conversation);
  }

  @Override
  public void typing(Typing signal) {
    if (!closed) {
      intake.typing(signal);
    }
  }

  @Override
  public boolean isAt(PortId desk, ConversationId conversation) {
    return intake.isAt(desk, conversation);
  }

  @Override
  public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
    return intake.agentAt(desk, conversation);
  }

  @Override
  public List<Conversation> conversationsAt(PortId desk) {
    return intake.conversationsAt(desk);
  }

  @Override
  public List<String> shownIds(ConversationId conversation, EntryId upTo) {
    return intake.shownIds(conversation, upTo);
  }

  @Override
  public Attachments attachments() {
    return intake.attachments();
  }

  void close() {
    lock.writeLock().lock();
    try {
      closed = true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }
}
