package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.plugin.PluginException;
import dev.relay.app.plugin.Plugins;
import dev.relay.core.store.StoreException;
import dev.relay.http.ListenCheck;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks of the files, folders and addresses that the settings name. They change nothing, and may run beside a server. */
public final class StartChecks {
  /** The files of a SQLite database, by what follows its name. */
  private static final List<String> FILES = List.of("", "-wal", "-shm", ".lock");

  private final Configuration configuration;
  private final List<String> refusals = new ArrayList<>();

  private StartChecks(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Returns what a start would refuse, each on one line with the setting, its value and the reason; empty if nothing. */
  public static List<String> refusals(Configuration configuration) {
    StartChecks checks = new StartChecks(configuration);
    configuration.knowledge().dir().ifPresent(dir -> checks.readable("knowledge.dir", dir));
    configuration.plugins().dir().ifPresent(dir -> checks.readable("plugins.dir", dir));
    checks.texts();
    checks.database();
    checks.host();
    return List.copyOf(checks.refusals);
  }

  /** Returns what is wrong with the database server; empty if nothing, or if the database is a SQLite file. Connects to the server. */
  public static Optional<String> refusedDatabase(Configuration configuration) {
    JdbcStore.Address address = Stores.address(configuration);
    try {
      JdbcStore.check(address);
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of("database.url is \"" + address + "\": " + e.getMessage());
    }
  }

  /** Returns what is wrong in the operator's folder of texts; empty if nothing. */
  public static List<String> refusedTexts(Configuration configuration) {
    StartChecks checks = new StartChecks(configuration);
    checks.texts();
    return List.copyOf(checks.refusals);
  }

  /** Returns what a start would refuse about the plug-ins, which are loaded and closed again. */
  public static Optional<String> refusedPlugins(Configuration configuration) {
    try {
      Plugins.load(configuration.plugins()).close();
      return Optional.empty();
    } catch (PluginException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Returns a warning if another program is using the port: a start would fail, unless that program is the Relay to be replaced. */
  public static Optional<String> portInUse(Configuration configuration) {
    int port = configuration.http().port();
    try {
      return port == 0
          ? Optional.empty()
          : ListenCheck.refusal(address(configuration), port)
              .filter(it -> it == ListenCheck.Refusal.IN_USE)
              .map(it -> "http.port is " + port + ": " + it.reason(port)
                  + "; a start would fail unless that changes.");
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private void readable(String setting, Path folder) {
    if (!Files.exists(folder)) {
      refuse(setting, folder, "no such folder");
    } else if (!Files.isDirectory(folder)) {
      refuse(setting, folder, "not a folder");
    } else if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      refuse(setting, folder, "cannot be read " + byUs(folder));
    }
  }

  private void texts() {
    configuration.texts().dir().ifPresent(dir -> readable("texts.dir", dir));
    refusals.addAll(TextFolder.read(configuration.texts().dir()).faults());
  }

  private void database() {
    Optional<Path> file = Stores.file(configuration);
    if (file.isEmpty()) {
      return;
    }
    boolean isDefault = configuration.storage().databaseUrl().isEmpty();
    String setting = isDefault ? "dataDir" : "database.url";
    Path folder = Optional.ofNullable(file.get().toAbsolutePath().getParent())
        .orElseGet(() -> file.get().toAbsolutePath());
    if (!Files.exists(folder) && !isDefault) {
      refuse(setting, file.get(), "the folder " + folder + " does not exist");
      return;
    }
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      refuse(setting, folder, existing + " is not a folder");
    } else if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
      refuse(setting, folder, existing + " cannot be written " + byUs(existing));
    }
    FILES.stream()
        .map(suffix -> file.get().resolveSibling(file.get().getFileName() + suffix))
        .filter(Files::exists)
        .filter(
            each -> Files.isDirectory(each) || !Files.isReadable(each) || !Files.isWritable(each))
        .forEach(each -> refuse(
            setting,
            folder,
            Files.isDirectory(each)
                ? each + " is a folder"
                : each + " cannot be read and written " + byUs(each)));
  }

  private void host() {
    String host = configuration.http().host();
    try {
      int port = configuration.http().port();
      Optional<ListenCheck.Refusal> refusal = ListenCheck.refusal(address(configuration), port);
      if (refusal.isPresent() && refusal.get() == ListenCheck.Refusal.NO_SUCH_HOST) {
        refuse("http.host", host, refusal.get().reason(port));
      } else if (refusal.isPresent() && refusal.get() == ListenCheck.Refusal.NOT_PERMITTED) {
        refuse("http.port", port, refusal.get().reason(port));
      }
    } catch (UnknownHostException e) {
      refuse("http.host", host, "no address is known for this name");
    }
  }

  private static InetAddress address(Configuration configuration) throws UnknownHostException {
    return InetAddress.getByName(configuration.http().host());
  }

  private void refuse(String setting, Object value, String reason) {
    refusals.add(setting + " is \"" + value + "\": " + reason);
  }

  /** Names who runs Relay, and why that may be the wrong user. */
  private static String byUs(Path path) {
    String user = "by " + System.getProperty("user.name");
    try {
      if (Files.getFileStore(path).isReadOnly()) {
        return user + ": the file system is read-only";
      }
      return user + ": it belongs to " + Files.getOwner(path).getName()
          + "; start Relay as that user, or change owner or permissions";
    } catch (IOException | UnsupportedOperationException e) {
      return user + ": check owner and permissions";
    }
  }
}
