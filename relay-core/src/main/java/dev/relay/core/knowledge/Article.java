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
 * @param id what it is called; unique together with the language
 * @param language the language it is written in
 * @param title one line; may be empty in imported data
 * @param questions other wordings under which people ask for it
 * @param tags the operator's own labels
 * @param audience who may read it; only {@link Audience#PUBLIC} ever leaves through the virtual agent
 * @param updated when it was last checked, if the author says so
 * @param url where people can read it, if it stands anywhere
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

  /** Who may read an article. */
  public enum Audience {
    /** Customers and agents. */
    PUBLIC,
    /** Agents only. */
    INTERNAL
  }

  /** Whether a customer may see it. */
  public boolean isForCustomers() {
    return audience == Audience.PUBLIC && !draft;
  }
}
