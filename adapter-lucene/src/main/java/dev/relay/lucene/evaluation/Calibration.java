package dev.relay.lucene.evaluation;

import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The effect of each threshold of confidence on questions whose right articles are known.
 *
 * @param inScope the number of questions that an article answers
 * @param outOfScope the number of questions that no article answers
 * @param thresholds from .05 to .95 in steps of .05
 */
public record Calibration(int inScope, int outOfScope, List<Row> thresholds) {
  private static final int STEPS = 20;

  /** Copies the list, so that the calibration cannot change. */
  public Calibration {
    thresholds = List.copyOf(thresholds);
  }

  /**
   * One threshold.
   *
   * @param threshold the lowest confidence at which articles are shown
   * @param kept the share of answerable questions that still get articles, 0 to 1; 1 if there are none
   * @param caught the share of unanswerable questions that get none, 0 to 1; 1 if there are none
   */
  public record Row(double threshold, double kept, double caught) {}

  /** Asks every question as a customer would. */
  public static Calibration of(KnowledgeBase knowledge, List<EvaluationQuestion> questions) {
    List<Double> yes = new ArrayList<>();
    List<Double> no = new ArrayList<>();
    for (EvaluationQuestion question : questions) {
      double confidence = knowledge
          .search(new KnowledgeQuery(question.text(), question.language(), 1, Reader.CUSTOMER))
          .confidence();
      (question.isInScope() ? yes : no).add(confidence);
    }
    List<Row> rows = new ArrayList<>();
    for (int step = 1; step < STEPS; step++) {
      double threshold = step / (double) STEPS;
      rows.add(new Row(
          threshold,
          share(yes, yes.stream().filter(value -> value >= threshold).count()),
          share(no, no.stream().filter(value -> value < threshold).count())));
    }
    return new Calibration(yes.size(), no.size(), rows);
  }

  private static double share(List<Double> all, long some) {
    return all.isEmpty() ? 1 : some / (double) all.size();
  }

  /** Returns the threshold with the greatest sum of kept and caught; empty without questions of both kinds. */
  public Optional<Row> suggestion() {
    return inScope == 0 || outOfScope == 0
        ? Optional.empty()
        : thresholds.stream().max(Comparator.comparingDouble(row -> row.kept() + row.caught()));
  }

  /** Returns the thresholds as a table for people, with the suggested one marked. */
  public String table() {
    Optional<Row> suggestion = suggestion();
    StringBuilder table = new StringBuilder(String.format(
        Locale.ROOT,
        "%d questions in scope, %d out of scope%n%-9s %6s %6s%n",
        inScope,
        outOfScope,
        "threshold",
        "kept",
        "caught"));
    for (Row row : thresholds) {
      table.append(String.format(
          Locale.ROOT,
          "%9.2f %6.3f %6.3f%s%n",
          row.threshold(),
          row.kept(),
          row.caught(),
          suggestion.filter(row::equals).isPresent() ? "  <- kept + caught is greatest" : ""));
    }
    return table.toString();
  }
}
