package dev.relay.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FolderTest {
  @TempDir
  Path folder;

  private void write(String file, String title) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.writeString(path, "---\ntitle: " + title + "\nlang: en\n---\nAbout " + title + ".");
  }

  @Nested
  class Reading {
    @Test
    void reads_markdown_files_of_all_folders_and_skips_the_rest() throws IOException {
      write("one.md", "One");
      write("deep/down/two.markdown", "Two");
      write("README.md", "Readme");
      write(".git/three.md", "Three");
      write(".hidden.md", "Four");
      write("notes.txt", "Five");

      try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.open(folder)) {
        assertThat(knowledge.articles())
            .extracting(article -> article.title())
            .containsExactly("Two", "One");
        assertThat(knowledge.problems()).isEmpty();
      }
    }

    @Test
    void leaves_out_unreadable_files_and_serves_the_others() throws IOException {
      write("good.md", "Good");
      write("twin.md", "Twin");
      Files.writeString(folder.resolve("twin2.md"), "---\nid: twin\ntitle: Twin\nlang: en\n---\nx");
      Files.write(folder.resolve("binary.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
      Files.write(folder.resolve("huge.md"), new byte[1024 * 1024 + 1]);
      Files.createDirectory(folder.resolve("folder.md"));

      try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.open(folder)) {
        assertThat(knowledge.size()).isEqualTo(2);
        assertThat(knowledge.problems())
            .extracting(ArticleProblem::file)
            .containsExactly("binary.md", "huge.md", "twin2.md");
        assertThat(knowledge.problems().toString())
            .contains("must be text in UTF-8", "at most 1048576 bytes", "is also in twin.md");
      }
    }

    @Test
    void reads_a_byte_order_mark_and_windows_line_ends() throws IOException {
      Files.writeString(
          folder.resolve("a.md"), "\ufeff---\r\ntitle: Mark\r\nlang: en\r\n---\r\nText\r\n");

      try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.open(folder)) {
        assertThat(knowledge.articles())
            .extracting(article -> article.title())
            .containsExactly("Mark");
      }
    }

    @Test
    void fails_clearly_if_there_is_no_folder() throws IOException {
      write("a.md", "A");

      assertThatThrownBy(() -> LuceneKnowledgeBase.open(folder.resolve("nowhere")))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("nowhere");
      assertThatThrownBy(() -> LuceneKnowledgeBase.open(folder.resolve("a.md")))
          .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void reloads_on_demand() throws IOException {
      write("a.md", "A");
      try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.open(folder)) {
        write("b.md", "B");
        knowledge.reload();

        assertThat(knowledge.size()).isEqualTo(2);
      }
    }
  }

  @Nested
  class Watching {
    private static final long PATIENCE_SECONDS = 30;
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

    private FolderOptions options(Duration poll) {
      return new FolderOptions(Locale.ENGLISH, Duration.ofMillis(20), poll, new LoadListener() {
        @Override
        public void loaded(int articles, List<ArticleProblem> problems) {
          // The tests search for what was loaded.
        }

        @Override
        public void failed(String reason) {
          failures.add(reason);
        }
      });
    }

    private boolean finds(LuceneKnowledgeBase knowledge, String text) {
      return !knowledge
          .search(new KnowledgeQuery(text, Locale.ENGLISH, 1, Reader.CUSTOMER))
          .hits()
          .isEmpty();
    }

    @Test
    void sees_new_changed_renamed_and_deleted_files_and_new_folders() throws Exception {
      write("a.md", "Albatross");
      try (LuceneKnowledgeBase knowledge =
          LuceneKnowledgeBase.open(folder, options(Duration.ofMinutes(10)))) {
        write("b.md", "Buzzard");
        Eventually.holds("buzzard is found", () -> finds(knowledge, "buzzard"));

        Path draft = folder.resolve("b.md.tmp");
        Files.writeString(draft, "---\ntitle: Cormorant\nlang: en\n---\nSea.");
        Files.move(
            draft,
            folder.resolve("b.md"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.ATOMIC_MOVE);
        Eventually.holds("cormorant is found", () -> finds(knowledge, "cormorant"));
        assertThat(finds(knowledge, "buzzard")).isFalse();

        Files.createDirectory(folder.resolve("new"));
        write("new/d.md", "Dunlin");
        Eventually.holds("dunlin is found", () -> finds(knowledge, "dunlin"));

        Files.delete(folder.resolve("a.md"));
        Eventually.holds("albatross is no longer found", () -> !finds(knowledge, "albatross"));
        assertThat(knowledge.article(new ArticleId("a"), Locale.ENGLISH)).isEmpty();
      }
    }

    @Test
    void reports_an_article_that_becomes_invalid_until_it_is_corrected() throws Exception {
      write("a.md", "Albatross");
      try (LuceneKnowledgeBase knowledge =
          LuceneKnowledgeBase.open(folder, options(Duration.ofMinutes(10)))) {
        Files.writeString(folder.resolve("a.md"), "---\ntitle: Albatross\ndraft: perhaps\n---\n");
        Eventually.holds("a problem is reported", () -> !knowledge.problems().isEmpty());
        assertThat(knowledge.size()).isZero();

        write("a.md", "Albatross");
        Eventually.holds("the problem is gone", () -> knowledge.problems().isEmpty());
        assertThat(knowledge.size()).isEqualTo(1);
      }
    }

    @Test
    void finds_unreported_changes_by_checking_the_folder() throws Exception {
      write("a.md", "Albatross");
      FolderOptions options = options(Duration.ofMillis(20));
      try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.open(folder, options)) {
        write("a.md", "Buzzards");
        Files.setLastModifiedTime(folder.resolve("a.md"), FileTime.from(Instant.EPOCH));

        Eventually.holds("buzzards is found", () -> finds(knowledge, "buzzards"));
      }
    }

    @Test
    void keeps_the_previous_articles_while_the_folder_is_missing() throws Exception {
      write("in/a.md", "Albatross");
      Path inside = folder.resolve("in");
      try (LuceneKnowledgeBase knowledge =
          LuceneKnowledgeBase.open(inside, options(Duration.ofMillis(20)))) {
        Files.move(inside, folder.resolve("away"));
        assertThat(failures.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("cannot be read");
        assertThat(finds(knowledge, "albatross")).isTrue();
        assertThat(knowledge.problems()).isNotEmpty();

        Files.move(folder.resolve("away"), inside);
        Eventually.holds("the problem is gone", () -> knowledge.problems().isEmpty());
      }
    }

    @Test
    void ends_with_the_knowledge_base() throws Exception {
      write("a.md", "Albatross");
      LuceneKnowledgeBase knowledge =
          LuceneKnowledgeBase.open(folder, options(Duration.ofMillis(20)));
      knowledge.close();
      knowledge.close();

      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("relay-knowledge-watch")) {
          // An executor counts as terminated a moment before its thread ends.
          thread.join(10_000);
          assertThat(thread.isAlive()).isFalse();
        }
      }
      assertThat(finds(knowledge, "albatross")).isTrue();
    }
  }

  @Test
  void refuses_options_outside_their_limits() {
    assertThatThrownBy(() -> new FolderOptions(
            Locale.ENGLISH, Duration.ofMinutes(2), Duration.ofSeconds(1), LoadListener.NONE))
        .hasMessageContaining("settle");
    assertThatThrownBy(() ->
            new FolderOptions(Locale.ENGLISH, Duration.ZERO, Duration.ZERO, LoadListener.NONE))
        .hasMessageContaining("poll");
  }
}
