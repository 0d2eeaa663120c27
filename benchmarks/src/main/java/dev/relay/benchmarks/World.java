package dev.relay.benchmarks;

import dev.relay.core.Relay;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.Store;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.core.virtualagent.VirtualAgent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A Relay on a store, with a virtual agent that answers at once and a channel that notes when an answer arrives. */
final class World implements AutoCloseable {
  /** Begins elsewhere in every world, because a store remembers the ids of earlier ones. */
  final AtomicLong messages = new AtomicLong(System.nanoTime());

  final AtomicLong commits = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  private final Map<String, CompletableFuture<Long>> answers = new ConcurrentHashMap<>();
  private final CallbackChannel channel = CallbackChannel.named("bench")
      .capabilities(Capabilities.all(4_000))
      .lookingUp(this::look)
      .delivering(this::show);
  private final Relay relay;

  World(Store store) {
    CallbackDesk desk =
        CallbackDesk.named("desk").delivering(delivery -> DeliveryResult.delivered());
    relay = Relay.builder()
        .store(store)
        .channel(channel)
        .desk(desk)
        .virtualAgent(new Echo())
        .observer(new Counter())
        .build();
  }

  /** Listens without delivering: submitted events are stored and decided, and their entries wait in their lanes. */
  World listening() {
    channel.start(Inbox.of(relay.intake()));
    return this;
  }

  /** Listens and delivers. */
  World delivering() {
    relay.start();
    return this;
  }

  CompletableFuture<IntakeResult> write(String user, String messageId) {
    return channel.received(
        new CustomerProfile(user, "Somebody", Locale.ENGLISH, Set.of()),
        messageId,
        "How do I reset my password? " + messageId);
  }

  /** Returns the time at which the answer to that message was shown to that customer. */
  CompletableFuture<Long> answerTo(String messageId) {
    return answers.computeIfAbsent(messageId, unused -> new CompletableFuture<>());
  }

  private DeliveryResult show(Delivery delivery) {
    delivered.incrementAndGet();
    if (delivery.what() instanceof Outbound.Message message) {
      String text = message.body().text();
      CompletableFuture<Long> waiting = answers.remove(text.substring(text.lastIndexOf(' ') + 1));
      if (waiting != null) {
        waiting.complete(System.nanoTime());
      }
    }
    return DeliveryResult.delivered(delivery.id().value());
  }

  private LookUp look(Delivery delivery) {
    return new LookUp.NotFound();
  }

  @Override
  public void close() {
    relay.stop(Duration.ofSeconds(30));
  }

  private static final class Echo implements VirtualAgent {
    @Override
    public String displayName(Locale locale) {
      return "Assistant";
    }

    @Override
    public Answer answer(Turn turn) {
      return new Answer.Replied(
          List.of(MessageBody.text("You asked: " + turn.text())), Answer.Outcome.CHATTED, 1);
    }
  }

  private final class Counter implements RelayObserver {
    @Override
    public void committed(int works, Duration took, Set<ConversationId> changed) {
      commits.incrementAndGet();
    }
  }
}
