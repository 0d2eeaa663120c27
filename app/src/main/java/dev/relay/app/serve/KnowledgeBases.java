package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.lucene.ArticleProblem;
import dev.relay.lucene.FolderOptions;
import dev.relay.lucene.LoadListener;
import dev.relay.lucene.LuceneKnowledgeBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the knowledge base that the configuration names. */
public final class KnowledgeBases {

  private KnowledgeBases() {}

  /**
   * Opens the articles of the configured folder, watched for changes, or the sample. The caller closes it.
   *
   * @throws IOException if the folder cannot be read
   */
  public static LuceneKnowledgeBase open(Configuration configuration) throws IOException {
    Optional<Path> folder = configuration.knowledge().dir();
    if (folder.isEmpty()) {
      return LuceneKnowledgeBase.sample();
    }
    FolderOptions options = FolderOptions.defaults()
        .withDefaultLanguage(configuration.knowledge().language())
        .withListener(new ReloadLog());
    return LuceneKnowledgeBase.open(folder.get(), options);
  }

  /** Writes reloads to the log. */
  private static final class ReloadLog implements LoadListener {
    private final Logger log = LoggerFactory.getLogger(KnowledgeBases.class);

    @Override
    public void loaded(int articles, List<ArticleProblem> problems) {
      log.info("knowledge articles={} problems={}", articles, problems.size());
    }

    @Override
    public void failed(String reason) {
      log.warn("knowledge could not be reloaded, the previous articles remain in use: {}", reason);
    }
  }
}
