package dev.relay.twilio.flex;

import dev.relay.core.message.Participant;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.AgentNames;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.LruCache;
import java.util.Map;
import java.util.Optional;

/** The display names of agents; Twilio is asked once for each. Thread-safe. */
final class AgentDirectory {
  /** More agents than any contact centre has on duty; the names of others are read again. */
  private static final int REMEMBERED = 2_000;

  private final TwilioCalls twilio;
  private final Map<String, String> names = LruCache.of(REMEMBERED);

  AgentDirectory(TwilioCalls twilio) {
    this.twilio = twilio;
  }

  /** Remembers an agent whose name Twilio reported. */
  void met(FlexEvent.Agent agent) {
    remember(agent.identity(), agent.displayName());
  }

  /** Returns an agent who is remembered. */
  synchronized Optional<FlexEvent.Agent> find(String identity) {
    return Optional.ofNullable(names.get(identity)).map(it -> new FlexEvent.Agent(identity, it));
  }

  /** Returns an agent; one call if they are new. Without a name at Twilio they are unnamed until the next time. */
  FlexEvent.Agent of(String identity) {
    Optional<FlexEvent.Agent> known = find(identity);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<String> found = twilio.userName(identity).map(AgentNames::bounded);
    found.ifPresent(name -> remember(identity, name));
    return new FlexEvent.Agent(identity, found.orElse(Participant.UNNAMED_AGENT));
  }

  private synchronized void remember(String identity, String name) {
    names.put(identity, name);
  }
}
