package dev.relay.jdbc.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import dev.relay.core.store.StoreException.BadData;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a transaction puts off are written together, and nobody sees that they were put off. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaterRowsTest {
  private static final Rows INSERT =
      new Rows("item", "insert into item (id, name) values ", "(?, ?)", "", true);
  private static final Rows RENAME = new Rows(
      "item",
      "update item set name = wanted.column2 from (values ",
      "(cast(? as bigint), cast(? as text))",
      ") as wanted where item.id = wanted.column1",
      true);
  private static final String NAMES = "select name from item order by id";

  @TempDir
  private Path folder;

  private Session session;

  @BeforeEach
  void open() throws SQLException {
    SqliteDialect sqlite = new SqliteDialect("jdbc:sqlite:" + folder.resolve("items.db"));
    session = new Session(sqlite.openWriter(), sqlite);
    session.begin();
    session.update("create table item (id bigint primary key, name text not null)");
    session.update("create table other (id bigint primary key)");
    session.commit();
    session.begin();
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  @Test
  void a_statement_that_names_the_table_finds_the_rows() {
    insert(1, "one");
    insert(2, "two");

    assertThat(names()).containsExactly("one", "two");
  }

  @Test
  void rows_are_written_by_the_commit() {
    insert(1, "one");
    session.commit();
    session.begin();

    assertThat(names()).containsExactly("one");
  }

  @Test
  void nothing_is_left_of_rows_that_were_rolled_back() throws SQLException {
    insert(1, "one");
    session.rollback();
    session.begin();

    assertThat(names()).isEmpty();
  }

  @Test
  void any_number_of_rows_is_written_in_their_order() {
    List<String> expected =
        IntStream.rangeClosed(1, 167).mapToObj(each -> "item " + each).toList();
    for (int each = 1; each <= expected.size(); each++) {
      insert(each, expected.get(each - 1));
    }

    assertThat(names()).isEqualTo(expected);
  }

  @Test
  void the_second_row_of_a_key_is_written_after_the_first() {
    insert(1, "one");
    rename(1, "changed");
    rename(1, "changed again");

    assertThat(names()).containsExactly("changed again");
  }

  @Test
  void a_row_that_is_not_there_to_be_changed_fails_the_transaction() {
    insert(1, "one");
    rename(1, "changed");
    rename(2, "lost");

    assertThatThrownBy(session::flush)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("item");
  }

  @Test
  void a_row_that_cannot_be_written_fails_the_statement_before_which_it_is_written() {
    insert(1, "one");
    session.flush();
    insert(1, "one again");
    assertThat(session.list("select id from other", row -> row.getLong(1))).isEmpty();

    assertThatThrownBy(this::names).isInstanceOf(BadData.class);

    assertThat(session.hasFailed()).isTrue();
  }

  @Test
  void keys_are_looked_up_however_many_there_are() {
    IntStream.rangeClosed(1, 150).forEach(each -> insert(each, "item " + each));
    Rows query = new Rows(
        "item",
        "select item.name from (values ",
        "(cast(? as bigint))",
        ") as wanted cross join item where item.id = wanted.column1",
        false);
    List<Object[]> keys =
        IntStream.rangeClosed(81, 180).mapToObj(each -> new Object[] {each}).toList();

    assertThat(session.lookUp(query, row -> row.getString(1), keys))
        .contains("item 81", "item 150")
        .doesNotContain("item 80")
        .hasSizeGreaterThanOrEqualTo(70);
    assertThat(session.lookUp(query, row -> row.getString(1), List.of())).isEmpty();
  }

  private void insert(long id, String name) {
    session.later(INSERT, id, id, name);
  }

  private void rename(long id, String name) {
    session.later(RENAME, id, id, name);
  }

  private List<String> names() {
    return session.list(NAMES, row -> row.getString(1));
  }
}
