package dev.relay.app.cli;

import dev.relay.app.config.BotSettings;
import dev.relay.app.config.Configuration;
import dev.relay.app.serve.KnowledgeBases;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.lucene.ArticleProblem;
import dev.relay.lucene.EvaluationQuestions;
import dev.relay.lucene.LuceneKnowledgeBase;
import dev.relay.lucene.SampleArticles;
import dev.relay.lucene.SearchTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that search and measure the knowledge base. */
@Command(name = "knowledge", description = "Searches and measures the knowledge base.")
final class KnowledgeCommand {
  private static final String QUESTIONS =
      "Questions as JSON Lines: {\"text\": \"...\", \"lang\": \"en\", \"articles\": [\"id\"]}."
          + " No articles: out of scope.";

  private final ConfigurationOptions options;
  private final Terminal terminal;

  KnowledgeCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Command(
      name = "search",
      description = {
        "Searches the articles in the way a customer's question does, and shows whether a customer"
            + " would see them."
      },
      footer = {"", "Example: relay knowledge search --lang es no puedo entrar", ExitCode.HELP})
  int search(
      @Option(
              names = "--lang",
              paramLabel = "LANGUAGE",
              defaultValue = "en",
              description = "Language of the reader. Default: ${DEFAULT-VALUE}")
          String language,
      @Option(
              names = "--internal",
              description = "Also shows internal articles, as agents see them.")
          boolean internal,
      @Option(
              names = "--limit",
              paramLabel = "NUMBER",
              defaultValue = "5",
              description = "Number of articles, 1 to 50. Default: ${DEFAULT-VALUE}")
          int limit,
      @Option(names = "--all", description = "Also lists articles that are too weak to be shown.")
          boolean all,
      @Parameters(paramLabel = "WORD", arity = "1..*", description = "The question.")
          List<String> words)
      throws IOException {
    if (limit < 1 || limit > 50) {
      throw CommandFailure.invalid("--limit is \"" + limit + "\": expected 1 to 50");
    }
    KnowledgeQuery query = new KnowledgeQuery(
        String.join(" ", words),
        Locale.forLanguageTag(language),
        limit,
        internal ? Reader.AGENT : Reader.CUSTOMER);
    Configuration configuration = options.configuration();
    SearchResult found = with(configuration, knowledge -> knowledge.search(query));
    List<ArticleHit> strong = strong(found.hits());
    SearchResult listed = all ? found : new SearchResult(strong, found.confidence());
    terminal.print(SearchTable.of(listed).stripTrailing());
    if (listed.hits().size() < found.hits().size()) {
      terminal.print("Weaker articles left out: " + (found.hits().size() - strong.size())
          + ". To list them, add --all.");
    }
    if (!internal && configuration.bot().url().isEmpty()) {
      terminal.print(verdict(found.confidence(), strong.size(), configuration.bot()));
    }
    return ExitCode.OK;
  }

  /** Returns the articles that are not too weak beside the best one, as the virtual agent sees it. */
  private static List<ArticleHit> strong(List<ArticleHit> hits) {
    double best = hits.stream().mapToDouble(ArticleHit::score).max().orElse(0);
    return hits.stream()
        .filter(hit -> hit.score() >= FaqAgent.WORTH_SHOWING * best)
        .toList();
  }

  private static String verdict(double confidence, int articles, BotSettings bot) {
    String threshold = String.format(Locale.ROOT, "bot.threshold (%.3f)", bot.threshold());
    if (articles == 0) {
      return "A customer sees no article.";
    }
    if (confidence < bot.threshold()) {
      return "A customer sees no article: the confidence is below " + threshold + ".";
    }
    int shown = Math.min(articles, bot.articles());
    return "A customer sees " + (shown == 1 ? "article 1" : "articles 1 to " + shown)
        + ": the confidence is not below " + threshold + ".";
  }

  @Command(
      name = "evaluate",
      description = "Measures how well the articles answer questions with known answers.",
      footer = {"", ExitCode.HELP})
  int evaluate(
      @Option(names = "--questions", paramLabel = "FILE", required = true, description = QUESTIONS)
          Path file)
      throws IOException {
    EvaluationQuestions questions = questions(file);
    terminal.print(with(questions::evaluate).stripTrailing());
    return ExitCode.OK;
  }

  @Command(
      name = "calibrate",
      description = "Shows for each confidence threshold (bot.threshold) how many answerable"
          + " questions are still answered and how many others are caught.",
      footer = {"", ExitCode.HELP})
  int calibrate(
      @Option(names = "--questions", paramLabel = "FILE", required = true, description = QUESTIONS)
          Path file)
      throws IOException {
    EvaluationQuestions questions = questions(file);
    terminal.print(with(questions::calibrate).stripTrailing());
    return ExitCode.OK;
  }

  @Command(
      name = "export-sample",
      description = "Writes the sample articles to a folder, as a start for your own. Existing"
          + " files are not changed.",
      footer = {"", ExitCode.HELP})
  int exportSample(@Parameters(paramLabel = "FOLDER", description = "Target folder.") Path folder)
      throws IOException {
    int written = SampleArticles.export(folder);
    terminal.print(written + " articles were written to " + folder
        + ". To serve them, set knowledge.dir (RELAY_KNOWLEDGE_DIR).");
    return ExitCode.OK;
  }

  private <T> T with(Function<LuceneKnowledgeBase, T> work) throws IOException {
    return with(options.configuration(), work);
  }

  private <T> T with(Configuration configuration, Function<LuceneKnowledgeBase, T> work)
      throws IOException {
    try (LuceneKnowledgeBase knowledge = KnowledgeBases.open(configuration)) {
      for (ArticleProblem problem : knowledge.problems()) {
        terminal.err().println(problem);
      }
      return work.apply(knowledge);
    }
  }

  private static EvaluationQuestions questions(Path file) throws IOException {
    try {
      return EvaluationQuestions.read(file);
    } catch (EvaluationQuestions.InvalidFile e) {
      throw CommandFailure.invalid(String.valueOf(e.getMessage()).lines().toList());
    }
  }
}
