package dev.relay.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.app.config.PluginSettings;
import dev.relay.app.config.Secret;
import dev.relay.core.delivery.Health;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.plugin.Plugin;
import dev.relay.core.plugin.Plugin.PluginContext;
import dev.relay.core.plugin.Plugin.PluginParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluginsTest {
  private static final KnowledgeBase NO_ARTICLES = new InMemoryKnowledgeBase(List.of());

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_plugin_receives_its_settings_and_its_parts_are_listed() throws Exception {
    PluginJar.fileChannel(folder.resolve("files-1.0.jar"));

    try (Plugins plugins = Plugins.load(settings(Map.of("files", folder.toString())))) {
      ConnectedPlugins connected = plugins.connect(NO_ARTICLES, InstantSource.system());

      assertThat(connected.channels()).extracting(it -> it.id().value()).containsExactly("files");
      assertThat(connected.health())
          .extractingByKey("plugin:files")
          .extracting(Health::detail)
          .isEqualTo("channel files (files-1.0.jar)");
    }
  }

  @Test
  void a_plugin_may_come_with_its_libraries_in_a_folder() throws Exception {
    Path own = Files.createDirectory(folder.resolve("files"));
    PluginJar.fileChannel(own.resolve("files.jar"));

    try (Plugins plugins = Plugins.load(settings(Map.of("files", folder.toString())))) {
      assertThat(plugins.connect(NO_ARTICLES, InstantSource.system()).plugins()).hasSize(1);
    }
  }

  @Test
  void a_missing_setting_is_named() throws Exception {
    PluginJar.fileChannel(folder.resolve("files.jar"));

    try (Plugins plugins = Plugins.load(settings(Map.of()))) {
      assertThatThrownBy(() -> plugins.connect(NO_ARTICLES, InstantSource.system()))
          .isInstanceOf(PluginException.class)
          .hasMessage("plug-in files is not configured correctly: plugins.files.folder is missing");
    }
  }

  @Test
  void two_plugins_with_one_name_are_refused() throws Exception {
    PluginJar.fileChannel(folder.resolve("a.jar"));
    PluginJar.fileChannel(folder.resolve("b.jar"));

    assertThatThrownBy(() -> Plugins.load(settings(Map.of())))
        .isInstanceOf(PluginException.class)
        .hasMessageContainingAll("two plug-ins are named \"files\"", "a.jar", "b.jar");
  }

  @Test
  void a_jar_that_offers_no_plugin_or_a_missing_class_is_refused() throws Exception {
    Path jar = folder.resolve("bad.jar");
    PluginJar.write(jar, List.of());
    assertThatThrownBy(() -> Plugins.load(settings(Map.of())))
        .isInstanceOf(PluginException.class)
        .hasMessageContainingAll("bad.jar", "names 0 classes");

    PluginJar.write(jar, List.of(), "com.example.Missing");
    assertThatThrownBy(() -> Plugins.load(settings(Map.of())))
        .isInstanceOf(PluginException.class)
        .hasMessageContainingAll("bad.jar", "com.example.Missing");

    Files.writeString(jar, "not a jar", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Plugins.load(settings(Map.of())))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("bad.jar");
  }

  @Test
  void a_plugin_of_another_version_is_refused_with_advice() throws Exception {
    PluginJar.write(folder.resolve("old.jar"), List.of(OldPlugin.class), OldPlugin.class.getName());

    try (Plugins plugins = Plugins.load(settings(Map.of()))) {
      assertThatThrownBy(() -> plugins.connect(NO_ARTICLES, InstantSource.system()))
          .isInstanceOf(PluginException.class)
          .hasMessageContainingAll("old.jar", "NoSuchMethodError", "compile it again");
    }
  }

  @Test
  void settings_for_a_plugin_that_is_not_there_are_refused() {
    assertThatThrownBy(() -> Plugins.load(settings(Map.of("telegram", "x"))))
        .isInstanceOf(PluginException.class)
        .hasMessageContainingAll("plugins.telegram is set", "found: none");
  }

  @Test
  void a_folder_that_is_set_must_exist() {
    PluginSettings settings = new PluginSettings(Optional.of(folder.resolve("nowhere")), Map.of());

    assertThatThrownBy(() -> Plugins.load(settings))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("check plugins.dir");
  }

  private PluginSettings settings(Map<String, String> folderOf) {
    Map<String, Map<String, Secret>> settings = new TreeMap<>();
    folderOf.forEach((name, value) -> settings.put(name, Map.of("folder", new Secret(value))));
    return new PluginSettings(Optional.of(folder), settings);
  }

  /** Behaves like a plug-in that calls a method which Relay no longer has. */
  public static final class OldPlugin implements Plugin {
    @Override
    public String name() {
      return "old";
    }

    @Override
    public PluginParts connect(PluginContext context) {
      throw new NoSuchMethodError("'void dev.relay.core.channel.Channel.begin()'");
    }
  }
}
