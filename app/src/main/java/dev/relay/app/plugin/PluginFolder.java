package dev.relay.app.plugin;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of plug-ins. Each jar in it is a plug-in, and so is each folder of jars: a plug-in with its libraries. */
final class PluginFolder {
  private static final String NAME = "plugins";
  private static final String JAR = ".jar";

  private PluginFolder() {}

  /** Returns the folder {@code plugins} beside the running jar; empty if Relay runs from no jar or the folder does not exist. */
  static Optional<Path> besideJar() {
    CodeSource source = PluginFolder.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()))
          .filter(jar -> jar.toString().endsWith(JAR))
          .map(jar -> jar.resolveSibling(NAME))
          .filter(Files::isDirectory);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of the jar cannot be read: " + source, e);
    }
  }

  /** Returns the jars of each plug-in, in the order of the names. */
  static List<PluginFiles> list(Path folder) throws PluginException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<PluginFiles> found = new ArrayList<>();
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry)) {
          List<Path> jars = jars(entry);
          if (!jars.isEmpty()) {
            found.add(new PluginFiles(entry, jars));
          }
        } else if (entry.toString().endsWith(JAR)) {
          found.add(new PluginFiles(entry, List.of(entry)));
        }
      }
      return found;
    } catch (IOException e) {
      throw new PluginException(
          "the folder of plug-ins " + folder + " cannot be read (" + e + "): check plugins.dir", e);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> entry.toString().endsWith(JAR)).sorted().toList();
    }
  }

  /**
   * The files of one plug-in.
   *
   * @param place the jar or the folder, for messages
   * @param jars the jars of its class path
   */
  record PluginFiles(Path place, List<Path> jars) {}
}
