package dev.relay.core.knowledge;

import dev.relay.core.id.ArticleId;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One article of the knowledge base in one language. Immutable.
 *
 * @param id the article's name; unique together with the language
 * @param language the language it is written in
 * @param title one line; may be empty in imported data
 * @param questions other wordings of the question that it answers
 * @param tags the operator's own labels
 * @param audience its readers; only {@link Audience#PUBLIC} ever leaves through the virtual agent
 * @param updated the day of the last check, if the author states it
 * @param url the address where people can read it, if it is published
 * @param draft whether it is unfinished; a draft is never shown to a customer
 * @param body the text as Markdown
 */
public record Article(
    ArticleId id,
    Locale language,
    String title,
    List<String> questions,
    Set<String> tags,
    Audience audience,
    Optional<LocalDate> updated,
    Optional<String> url,
    boolean draft,
    String body) {

  /** Copies the collections, so that the article cannot change. */
  public Article {
    questions = List.copyOf(questions);
    tags = Set.copyOf(tags);
  }

  /** The readers of an article. */
  public enum Audience {
    /** Customers and live agents. */
    PUBLIC,
    /** Live agents only. */
    INTERNAL
  }

  /** Returns whether a customer may see the article. */
  public boolean isForCustomers() {
    return audience == Audience.PUBLIC && !draft;
  }
}
