package dev.relay.lucene;

import java.util.List;

/** Receives reloads of the articles, for logs and metrics. Called by the watching thread, one call at a time. */
public interface LoadListener {
  /** Ignores all reloads. */
  LoadListener NONE = new LoadListener() {
    @Override
    public void loaded(int articles, List<ArticleProblem> problems) {}

    @Override
    public void failed(String reason) {}
  };

  /** Reports that this many articles are now being searched, with these problems. */
  void loaded(int articles, List<ArticleProblem> problems);

  /** Reports that the folder could not be read; the previous articles are still searched. */
  void failed(String reason);
}
