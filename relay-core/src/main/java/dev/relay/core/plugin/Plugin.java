package dev.relay.core.plugin;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.virtualagent.VirtualAgent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An adapter in a jar of its own. The app finds it by {@link java.util.ServiceLoader}: the jar names the implementing class, which has a
 * public constructor without parameters, in {@code META-INF/services/dev.relay.core.plugin.Plugin}. Used by one thread. See
 * docs/plugins.md.
 */
public interface Plugin extends AutoCloseable {
  /** The form of a plug-in's name, which is part of the keys of its settings. */
  Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,29}");

  /** Returns the name of this plug-in: 1 to 30 lower-case letters and digits, beginning with a letter. Always the same. */
  String name();

  /**
   * Returns the parts that this plug-in adds to Relay. Must return soon and make no network calls: channels and desks are started later.
   *
   * @param context the settings of this plug-in, and the parts of Relay that it may use
   * @throws IllegalArgumentException if a setting is missing or invalid; the message is shown to the operator and names the setting
   */
  PluginParts connect(PluginContext context);

  /** Frees what the plug-in holds, after the last delivery. Called once; by default does nothing. */
  @Override
  default void close() {}

  /**
   * The parts of Relay that a plug-in may use. Immutable.
   *
   * @param name the plug-in's name
   * @param settings the plug-in's settings by their keys, without {@code plugins.NAME.}; may hold secrets
   * @param knowledge the articles; a search waits until they have been read, so that {@link Plugin#connect} must not search
   * @param clock the time
   */
  record PluginContext(
      String name, Map<String, String> settings, KnowledgeBase knowledge, InstantSource clock) {

    /** Copies the settings. */
    public PluginContext {
      settings = Map.copyOf(settings);
    }

    /** Returns a setting; empty if the operator did not set it. */
    public Optional<String> setting(String key) {
      return Optional.ofNullable(settings.get(key));
    }

    /**
     * Returns a required setting.
     *
     * @throws IllegalArgumentException if the operator did not set it
     */
    public String required(String key) {
      return setting(key)
          .orElseThrow(
              () -> new IllegalArgumentException("plugins." + name + "." + key + " is missing"));
    }

    /** Returns the name alone: the settings may hold secrets. */
    @Override
    public String toString() {
      return "PluginContext[" + name + "]";
    }
  }

  /**
   * The parts that a plug-in adds to Relay: {@code PluginParts.none().channel(telegram)}. Immutable.
   *
   * @param channels media through which customers write
   * @param desks places where live agents work
   * @param announcer publishes announcements; at most one in a whole Relay
   * @param virtualAgent answers customers in place of the built-in virtual agent; at most one in a whole Relay
   */
  record PluginParts(
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
          channels,
          Stream.concat(desks.stream(), Stream.of(desk)).toList(),
          announcer,
          virtualAgent);
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
}
