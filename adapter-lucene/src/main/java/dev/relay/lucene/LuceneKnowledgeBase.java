package dev.relay.lucene;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.lucene.ArticleFolder.Listing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A knowledge base of Markdown articles, searched with Lucene in memory. Thread-safe: any number of searches may run at once,
 * even during a reload, and each sees all articles of one moment.
 */
public final class LuceneKnowledgeBase implements KnowledgeBase, AutoCloseable {
  private final Languages languages = new Languages();
  private final Object loading = new Object();
  private final @Nullable ArticleFolder folder;
  private @Nullable FolderWatch watch;
  private volatile KnowledgeSnapshot snapshot;

  private LuceneKnowledgeBase(LoadedArticles loaded, @Nullable ArticleFolder folder) {
    this.folder = folder;
    this.snapshot = KnowledgeSnapshot.of(loaded, languages);
  }

  /** Opens a folder with {@link FolderOptions#defaults()}. */
  public static LuceneKnowledgeBase open(Path folder) throws IOException {
    return open(folder, FolderOptions.defaults());
  }

  /**
   * Reads the articles of a folder and watches it for changes until {@link #close()}. An invalid article is left out and listed
   * in {@link #problems()}; only a folder that cannot be read at all is an error.
   *
   * @param folder the folder of {@code .md} files, including those in folders below it
   * @param options how to read and watch the folder
   */
  public static LuceneKnowledgeBase open(Path folder, FolderOptions options) throws IOException {
    ArticleFolder articles =
        new ArticleFolder(folder, new ArticleReader(options.defaultLanguage()));
    Listing listing = articles.list();
    LuceneKnowledgeBase opened = new LuceneKnowledgeBase(articles.read(listing), articles);
    opened.watch(articles, listing, options);
    return opened;
  }

  /** Returns the sample articles of an invented game's community, in English and Spanish, from the class path. */
  public static LuceneKnowledgeBase sample() {
    return new LuceneKnowledgeBase(SampleArticles.load(), null);
  }

  /** Returns a knowledge base of these articles; of two with the same id and language, the first counts. */
  public static LuceneKnowledgeBase of(List<Article> articles) {
    return new LuceneKnowledgeBase(LoadedArticles.of(articles), null);
  }

  @Override
  public SearchResult search(KnowledgeQuery query) {
    return snapshot.index(query.reader()).search(query.text(), query.locale(), query.limit());
  }

  @Override
  public Optional<Article> article(ArticleId id, Locale locale) {
    return snapshot.article(id, locale);
  }

  /** Returns the number of articles that customers can find. */
  @Override
  public int size() {
    return snapshot.index(Reader.CUSTOMER).size();
  }

  /** Returns every article that could be read, internal ones and drafts included, in the order of their files. */
  public List<Article> articles() {
    return snapshot.articles();
  }

  /** Returns the problems that the articles' authors should look at, as of the last reload. */
  public List<ArticleProblem> problems() {
    return snapshot.problems();
  }

  /** Reloads the folder now. If that fails, the previous articles are kept. Without a folder it does nothing. */
  public void reload() throws IOException {
    if (folder != null) {
      synchronized (loading) {
        snapshot = KnowledgeSnapshot.of(folder.read(folder.list()), languages);
      }
    }
  }

  private void watch(ArticleFolder articles, Listing listing, FolderOptions options)
      throws IOException {
    FolderWatch started = new FolderWatch(articles, listing, options, new FolderWatch.Reload() {
      @Override
      public void from(Listing changed) {
        KnowledgeSnapshot loaded;
        synchronized (loading) {
          loaded = KnowledgeSnapshot.of(articles.read(changed), languages);
          snapshot = loaded;
        }
        options.listener().loaded(loaded.index(Reader.CUSTOMER).size(), loaded.problems());
      }

      @Override
      public void failed(IOException failure) {
        String reason = "the folder cannot be read: " + failure.getClass().getSimpleName();
        synchronized (loading) {
          snapshot = snapshot.with(ArticleProblem.kept(".", 0, "", reason));
        }
        options.listener().failed(reason);
      }
    });
    watch = started;
    started.start();
  }

  /** Stops watching. Searches still use the articles loaded last. */
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
