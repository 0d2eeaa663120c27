package dev.relay.app.cli;

import dev.relay.app.serve.KnowledgeBases;
import dev.relay.core.knowledge.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeQuery.Reader;
import dev.relay.lucene.ArticleProblem;
import dev.relay.lucene.LuceneKnowledgeBase;
import dev.relay.lucene.SampleArticles;
import dev.relay.lucene.evaluation.Calibration;
import dev.relay.lucene.evaluation.Evaluation;
import dev.relay.lucene.evaluation.EvaluationQuestion;
import dev.relay.lucene.evaluation.QuestionFile;
import dev.relay.lucene.evaluation.SearchTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries and measures the knowledge base. */
@Command(name = "knowledge", description = "Tries and measures the knowledge base.")
final class KnowledgeCommand {
  private static final String EXIT_CODES =
      "Exit codes: 0 done, 1 it did not work, 2 an option, the configuration or a file is wrong.";
  private static final String QUESTIONS =
      "JSON Lines: {\"text\": \"...\", \"lang\": \"en\", \"articles\": [\"id\"]}; no article: out of"
          + " scope.";

  private final ConfigurationOptions options;
  private final Terminal terminal;

  KnowledgeCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Command(
      name = "search",
      description = "Searches the articles as a customer's question does.",
      footer = {"", "Example: relay knowledge search --lang es no puedo entrar", EXIT_CODES})
  int search(
      @Option(
              names = "--lang",
              paramLabel = "LANGUAGE",
              defaultValue = "en",
              description = "The reader's language. Default: ${DEFAULT-VALUE}")
          String language,
      @Option(
              names = "--internal",
              description = "Shows internal articles too, as agents see them.")
          boolean internal,
      @Option(
              names = "--limit",
              paramLabel = "NUMBER",
              defaultValue = "5",
              description = "How many articles, 1 to 50. Default: ${DEFAULT-VALUE}")
          int limit,
      @Parameters(paramLabel = "WORD", arity = "1..*", description = "The question.")
          List<String> words)
      throws IOException {
    if (limit < 1 || limit > 50) {
      throw CommandFailure.wrong(List.of("--limit is \"" + limit + "\": expected 1 to 50"));
    }
    KnowledgeQuery query = new KnowledgeQuery(
        String.join(" ", words),
        Locale.forLanguageTag(language),
        limit,
        internal ? Reader.AGENT : Reader.CUSTOMER);
    terminal.say(with(knowledge -> SearchTable.of(knowledge.search(query))).stripTrailing());
    return ExitCode.OK;
  }

  @Command(
      name = "evaluate",
      description = "Measures how well the articles answer questions whose answers are known.",
      footer = {"", EXIT_CODES})
  int evaluate(
      @Option(names = "--questions", paramLabel = "FILE", required = true, description = QUESTIONS)
          Path file)
      throws IOException {
    List<EvaluationQuestion> questions = questions(file);
    terminal.say(with(knowledge -> Evaluation.of(knowledge, questions).table()).stripTrailing());
    return ExitCode.OK;
  }

  @Command(
      name = "calibrate",
      description = "Shows for each threshold of confidence (bot.threshold) how many answerable"
          + " questions keep their answer and how many others are caught.",
      footer = {"", EXIT_CODES})
  int calibrate(
      @Option(names = "--questions", paramLabel = "FILE", required = true, description = QUESTIONS)
          Path file)
      throws IOException {
    List<EvaluationQuestion> questions = questions(file);
    terminal.say(with(knowledge -> Calibration.of(knowledge, questions).table()).stripTrailing());
    return ExitCode.OK;
  }

  @Command(
      name = "export-sample",
      description = "Writes the sample articles into a folder, to start your own from. Files that"
          + " exist are not changed.",
      footer = {"", EXIT_CODES})
  int exportSample(@Parameters(paramLabel = "FOLDER", description = "Where to.") Path folder)
      throws IOException {
    int written = SampleArticles.export(folder);
    terminal.say(written + " articles were written to " + folder
        + "; set knowledge.dir (RELAY_KNOWLEDGE_DIR) to serve them.");
    return ExitCode.OK;
  }

  private <T> T with(Function<LuceneKnowledgeBase, T> work) throws IOException {
    try (LuceneKnowledgeBase knowledge = KnowledgeBases.open(options.configuration())) {
      for (ArticleProblem problem : knowledge.problems()) {
        terminal.err().println(problem);
      }
      return work.apply(knowledge);
    }
  }

  private static List<EvaluationQuestion> questions(Path file) throws IOException {
    try {
      return QuestionFile.read(file);
    } catch (QuestionFile.Invalid e) {
      throw CommandFailure.wrong(String.valueOf(e.getMessage()).lines().toList());
    }
  }
}
