package dev.relay.app.plugin;

import dev.relay.core.plugin.Plugin.PluginParts;
import java.util.ArrayList;
import java.util.List;

/**
 * A plug-in and its parts.
 *
 * @param name its name
 * @param file the name of its jar or folder
 * @param parts its parts
 */
public record ConnectedPlugin(String name, String file, PluginParts parts) {

  /** Describes the parts on one line for the operator. */
  public String summary() {
    List<String> provides = new ArrayList<>();
    parts.channels().forEach(channel -> provides.add("channel " + channel.id()));
    parts.desks().forEach(desk -> provides.add("desk " + desk.id()));
    parts.announcer().ifPresent(announcer -> provides.add("announcer " + announcer.id()));
    parts.virtualAgent().ifPresent(agent -> provides.add("virtual agent"));
    return (provides.isEmpty() ? "nothing" : String.join(", ", provides)) + " (" + file + ")";
  }
}
