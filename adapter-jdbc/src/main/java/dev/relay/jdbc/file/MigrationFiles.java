package dev.relay.jdbc.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations by name. Without the list Flyway would search the whole class path for them, which in a jar of all dependencies takes
 * longer than the migrations.
 */
public final class MigrationFiles implements ResourceProvider {
  /** The migrations of SQLite. */
  public static final MigrationFiles SQLITE = new MigrationFiles(
      "db/migration/sqlite",
      List.of(
          "V1__tables.sql",
          "V2__leases.sql",
          "V3__positions.sql",
          "V4__uploads.sql",
          "V5__server.sql",
          "V6__searching.sql",
          "V7__put_off_lanes.sql",
          "V8__scheduled.sql",
          "V10__roles.sql",
          "V11__teams.sql",
          "V13__workspace.sql",
          "V14__offers.sql",
          "V15__same_customers.sql",
          "V16__word_search.sql",
          "V17__mentions.sql",
          "V18__views_and_planned_announcements.sql",
          "V19__chat_identity.sql",
          "V21__site_profile_age.sql",
          "V22__agent_pictures.sql",
          "V24__message_changes.sql",
          "V25__erasures.sql",
          "V26__erasures_by_age.sql"));

  /** The migrations of PostgreSQL, which begin with the tables of SQLite's migration 24. */
  public static final MigrationFiles POSTGRES = new MigrationFiles(
      "db/migration/postgres",
      List.of("V24__tables.sql", "V25__erasures.sql", "V26__erasures_by_age.sql"));

  private final String folder;
  private final List<String> names;

  /**
   * @param folder the folder on the class path
   * @param names every file in it, in the order of their versions
   */
  private MigrationFiles(String folder, List<String> names) {
    this.folder = folder;
    this.names = names;
  }

  /** Returns the names of the files, in the order of their versions. */
  public List<String> names() {
    return names;
  }

  /** Returns the versions that these migrations lead to, such as {@code 4}. */
  public Set<String> versions() {
    return names.stream().map(MigrationFiles::version).collect(Collectors.toSet());
  }

  /** Returns the version that a file leads to. */
  public static String version(String name) {
    return name.substring(1, name.indexOf("__"));
  }

  /** Returns the lines of a file. */
  public List<String> lines(String name) {
    try (BufferedReader reader = new BufferedReader(open(folder, name))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns Flyway's checksum, which covers the lines without their ends and so does not depend on the system's line end. */
  public static int checksum(List<String> lines) {
    CRC32 checksum = new CRC32();
    lines.forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }

  /** Returns the description that Flyway reads from a file's name. */
  public static String description(String name) {
    return name.substring(name.indexOf("__") + 2, name.indexOf('.')).replace('_', ' ');
  }

  private static Reader open(String folder, String name) {
    String path = "/" + folder + "/" + name;
    InputStream stream = MigrationFiles.class.getResourceAsStream(path);
    if (stream == null) {
      throw new IllegalStateException("the migration " + path + " is not on the class path");
    }
    return new InputStreamReader(stream, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return names.contains(name) ? new File(folder, name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .filter(name -> Arrays.stream(suffixes).anyMatch(name::endsWith))
        .map(name -> (LoadableResource) new File(folder, name))
        .toList();
  }

  private static final class File extends LoadableResource {
    private final String folder;
    private final String name;

    File(String folder, String name) {
      this.folder = folder;
      this.name = name;
    }

    @Override
    public Reader read() {
      return open(folder, name);
    }

    @Override
    public String getAbsolutePath() {
      return "/" + folder + "/" + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getAbsolutePath();
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
