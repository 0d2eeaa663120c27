package dev.relay.jdbc.file;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations by name. Without the list Flyway would search the whole class path for them, which in a jar of all dependencies takes
 * longer than the migrations.
 */
final class MigrationFiles implements ResourceProvider {
  /** Every file in the folder of the migrations. Their numbers are the versions of the tables. */
  static final List<String> NAMES = List.of(
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
      "V24__message_changes.sql");

  private final String folder;

  /**
   * Creates the source of one database's migration files.
   *
   * @param folder the folder on the class path
   */
  MigrationFiles(String folder) {
    this.folder = folder;
  }

  /** Returns the versions that these migrations lead to, such as {@code 4}. */
  static Set<String> versions() {
    return NAMES.stream()
        .map(name -> name.substring(1, name.indexOf("__")))
        .collect(Collectors.toSet());
  }

  /** Opens a file; the caller closes it. */
  static Reader open(String folder, String name) {
    String path = "/" + folder + "/" + name;
    InputStream stream = MigrationFiles.class.getResourceAsStream(path);
    if (stream == null) {
      throw new IllegalStateException("the migration " + path + " is not on the class path");
    }
    return new InputStreamReader(stream, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return NAMES.contains(name) ? new File(folder, name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return NAMES.stream()
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
