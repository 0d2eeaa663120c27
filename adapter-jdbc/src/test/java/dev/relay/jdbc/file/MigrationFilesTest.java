package dev.relay.jdbc.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void every_file_of_the_folder_is_listed(String name) throws IOException, URISyntaxException {
    MigrationFiles listed = name.equals("sqlite") ? MigrationFiles.SQLITE : MigrationFiles.POSTGRES;
    URL folder =
        Objects.requireNonNull(MigrationFilesTest.class.getResource("/db/migration/" + name));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(listed.names());
    }
  }

  @Test
  void both_databases_get_the_same_migrations_from_the_first_of_postgresql_on() {
    assertThat(versions(MigrationFiles.SQLITE).filter(version -> version >= 24))
        .containsExactlyElementsOf(versions(MigrationFiles.POSTGRES).toList());
  }

  private static Stream<Integer> versions(MigrationFiles files) {
    return files.names().stream().map(MigrationFiles::version).map(Integer::valueOf);
  }
}
