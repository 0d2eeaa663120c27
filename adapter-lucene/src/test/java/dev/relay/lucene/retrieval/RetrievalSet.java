package dev.relay.lucene.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.lucene.evaluation.EvaluationQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A public set of articles and of questions whose right articles are known. */
record RetrievalSet(List<Article> articles, List<EvaluationQuestion> questions) {
  /** The folder of the sets: beside the repository, unless the property names another one. */
  static final Path FOLDER = Path.of(System.getProperty(
      "relay.retrieval.data",
      repository().resolveSibling("shared").resolve("data/retrieval").toString()));

  private static Path repository() {
    Path module = Path.of("").toAbsolutePath();
    return module.endsWith("adapter-lucene") ? module.resolve("..").normalize() : module;
  }

  static boolean isPresent() {
    return Files.isDirectory(FOLDER);
  }

  static RetrievalSet read(String name) {
    List<Article> articles = new ArrayList<>();
    for (JsonNode line : lines(FOLDER.resolve(name).resolve("corpus.jsonl"))) {
      articles.add(article(line));
    }
    Locale language = articles.get(0).language();
    List<EvaluationQuestion> questions = new ArrayList<>();
    for (JsonNode line : lines(FOLDER.resolve(name).resolve("queries.jsonl"))) {
      Set<ArticleId> right = new HashSet<>();
      line.get("rel").forEach(id -> right.add(new ArticleId(id.asText())));
      questions.add(new EvaluationQuestion(line.get("text").asText(), language, right));
    }
    return new RetrievalSet(articles, questions);
  }

  private static Article article(JsonNode line) {
    List<String> questions = new ArrayList<>();
    line.get("aliases").forEach(alias -> questions.add(alias.asText()));
    return new Article(
        new ArticleId(line.get("id").asText()),
        Locale.forLanguageTag(line.get("lang").asText()),
        line.get("title").asText(),
        questions,
        Set.of(),
        Audience.PUBLIC,
        Optional.empty(),
        Optional.empty(),
        false,
        line.get("body").asText());
  }

  private static List<JsonNode> lines(Path file) {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> nodes = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        nodes.add(json.readTree(line));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("reading " + file, failure);
    }
    return nodes;
  }
}
