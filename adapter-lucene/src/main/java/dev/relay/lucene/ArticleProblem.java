package dev.relay.lucene;

import java.util.Locale;

/**
 * Something in an article's file that its author should look at.
 *
 * @param file the file, relative to the knowledge base's folder
 * @param line where in the file, from 1; 0 where the file as a whole is meant
 * @param field the front-matter field, or empty where none is meant
 * @param message what is wrong and what is allowed, for people
 * @param consequence what became of the article
 */
public record ArticleProblem(
    String file, int line, String field, String message, Consequence consequence) {

  /** What became of an article with a problem. */
  public enum Consequence {
    /** The article cannot be found until its file is put right. */
    LEFT_OUT,
    /** The article is served; what is wrong was ignored or guessed. */
    KEPT
  }

  static ArticleProblem leftOut(String file, int line, String field, String message) {
    return new ArticleProblem(file, line, field, message, Consequence.LEFT_OUT);
  }

  static ArticleProblem kept(String file, int line, String field, String message) {
    return new ArticleProblem(file, line, field, message, Consequence.KEPT);
  }

  /** One line for people: {@code refunds.md:4: updated: must be …, this is … (left out)}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + (field.isEmpty() ? "" : field + ": ")
        + message
        + " ("
        + consequence.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ")";
  }
}
