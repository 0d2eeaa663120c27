package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.jdbc.file.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NativeLibraryTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void the_copy_of_a_killed_process_is_removed_by_the_next_one() throws Exception {
    Path database = folder.resolve("data/relay.db");
    Process first = serving(database);
    first.inputReader().readLine();
    assertThat(copies()).as("the running process's copy").hasSize(1);
    first.destroyForcibly().waitFor();
    assertThat(copies()).as("a kill leaves it").hasSize(1);

    Process second = serving(database);
    try {
      second.inputReader().readLine();
      assertThat(copies()).as("only the running process's copy").hasSize(1);
      assertThat(copies().get(0)).contains("-" + second.pid() + "-");
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void the_folders_of_running_processes_and_of_others_stay() throws IOException {
    long running = ProcessHandle.current().parent().orElseThrow().pid();
    Path others = Files.createDirectory(folder.resolve("relay-sqlite-" + running + "-1"));
    Path ended = Files.createDirectory(folder.resolve("relay-sqlite-999999999999-1"));
    Files.createFile(ended.resolve("sqlite-3-libsqlitejdbc.so"));
    Path strange = Files.createDirectory(folder.resolve("relay-sqlite-mine"));
    Path notOurs = Files.createDirectory(folder.resolve("relay-sqlite-999999999998-1"));
    Files.createFile(notOurs.resolve("letter.txt"));

    NativeLibrary.removeLeftOvers(folder);

    assertThat(ended).doesNotExist();
    assertThat(others).isDirectory();
    assertThat(strange).isDirectory();
    assertThat(notOurs.resolve("letter.txt")).exists();
  }

  private Process serving(Path database) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            JdbcStoreTest.ServingProcess.class.getName(),
            database.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(Path::toString)
          .filter(it -> it.endsWith(".so") || it.endsWith(".dll") || it.endsWith(".dylib"))
          .toList();
    }
  }
}
