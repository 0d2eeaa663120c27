package dev.relay.lucene;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of reading a set of files.
 *
 * @param articles the articles, in the order of their files
 * @param problems the problems for their authors
 */
record LoadedArticles(List<Article> articles, List<ArticleProblem> problems) {

  /** Copies the lists, so that the result cannot change. */
  LoadedArticles {
    articles = List.copyOf(articles);
    problems = List.copyOf(problems);
  }

  /** Returns articles that do not come from files; of two with the same id and language, the first counts. */
  static LoadedArticles of(List<Article> articles) {
    Builder builder = new Builder(new ArticleReader(Locale.ENGLISH));
    articles.forEach(article -> builder.add(article.id().value(), 0, article));
    return builder.build();
  }

  /** Collects articles file by file and refuses a second one with the same id and language. Used by one thread. */
  static final class Builder {
    private final ArticleReader reader;
    private final List<Article> articles = new ArrayList<>();
    private final List<ArticleProblem> problems = new ArrayList<>();
    private final Map<Name, String> fileByName = new HashMap<>();

    private record Name(ArticleId id, String language) {}

    Builder(ArticleReader reader) {
      this.reader = reader;
    }

    void add(String file, String text) {
      ArticleReader.Read read = reader.read(file, text);
      problems.addAll(read.problems());
      read.article().ifPresent(article -> add(file, read.line(), article));
    }

    void add(String file, int line, Article article) {
      String language = article.language().getLanguage();
      String first = fileByName.putIfAbsent(new Name(article.id(), language), file);
      if (first == null) {
        articles.add(article);
      } else {
        problems.add(ArticleProblem.leftOut(
            file,
            line,
            "id",
            "must be unique together with the language; "
                + article.id()
                + " in "
                + language
                + " is also in "
                + first));
      }
    }

    void problem(ArticleProblem problem) {
      problems.add(problem);
    }

    LoadedArticles build() {
      return new LoadedArticles(articles, problems);
    }
  }
}
