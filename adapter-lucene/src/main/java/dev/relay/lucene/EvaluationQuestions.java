package dev.relay.lucene;

import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.lucene.evaluation.Calibration;
import dev.relay.lucene.evaluation.Evaluation;
import dev.relay.lucene.evaluation.EvaluationQuestion;
import dev.relay.lucene.evaluation.QuestionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Questions whose right articles are known, to measure a knowledge base with. Immutable. */
public final class EvaluationQuestions {
  private final List<EvaluationQuestion> questions;

  private EvaluationQuestions(List<EvaluationQuestion> questions) {
    this.questions = questions;
  }

  /** Reports a file of questions that cannot be read; the message lists the invalid lines with their numbers. */
  public static final class InvalidFile extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidFile(QuestionFile.Invalid cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Reads a file of JSON Lines, one object per line: {@code {"text": "…", "lang": "en", "articles": ["id"]}}. An empty list of articles
   * means that no article answers the question; {@code lang} is English if it is missing. Reads at most 200,000 questions.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidFile if any line is invalid; half a file is not measured
   */
  public static EvaluationQuestions read(Path file) throws IOException, InvalidFile {
    try {
      return new EvaluationQuestions(QuestionFile.read(file));
    } catch (QuestionFile.Invalid e) {
      throw new InvalidFile(e);
    }
  }

  /** Asks all questions as a customer would, and returns a table of how well they are answered, per language. */
  public String evaluate(KnowledgeBase knowledge) {
    return Evaluation.of(knowledge, questions).table();
  }

  /**
   * Asks all questions as a customer would, and returns a table that shows for each threshold of confidence how many questions keep
   * their articles and how many unanswerable ones are caught.
   */
  public String calibrate(KnowledgeBase knowledge) {
    return Calibration.of(knowledge, questions).table();
  }
}
