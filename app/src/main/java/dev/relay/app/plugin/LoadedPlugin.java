package dev.relay.app.plugin;

import dev.relay.core.plugin.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A plug-in in a class loader of its own, below Relay's: it uses Relay's classes, and no other plug-in's.
 *
 * @param place the jar or the folder that it comes from
 * @param plugin the plug-in
 * @param loader its class loader
 */
record LoadedPlugin(Path place, Plugin plugin, URLClassLoader loader) {

  /** Loads the one plug-in that these jars offer. */
  static LoadedPlugin of(PluginFolder.PluginFiles files) throws PluginException {
    URLClassLoader loader =
        new URLClassLoader(urls(files.jars()), LoadedPlugin.class.getClassLoader());
    try {
      List<Plugin> offered = new ArrayList<>();
      for (Plugin plugin : ServiceLoader.load(Plugin.class, loader)) {
        offered.add(plugin);
      }
      if (offered.size() != 1) {
        throw new PluginException("plug-in " + files.place() + " names " + offered.size()
            + " classes in META-INF/services/" + Plugin.class.getName() + "; expected one");
      }
      String name = offered.get(0).name();
      if (!Plugin.NAME.matcher(name).matches() || name.equals("dir")) {
        throw new PluginException(
            "plug-in " + files.place() + " is named \"" + name
                + "\"; expected 1 to 30 lower-case letters and digits, a letter first, and not \"dir\"");
      }
      return new LoadedPlugin(files.place(), offered.get(0), loader);
    } catch (ServiceConfigurationError | LinkageError e) {
      close(loader);
      throw unfit(files.place(), e);
    } catch (PluginException | RuntimeException e) {
      close(loader);
      throw e;
    }
  }

  String name() {
    return plugin.name();
  }

  /** Frees what the plug-in holds. */
  void close() {
    try {
      plugin.close();
    } finally {
      close(loader);
    }
  }

  /** Describes a plug-in whose classes do not fit this program or this Java version. */
  static PluginException unfit(Path place, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new PluginException(
        "plug-in " + place + " cannot be loaded (" + cause
            + "); it may have been compiled against another version of relay-core or a newer Java version:"
            + " compile it again, or install a version of the plug-in that fits this Relay",
        failure);
  }

  private static URL[] urls(List<Path> jars) {
    return jars.stream()
        .map(jar -> {
          try {
            return jar.toUri().toURL();
          } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toArray(URL[]::new);
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
