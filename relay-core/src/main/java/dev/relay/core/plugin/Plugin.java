package dev.relay.core.plugin;

import java.util.regex.Pattern;

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
   * Builds the parts that this plug-in adds to Relay. Must return soon and make no network calls: channels and desks are started later.
   *
   * @param context the settings of this plug-in, and what Relay lends to it
   * @throws IllegalArgumentException if a setting is missing or wrong; the message is shown to the operator and names the setting
   */
  PluginParts connect(PluginContext context);

  /** Frees what the plug-in holds, after the last delivery. Called once; by default nothing happens. */
  @Override
  default void close() {}
}
