package dev.relay.core.memory;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The search for words. It has no index: it reads everything. */
final class WordSearch {
  private static final int ALL = 1_000;

  private final State state;
  private final MemoryQueries queries;
  private final Search search;
  private final List<Search.Hit> hits = new ArrayList<>();

  WordSearch(State state, Search search) {
    this.state = state;
    this.queries = new MemoryQueries(state);
    this.search = search;
  }

  Search.Found found() {
    switch (search.subject()) {
      case CUSTOMERS -> customers();
      case MESSAGES -> messages();
      case CASES -> cases();
    }
    boolean more = hits.size() > search.limit();
    List<Search.Hit> page = more ? hits.subList(0, search.limit()) : hits;
    return new Search.Found(
        page, more ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty(), 0);
  }

  private void customers() {
    for (Map.Entry<Long, Customer> each : state.customers.downFrom(first())) {
      if (hits.size() > search.limit()) {
        return;
      }
      if (isSeen(each.getValue())) {
        search.hit(each.getKey(), Search.partsOf(each.getValue())).ifPresent(hits::add);
      }
    }
  }

  private void messages() {
    Search.Latest latest = new Search.Latest(queries::entry);
    for (Map.Entry<Long, TranscriptEntry> each : state.entries.descending()) {
      TranscriptEntry entry = each.getValue();
      if (hits.size() > search.limit()) {
        return;
      }
      if (latest.change(entry).isEmpty() && each.getKey() <= first() && isSeen(entry)) {
        search.hit(each.getKey(), latest.partsOf(entry)).ifPresent(hits::add);
      }
    }
  }

  private void cases() {
    if (search.words().number().isPresent()) {
      CaseNumber number = new CaseNumber(search.words().number().get());
      queries
          .supportCase(number)
          .filter(found -> number.value() <= first() && isSeen(found))
          .ifPresent(found -> hits.add(new Search.Hit(
              number.value(), List.of(new Search.Part("number", number.toString())))));
      return;
    }
    for (Map.Entry<Long, SupportCase> each : state.cases.downFrom(first())) {
      SupportCase found = each.getValue();
      if (hits.size() > search.limit()) {
        return;
      }
      if (isSeen(found)) {
        search
            .hit(each.getKey(), Search.partsOf(found, queries.notes(found.number(), ALL)))
            .ifPresent(hits::add);
      }
    }
  }

  private long first() {
    return search.before().map(id -> id - 1).orElse(Long.MAX_VALUE);
  }

  private boolean isSeen(Customer customer) {
    if (search.scope().hidden().isEmpty()) {
      return true;
    }
    List<Conversation> conversations = owned(state.conversationsOf, customer).stream()
        .map(id -> MemoryQueries.present(state.conversations.get(id)))
        .toList();
    List<SupportCase> cases = owned(state.casesOf, customer).stream()
        .map(id -> MemoryQueries.present(state.cases.get(id)))
        .toList();
    return (conversations.isEmpty() && cases.isEmpty())
        || conversations.stream().anyMatch(this::isSeen)
        || cases.stream().anyMatch(this::isSeen);
  }

  private static List<Long> owned(SortedTree<Keys.Owned, Long> index, Customer customer) {
    List<Long> ids = new ArrayList<>();
    for (Map.Entry<Keys.Owned, Long> each :
        index.from(new Keys.Owned(customer.id().value(), 0))) {
      if (each.getKey().owner() != customer.id().value()) {
        break;
      }
      ids.add(each.getKey().id());
    }
    return ids;
  }

  /** An announcement belongs to no conversation and is not found. */
  private boolean isSeen(TranscriptEntry entry) {
    return queries.conversation(entry.conversation()).filter(this::isSeen).isPresent();
  }

  private boolean isSeen(Conversation conversation) {
    return search.scope().sees(conversation.queue(), ConversationSearch.agentOf(conversation));
  }

  private boolean isSeen(SupportCase found) {
    return search.scope().sees(found.queue(), found.assignee());
  }
}
