package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.lucene.LuceneKnowledgeBase;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The knowledge base of a Relay that is starting: the web server answers before the articles have been read, and searches
 * wait until then. Thread-safe.
 */
final class OpeningKnowledge implements KnowledgeBase, AutoCloseable {
  private final CompletableFuture<LuceneKnowledgeBase> opened = new CompletableFuture<>();

  /**
   * Reads the articles that the configuration names, and lets the waiting searches continue.
   *
   * @throws IOException if the folder cannot be read; waiting searches fail, too
   */
  LuceneKnowledgeBase open(Configuration configuration) throws IOException {
    try {
      LuceneKnowledgeBase knowledge = KnowledgeBases.open(configuration);
      opened.complete(knowledge);
      return knowledge;
    } catch (IOException | RuntimeException e) {
      opened.completeExceptionally(e);
      throw e;
    }
  }

  @Override
  public SearchResult search(KnowledgeQuery query) {
    return opened.join().search(query);
  }

  @Override
  public Optional<Article> article(ArticleId id, Locale locale) {
    return opened.join().article(id, locale);
  }

  @Override
  public int size() {
    return opened.join().size();
  }

  /** Closes the knowledge base. If it was never opened, waiting searches fail. */
  @Override
  public void close() {
    if (!opened.completeExceptionally(new IllegalStateException("Relay is being stopped"))
        && !opened.isCompletedExceptionally()) {
      opened.join().close();
    }
  }
}
