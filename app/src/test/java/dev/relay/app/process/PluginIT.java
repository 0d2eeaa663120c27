package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.plugin.PluginJar;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter in a jar of its own, beside the jar of Relay. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_message_comes_in_through_a_plugin_and_its_answer_goes_out() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.fileChannel(plugins.resolve("files-1.0.jar"));
    Path out = folder.resolve("out.txt");
    Map<String, String> environment = Map.of(
        "RELAY_PLUGINS_DIR", plugins.toString(), "RELAY_PLUGINS_FILES_FOLDER", folder.toString());

    try (RunningJar jar = RunningJar.start(folder, List.of(), environment)) {
      assertThat(jar.printed())
          .contains("Plug-in        on   files: channel files (files-1.0.jar)");
      String components = Client.stranger(jar::url).get("/readyz").body();
      assertThat(components).contains("\"plugin:files\"", "\"channel:files\"");

      Files.writeString(folder.resolve("in.txt"), "I forgot my password, how do I log in?\n");

      Eventually.holds(
          PATIENCE,
          () -> "an answer in " + out,
          () -> Files.exists(out) && !read(out).isBlank());
      assertThat(read(out)).contains("Does this help?");
    }
  }

  @Test
  void a_plugin_without_its_setting_keeps_relay_from_starting() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.fileChannel(plugins.resolve("files.jar"));

    RunningJar.Ended ended =
        RunningJar.command(folder, "", "--set", "http.port=0", "--set", "plugins.dir=" + plugins);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .isEqualTo("Relay did not start: plug-in files is not configured correctly:"
            + " plugins.files.folder is missing");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
