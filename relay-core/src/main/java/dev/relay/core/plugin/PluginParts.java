package dev.relay.core.plugin;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.virtualagent.VirtualAgent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts that a plug-in adds to Relay: {@code PluginParts.none().channel(telegram)}. Immutable.
 *
 * @param channels media through which customers write
 * @param desks places where live agents work
 * @param announcer publishes announcements; at most one in a whole Relay
 * @param virtualAgent answers customers in place of the built-in virtual agent; at most one in a whole Relay
 */
public record PluginParts(
    List<Channel> channels,
    List<AgentDesk> desks,
    Optional<Announcer> announcer,
    Optional<VirtualAgent> virtualAgent) {

  /** Copies the lists. */
  public PluginParts {
    channels = List.copyOf(channels);
    desks = List.copyOf(desks);
  }

  /** Returns no parts, to which others are added. */
  public static PluginParts none() {
    return new PluginParts(List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  /** Adds a channel. */
  public PluginParts channel(Channel channel) {
    return new PluginParts(
        Stream.concat(channels.stream(), Stream.of(channel)).toList(),
        desks,
        announcer,
        virtualAgent);
  }

  /** Adds a desk. */
  public PluginParts desk(AgentDesk desk) {
    return new PluginParts(
        channels, Stream.concat(desks.stream(), Stream.of(desk)).toList(), announcer, virtualAgent);
  }

  /** Sets the announcer. */
  public PluginParts announcer(Announcer newAnnouncer) {
    return new PluginParts(channels, desks, Optional.of(newAnnouncer), virtualAgent);
  }

  /** Sets the virtual agent. */
  public PluginParts virtualAgent(VirtualAgent newVirtualAgent) {
    return new PluginParts(channels, desks, announcer, Optional.of(newVirtualAgent));
  }
}
