package dev.relay.jdbc.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReasonsTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_full_disk_is_named_whatever_code_sqlite_reports() {
    assertThat(reasons(1_000_000).of(sqlite(SQLiteErrorCode.SQLITE_FULL))).contains("is full");
    for (SQLiteErrorCode code : new SQLiteErrorCode[] {
      SQLiteErrorCode.SQLITE_IOERR_SHMSIZE,
      SQLiteErrorCode.SQLITE_IOERR_WRITE,
      SQLiteErrorCode.SQLITE_IOERR,
      SQLiteErrorCode.SQLITE_CANTOPEN
    }) {
      assertThat(reasons(0).of(sqlite(code))).as("%s", code).contains("is full", "make room");
      assertThat(reasons(1_000_000).of(sqlite(code))).as("%s", code).doesNotContain("full");
    }
    assertThat(reasons(0).of(new IOException("No space left on device"))).contains("is full");
  }

  @Test
  void a_missing_permission_names_the_file_and_the_user() {
    assertThat(reasons(1_000_000).of(new AccessDeniedException("/data/relay.db.lock")))
        .contains("permission denied", "/data/relay.db.lock", System.getProperty("user.name"));
    assertThat(reasons(1_000_000)
            .of(new FileSystemException("/data/relay.db", null, "Read-only file system")))
        .contains("read-only");
    assertThat(reasons(1_000_000).of(sqlite(SQLiteErrorCode.SQLITE_READONLY)))
        .contains("read-only", System.getProperty("user.name"));
  }

  @Test
  void the_cause_is_found_below_the_errors_of_the_pool_and_of_the_migrations() {
    Throwable wrapped = new IllegalStateException(
        "pool", new RuntimeException("flyway\ncode: 13", sqlite(SQLiteErrorCode.SQLITE_FULL)));

    assertThat(reasons(1_000_000).of(wrapped)).contains("is full").hasLineCount(1);
  }

  @Test
  void a_file_that_is_no_database_is_named() throws IOException {
    Path file = folder.resolve("relay.db");
    Files.writeString(file, "these are not the bytes you are looking for ".repeat(100));

    assertThatThrownBy(() -> JdbcStore.sqlite(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file + " is not a database");
  }

  @Test
  void a_folder_that_cannot_be_made_is_named() throws IOException {
    Path inTheWay = Files.createFile(folder.resolve("data"));

    assertThatThrownBy(() -> JdbcStore.sqlite(inTheWay.resolve("relay.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be created")
        .hasMessageContaining(inTheWay.toString());
  }

  private Reasons reasons(long room) {
    return new Reasons(folder.resolve("relay.db")) {
      @Override
      long room() {
        return room;
      }
    };
  }

  private static SQLiteException sqlite(SQLiteErrorCode code) {
    return new SQLiteException("[" + code + "] " + code.message, code);
  }
}
