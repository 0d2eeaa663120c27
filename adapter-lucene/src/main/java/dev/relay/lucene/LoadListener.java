package dev.relay.lucene;

import java.util.List;

/** Is told when the articles were read again, for logs and metrics. Called by the watching thread, one call at a time. */
public interface LoadListener {
  /** Tells nobody. */
  LoadListener NOBODY = new LoadListener() {
    @Override
    public void loaded(int articles, List<ArticleProblem> problems) {}

    @Override
    public void failed(String reason) {}
  };

  /** New articles are being searched: that many, with those problems. */
  void loaded(int articles, List<ArticleProblem> problems);

  /** The folder could not be read; the articles of before are still searched. */
  void failed(String reason);
}
