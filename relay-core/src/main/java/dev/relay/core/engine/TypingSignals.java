package dev.relay.core.engine;

import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Channel.TypingIndicator;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.Typing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes on that somebody is typing: customers to the desk of their live agent, live agents to the channel of their customer. Nothing is
 * stored, and nothing waits for it: each channel, and the live agents together, have a line of their own, of bounded length. Signals that
 * find it full are dropped. Thread-safe.
 */
final class TypingSignals {
  /** A customer's signals that follow each other faster are dropped, before anything is read for them. */
  static final Duration CUSTOMERS_PAUSE = Duration.ofSeconds(2);
  /** The most signals that wait for their turn in one line. */
  static final int MAX_WAITING = 64;

  private final EngineCore core;
  private final Map<PortId, AgentDesk> desks = new HashMap<>();
  private final Map<PortId, TypingIndicator> indicators = new HashMap<>();
  private final Map<PortId, Line> lines = new HashMap<>();
  private final Line agents;
  private final Recent ofCustomers = new Recent();
  private final Recent shown = new Recent();

  TypingSignals(EngineCore core, Ports ports) {
    this.core = core;
    this.agents = new Line(core.scheduling().executor("typing-agents", 1));
    for (Channel channel : ports.channels()) {
      lines.put(channel.id(), new Line(core.scheduling().executor("typing-" + channel.id(), 1)));
      channel.typingIndicator().ifPresent(it -> indicators.put(channel.id(), it));
    }
    ports.desks().forEach(desk -> desks.put(desk.id(), desk));
  }

  /** Passes a signal on, or drops it. Returns at once. */
  void take(Typing signal) {
    if (signal instanceof Typing.ByCustomer customer) {
      Line line = lines.get(customer.at().channel());
      if (line != null && ofCustomers.isDue(customer.at(), CUSTOMERS_PAUSE, core.now())) {
        line.add(() -> toAgent(customer.at()));
      }
    } else if (signal instanceof Typing.ByAgent agent) {
      agents.add(() -> toCustomer(agent));
    }
  }

  private void toAgent(CustomerAddress at) {
    core.store()
        .read(queries -> queries.activeConversation(at))
        .ifPresent(conversation -> live(conversation)
            .flatMap(live -> Optional.ofNullable(desks.get(live.desk())))
            .ifPresent(desk -> show(conversation.id(), desk)));
  }

  private void show(ConversationId conversation, AgentDesk desk) {
    try {
      desk.customerTypes(conversation);
    } catch (RuntimeException e) {
      core.observer().broken("desk " + desk.id(), e);
    }
  }

  private void toCustomer(Typing.ByAgent signal) {
    core.store()
        .read(queries -> queries.conversation(signal.conversation()))
        .filter(conversation -> live(conversation)
            .filter(live -> live.agent().id().equals(signal.agent().id()))
            .isPresent())
        .map(Conversation::address)
        .ifPresent(this::show);
  }

  private void show(CustomerAddress to) {
    TypingIndicator indicator = indicators.get(to.channel());
    Line line = lines.get(to.channel());
    if (indicator != null && line != null && shown.isDue(to, indicator.pause(), core.now())) {
      line.add(() -> show(to, indicator));
    }
  }

  private void show(CustomerAddress to, TypingIndicator indicator) {
    try {
      indicator.show(to);
    } catch (RuntimeException e) {
      core.observer().broken("channel " + to.channel(), e);
    }
  }

  private static Optional<Handling.Live> live(Conversation conversation) {
    return conversation.handling() instanceof Handling.Live live
        ? Optional.of(live)
        : Optional.empty();
  }

  /** An executor with a bounded number of waiting tasks; further ones are dropped. */
  private static final class Line {
    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();

    Line(Executor executor) {
      this.executor = executor;
    }

    void add(Runnable task) {
      if (waiting.incrementAndGet() > MAX_WAITING) {
        waiting.decrementAndGet();
        return;
      }
      executor.execute(() -> {
        waiting.decrementAndGet();
        task.run();
      });
    }
  }

  /** When something last happened at each address, for the addresses at which it happened last. */
  private static final class Recent {
    private static final int MOST = 10_000;

    private final Map<CustomerAddress, Instant> last = new LinkedHashMap<>(16, 0.75f, true);

    /** Checks whether the pause is over, and begins the next one if so. A moment of a clock that was ahead does not count. */
    synchronized boolean isDue(CustomerAddress address, Duration pause, Instant now) {
      Instant before = last.get(address);
      if (before != null && !now.isBefore(before) && now.isBefore(before.plus(pause))) {
        return false;
      }
      last.put(address, now);
      if (last.size() > MOST) {
        last.remove(last.keySet().iterator().next());
      }
      return true;
    }
  }
}
