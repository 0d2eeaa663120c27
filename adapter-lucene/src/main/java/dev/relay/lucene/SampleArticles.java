package dev.relay.lucene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * The sample knowledge base: the help pages of an invented game's community in English and Spanish, from the jar. An index
 * lists the files, because a jar's folders cannot be listed reliably.
 */
public final class SampleArticles {
  private static final String FOLDER = "/dev/relay/lucene/sample/";

  private SampleArticles() {}

  static LoadedArticles load() {
    LoadedArticles.Builder loaded = new LoadedArticles.Builder(new ArticleReader(Locale.ENGLISH));
    for (String file : files()) {
      loaded.add(file, text(file));
    }
    return loaded.build();
  }

  /**
   * Writes the sample articles as files, as a start for your own knowledge base. Existing files are never changed.
   *
   * @param folder the target folder; created if it does not exist
   * @return how many files were written
   * @throws IOException if the folder cannot be written to
   */
  public static int export(Path folder) throws IOException {
    int written = 0;
    for (String file : files()) {
      Path target = folder.resolve(file);
      if (Files.notExists(target)) {
        Files.createDirectories(folder.resolve(file).toAbsolutePath().getParent());
        Files.writeString(target, text(file), StandardOpenOption.CREATE_NEW);
        written++;
      }
    }
    return written;
  }

  private static List<String> files() {
    return text("index.txt").lines().filter(line -> !line.isBlank()).toList();
  }

  private static String text(String file) {
    try (InputStream in = SampleArticles.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the sample article is not on the class path: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException("reading the sample article " + file, failure);
    }
  }
}
