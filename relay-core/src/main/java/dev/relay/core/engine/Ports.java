package dev.relay.core.engine;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.virtualagent.VirtualAgent;
import java.util.List;
import java.util.Optional;

/**
 * The ports of an engine. Immutable.
 *
 * @param channels connect customers
 * @param desks connect live agents, the default one first; at least one
 * @param virtualAgent the virtual agent, which answers first
 * @param announcer publishes announcements
 */
public record Ports(
    List<Channel> channels,
    List<AgentDesk> desks,
    VirtualAgent virtualAgent,
    Optional<Announcer> announcer) {

  /** Copies the lists. */
  public Ports {
    channels = List.copyOf(channels);
    desks = List.copyOf(desks);
  }
}
