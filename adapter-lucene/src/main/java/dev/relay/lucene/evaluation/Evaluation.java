package dev.relay.lucene.evaluation;

import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * The quality of a knowledge base's answers to questions whose right articles are known.
 *
 * @param overall over all questions
 * @param languages per language, sorted; empty if there is only one
 */
public record Evaluation(Measures overall, List<Measures> languages) {
  private static final int DEPTH = 10;
  private static final int SHOWN = 3;

  /** Copies the list, so that the evaluation cannot change. */
  public Evaluation {
    languages = List.copyOf(languages);
  }

  /**
   * The measures over a set of questions.
   *
   * @param language the language, or "all"
   * @param inScope the number of questions that an article answers
   * @param outOfScope the number of questions that no article answers
   * @param mrr mean reciprocal rank of the first right article within ten, 0 to 1; empty without questions in scope
   * @param recallAt3 the share of questions with a right article among the first three, 0 to 1; empty likewise
   * @param auroc how well the confidence separates questions in scope from others: the probability that, of one of each, the
   *     former has the greater confidence; .5 is guessing; empty unless there are both
   */
  public record Measures(
      String language,
      int inScope,
      int outOfScope,
      OptionalDouble mrr,
      OptionalDouble recallAt3,
      OptionalDouble auroc) {}

  /** A question and the rank and confidence of its answer. */
  private record Outcome(EvaluationQuestion question, int rank, double confidence) {}

  /** Asks every question as a customer would. */
  public static Evaluation of(KnowledgeBase knowledge, List<EvaluationQuestion> questions) {
    List<Outcome> outcomes =
        questions.stream().map(question -> ask(knowledge, question)).toList();
    List<Measures> perLanguage = new ArrayList<>();
    TreeSet<String> languages = new TreeSet<>();
    questions.forEach(question -> languages.add(question.language().getLanguage()));
    if (languages.size() > 1) {
      for (String language : languages) {
        perLanguage.add(measures(
            language,
            outcomes.stream()
                .filter(outcome -> outcome.question().language().getLanguage().equals(language))
                .toList()));
      }
    }
    return new Evaluation(measures("all", outcomes), perLanguage);
  }

  private static Outcome ask(KnowledgeBase knowledge, EvaluationQuestion question) {
    SearchResult result = knowledge.search(
        new KnowledgeQuery(question.text(), question.language(), DEPTH, Reader.CUSTOMER));
    int rank = 0;
    for (int i = 0; i < result.hits().size() && rank == 0; i++) {
      ArticleHit hit = result.hits().get(i);
      rank = question.articles().contains(hit.article().id()) ? i + 1 : 0;
    }
    return new Outcome(question, rank, result.confidence());
  }

  private static Measures measures(String language, List<Outcome> outcomes) {
    List<Outcome> inScope =
        outcomes.stream().filter(outcome -> outcome.question().isInScope()).toList();
    double[] yes = inScope.stream().mapToDouble(Outcome::confidence).toArray();
    double[] no = outcomes.stream()
        .filter(outcome -> !outcome.question().isInScope())
        .mapToDouble(Outcome::confidence)
        .toArray();
    return new Measures(
        language,
        yes.length,
        no.length,
        inScope.stream()
            .mapToDouble(outcome -> outcome.rank() == 0 ? 0 : 1.0 / outcome.rank())
            .average(),
        inScope.stream()
            .mapToDouble(outcome -> outcome.rank() > 0 && outcome.rank() <= SHOWN ? 1 : 0)
            .average(),
        Auroc.of(yes, no));
  }

  /** Returns the measures as a table for people. */
  public String table() {
    StringBuilder table = new StringBuilder(String.format(
        Locale.ROOT,
        "%-8s %9s %12s %7s %8s %6s%n",
        "language",
        "in scope",
        "out of scope",
        "MRR@10",
        "Recall@3",
        "AUROC"));
    row(table, overall);
    languages.forEach(measures -> row(table, measures));
    return table.toString();
  }

  private static void row(StringBuilder table, Measures measures) {
    table.append(String.format(
        Locale.ROOT,
        "%-8s %9d %12d %7s %8s %6s%n",
        measures.language(),
        measures.inScope(),
        measures.outOfScope(),
        shown(measures.mrr()),
        shown(measures.recallAt3()),
        shown(measures.auroc())));
  }

  private static String shown(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "-";
  }
}
