package dev.relay.discord;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.Event;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** An intake that applies each key once and keeps positions, as the engine's does. Thread-safe. */
final class TestIntake implements Intake {
  private static final Receipt RECEIPT =
      new Receipt(new ConversationId(1), Optional.empty(), Optional.empty());

  private final MemoryStore store = new MemoryStore();
  private final List<CustomerEvent> applied = new ArrayList<>();
  private final Set<EventKey> keys = new HashSet<>();
  private final Map<CustomerAddress, String> positions = new LinkedHashMap<>();
  private final List<String> shown = new ArrayList<>();
  private final List<CustomerAddress> typing = new ArrayList<>();
  private int submitted;
  private volatile CountDownLatch filesWaitFor = new CountDownLatch(0);

  @Override
  public synchronized CompletableFuture<IntakeResult> submit(Event event) {
    submitted++;
    CustomerEvent done = (CustomerEvent) event;
    if (!keys.add(done.origin().key())) {
      return CompletableFuture.completedFuture(new IntakeResult.Duplicate(RECEIPT));
    }
    applied.add(done);
    done.origin()
        .position()
        .ifPresent(position -> positions.put(done.origin().address(), position));
    return CompletableFuture.completedFuture(new IntakeResult.Accepted(RECEIPT));
  }

  @Override
  public synchronized void typing(Typing signal) {
    typing.add(((Typing.ByCustomer) signal).at());
  }

  /** Returns the addresses of the customers who were reported to be typing. */
  synchronized List<CustomerAddress> typing() {
    return List.copyOf(typing);
  }

  @Override
  public synchronized List<ChannelPosition> positions(PortId channel) {
    return positions.entrySet().stream()
        .map(entry -> new ChannelPosition(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public synchronized CompletableFuture<Boolean> keepPosition(
      CustomerAddress address, String position) {
    positions.put(address, position);
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public boolean isAt(PortId desk, ConversationId conversation) {
    return false;
  }

  @Override
  public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
    return Optional.empty();
  }

  @Override
  public List<Conversation> conversationsAt(PortId desk) {
    return List.of();
  }

  @Override
  public synchronized List<String> shownIds(ConversationId conversation, EntryId upTo) {
    return List.copyOf(shown);
  }

  /** Stores the external id of an entry, as the engine does once it is delivered. */
  synchronized void shows(String externalId) {
    shown.add(externalId);
  }

  @Override
  public Attachments attachments() {
    Attachments contents = store.attachments();
    return new Attachments() {
      @Override
      public AttachmentRef keep(
          String owner,
          String fileName,
          String mediaType,
          InputStream content,
          long maxBytes,
          Instant now)
          throws IOException, AttachmentTooLarge {
        try {
          filesWaitFor.await();
        } catch (InterruptedException interrupted) {
          throw new InterruptedIOException();
        }
        return contents.keep(owner, fileName, mediaType, content, maxBytes, now);
      }

      @Override
      public Optional<Kept> find(String id) {
        return contents.find(id);
      }

      @Override
      public Optional<InputStream> open(String id) {
        return contents.open(id);
      }

      @Override
      public int removeUnreferenced(Instant before, int limit) {
        return contents.removeUnreferenced(before, limit);
      }
    };
  }

  /** Keeps files only when the latch has opened. */
  void filesWaitFor(CountDownLatch latch) {
    filesWaitFor = latch;
  }

  /** Returns the applied events in order. */
  synchronized List<CustomerEvent> applied() {
    return List.copyOf(applied);
  }

  /** Returns the texts that customers wrote, in order. */
  synchronized List<String> texts() {
    return applied.stream()
        .filter(CustomerWrote.class::isInstance)
        .map(event -> ((CustomerWrote) event).body().text())
        .toList();
  }

  /** Returns the texts that one customer wrote, in order. */
  synchronized List<String> texts(CustomerAddress address) {
    return applied.stream()
        .filter(event -> event.origin().address().equals(address))
        .filter(CustomerWrote.class::isInstance)
        .map(event -> ((CustomerWrote) event).body().text())
        .toList();
  }

  /** Returns a customer's stored position. */
  @Override
  public synchronized Optional<String> position(CustomerAddress address) {
    return Optional.ofNullable(positions.get(address));
  }

  /** Forgets all positions, as if their customers had no conversation for a long time. */
  synchronized void forgetsPositions() {
    positions.clear();
  }

  /** Returns the number of submissions. */
  synchronized int submitted() {
    return submitted;
  }
}
