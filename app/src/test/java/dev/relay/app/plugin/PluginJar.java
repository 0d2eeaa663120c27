package dev.relay.app.plugin;

import dev.relay.core.plugin.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Builds jars of plug-ins from the compiled classes of the tests. */
public final class PluginJar {

  private PluginJar() {}

  /** Writes the jar of {@link FileChannelPlugin}. */
  public static Path fileChannel(Path jar) throws IOException {
    return write(jar, List.of(FileChannelPlugin.class, inner()), FileChannelPlugin.class.getName());
  }

  /** Writes a jar with these classes that offers plug-ins by these names. */
  static Path write(Path jar, List<Class<?>> classes, String... services) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
      out.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : classes) {
        String file = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(file));
        try (InputStream in = PluginJar.class.getResourceAsStream("/" + file)) {
          out.write(Objects.requireNonNull(in).readAllBytes());
        }
      }
    }
    return jar;
  }

  private static Class<?> inner() {
    return Stream.of(FileChannelPlugin.class.getDeclaredClasses()).findFirst().orElseThrow();
  }
}
