package dev.relay.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder of Markdown articles: every {@code .md} and {@code .markdown} file in it and below it. Skips hidden files and
 * folders and files called {@code README}. Thread-safe.
 */
final class ArticleFolder {
  private static final int MAX_FILES = 50_000;
  private static final int MAX_FILE_BYTES = 1024 * 1024;
  private static final int MAX_DEPTH = 20;

  private final Path folder;
  private final ArticleReader reader;

  ArticleFolder(Path folder, ArticleReader reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /** Distinguishes versions of a file without opening it. */
  record Stamp(long modifiedMillis, long bytes, String key) {
    private static final Stamp UNREADABLE = new Stamp(-1, -1, "");
  }

  /**
   * The visible state of the folder, without opening files.
   *
   * @param files the articles' files, sorted
   * @param folders the folder itself and every folder below it
   */
  record Listing(Map<Path, Stamp> files, List<Path> folders) {}

  /** Lists the files; fails if the folder itself cannot be read. */
  Listing list() throws IOException {
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "no such folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Visitor visitor = new Visitor(folder.toRealPath());
    Files.walkFileTree(visitor.root, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, visitor);
    return new Listing(visitor.files, visitor.folders);
  }

  /** Reads every file of a listing; files that cannot be read are left out and reported. */
  LoadedArticles read(Listing listing) {
    LoadedArticles.Builder loaded = new LoadedArticles.Builder(reader);
    int count = 0;
    for (Path file : listing.files().keySet()) {
      String name = listing.folders().get(0).relativize(file).toString().replace('\\', '/');
      if (++count > MAX_FILES) {
        loaded.problem(ArticleProblem.leftOut(
            name,
            0,
            "",
            "a knowledge base may have at most " + MAX_FILES
                + " files; this file and later ones are left out"));
        break;
      }
      readOne(file, name, loaded);
    }
    return loaded.build();
  }

  private static void readOne(Path file, String name, LoadedArticles.Builder loaded) {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    } catch (NoSuchFileException gone) {
      // The file was deleted after the listing, or is a link to nothing: it does not count.
      return;
    } catch (IOException failure) {
      loaded.problem(ArticleProblem.leftOut(
          name, 0, "", "cannot be read: " + failure.getClass().getSimpleName()));
      return;
    }
    if (bytes.length > MAX_FILE_BYTES) {
      loaded.problem(
          ArticleProblem.leftOut(name, 0, "", "must have at most " + MAX_FILE_BYTES + " bytes"));
      return;
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      loaded.add(name, text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException refused) {
      loaded.problem(ArticleProblem.leftOut(name, 0, "", "must be text in UTF-8"));
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    final Path root;
    final Map<Path, Stamp> files = new TreeMap<>();
    final List<Path> folders = new ArrayList<>();

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      if (!path.equals(root) && isHidden(path)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      folders.add(path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (!isHidden(path) && isArticle(path.getFileName().toString().toLowerCase(Locale.ROOT))) {
        files.put(path, stamp(path));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (path.equals(root)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }

    private static boolean isArticle(String name) {
      return (name.endsWith(".md") || name.endsWith(".markdown")) && !name.startsWith("readme.");
    }

    /** Follows links, because mounted configuration volumes consist of them. */
    private static Stamp stamp(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
            attributes.lastModifiedTime().toMillis(),
            attributes.size(),
            String.valueOf(attributes.fileKey()));
      } catch (IOException unreadable) {
        return Stamp.UNREADABLE;
      }
    }
  }
}
