package dev.relay.lucene;

import java.util.Locale;

/**
 * A problem in an article's file, for its author.
 *
 * @param file the file, relative to the knowledge base's folder
 * @param line the line, from 1; 0 if the problem concerns the whole file
 * @param field the front-matter field; empty if the problem concerns none
 * @param message what is wrong and what is allowed, for people
 * @param consequence what happened to the article
 */
public record ArticleProblem(
    String file, int line, String field, String message, Consequence consequence) {

  /** The consequence of a problem for its article. */
  public enum Consequence {
    /** The article cannot be found until its file is corrected. */
    LEFT_OUT,
    /** The article is served; the invalid part was ignored or guessed. */
    KEPT
  }

  static ArticleProblem leftOut(String file, int line, String field, String message) {
    return new ArticleProblem(file, line, field, message, Consequence.LEFT_OUT);
  }

  static ArticleProblem kept(String file, int line, String field, String message) {
    return new ArticleProblem(file, line, field, message, Consequence.KEPT);
  }

  /** Returns one line for people: {@code refunds.md:4: updated: must be …, this is … (left out)}. */
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
