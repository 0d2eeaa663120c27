package dev.relay.http.view;

import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.Search;
import dev.relay.http.web.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views of what a search found. Stateless. */
public final class SearchViews {
  /** The longest excerpt of a text, in UTF-16 units: three lines of the desk. */
  private static final int MAX_EXCERPT = 240;
  /** The parts that are shown of one hit: a case may have a thousand notes. */
  private static final int MAX_PARTS = 3;

  private SearchViews() {}

  /** The answer to a search. */
  public record Result(List<Group> groups) {}

  /**
   * The hits in one subject.
   *
   * @param next the value of {@code cursor} for the next page; null on the last page
   * @param notIndexed how much was not searched, because the index is still being written after an upgrade
   */
  public record Group(String in, List<Hit> items, @Nullable String next, long notIndexed) {}

  /**
   * A customer, message or case.
   *
   * @param conversationId the message's conversation, or the latest of the customer that the agent may see
   * @param entryId the message's id within its conversation
   * @param at the time of the message
   * @param author the author of the message
   * @param supportCase the case
   */
  public record Hit(
      String id,
      Views.@Nullable CustomerView customer,
      @Nullable String conversationId,
      @Nullable String entryId,
      @Nullable String at,
      @Nullable Author author,
      boolean internal,
      Views.@Nullable CaseItem supportCase,
      List<Match> matches) {}

  /** The author of a message. */
  public record Author(String role, String name) {}

  /**
   * A part of a text that has words of the search.
   *
   * @param places the places of the words, in UTF-16 units of this text
   */
  public record Match(String field, String text, List<Search.Place> places) {}

  /** Returns the hits in one subject. */
  public static Group group(Queries queries, Search search, Search.Found found) {
    return new Group(
        Texts.lower(search.subject()),
        found.hits().stream()
            .map(hit -> DeskViews.ifReadable(() -> Optional.of(hit(queries, search, hit))))
            .flatMap(Optional::stream)
            .toList(),
        found.next().map(id -> Long.toString(id)).orElse(null),
        found.waiting());
  }

  private static Hit hit(Queries queries, Search search, Search.Hit hit) {
    List<Match> matches = hit.parts().stream()
        .limit(MAX_PARTS)
        .map(part -> match(search.words(), part))
        .toList();
    return switch (search.subject()) {
      case CUSTOMERS -> customer(queries, search, new CustomerId(hit.id()), matches);
      case MESSAGES -> message(queries, new EntryId(hit.id()), matches);
      case CASES -> supportCase(queries, new CaseNumber(hit.id()), matches);
    };
  }

  private static Match match(Search.Words words, Search.Part part) {
    Search.Marked marked = words.marked(part.text(), MAX_EXCERPT);
    return new Match(part.field(), marked.text(), marked.places());
  }

  private static Hit customer(Queries queries, Search search, CustomerId id, List<Match> matches) {
    Customer customer = queries.customer(id).orElseThrow();
    ConversationFilter filter =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(id), search.scope(), true);
    return new Hit(
        id.toString(),
        Views.CustomerView.of(customer),
        queries.conversations(filter, Optional.empty(), 1).stream()
            .map(found -> found.id().toString())
            .findFirst()
            .orElse(null),
        null,
        null,
        null,
        false,
        null,
        matches);
  }

  private static Hit message(Queries queries, EntryId id, List<Match> matches) {
    TranscriptEntry entry = queries.entry(id).orElseThrow();
    return new Hit(
        id.toString(),
        queries
            .conversation(entry.conversation())
            .map(found -> DeskViews.customer(queries, found.customer()))
            .orElse(null),
        entry.conversation().toString(),
        id.toString(),
        entry.at().toString(),
        author(entry.content())
            .map(author -> new Author(Texts.lower(author.role()), Views.nameOf(author)))
            .orElse(null),
        entry.content() instanceof EntryContent.Whispered,
        null,
        matches);
  }

  private static Optional<Participant> author(EntryContent content) {
    if (content instanceof EntryContent.Said said) {
      return Optional.of(said.author());
    } else if (content instanceof EntryContent.Whispered whispered) {
      return Optional.of(whispered.author());
    } else if (content instanceof EntryContent.Rated rated) {
      return Optional.of(rated.author());
    }
    return Optional.empty();
  }

  private static Hit supportCase(Queries queries, CaseNumber number, List<Match> matches) {
    Views.CaseItem item =
        DeskViews.caseItem(queries, queries.supportCase(number).orElseThrow());
    return new Hit(item.number(), item.customer(), null, null, null, null, false, item, matches);
  }
}
