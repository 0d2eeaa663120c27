package dev.relay.twilio.flex;

import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.AgentNames;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Memory;
import java.util.Map;
import java.util.Optional;

/** What agents are called: Twilio is asked once for each. Thread-safe. */
final class AgentBook {
  /** More than any contact centre has on duty; who is forgotten is asked for again. */
  private static final int REMEMBERED = 2_000;

  private final TwilioCalls twilio;
  private final Map<String, String> names = Memory.of(REMEMBERED);

  AgentBook(TwilioCalls twilio) {
    this.twilio = twilio;
  }

  /** Remembers an agent whose name Twilio told. */
  void met(FlexEvent.Agent agent) {
    remember(agent.identity(), agent.displayName());
  }

  /** An agent who is remembered. */
  synchronized Optional<FlexEvent.Agent> find(String identity) {
    return Optional.ofNullable(names.get(identity)).map(it -> new FlexEvent.Agent(identity, it));
  }

  /** An agent; one call where they are new. Where Twilio does not say, their identity has to do, until they are asked for again. */
  FlexEvent.Agent of(String identity) {
    Optional<FlexEvent.Agent> known = find(identity);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<String> told = twilio.userName(identity).map(AgentNames::bounded);
    told.ifPresent(name -> remember(identity, name));
    return new FlexEvent.Agent(
        identity, told.orElseGet(() -> AgentNames.bounded(AgentNames.fromIdentity(identity))));
  }

  private synchronized void remember(String identity, String name) {
    names.put(identity, name);
  }
}
