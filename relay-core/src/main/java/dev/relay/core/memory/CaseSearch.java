package dev.relay.core.memory;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.store.CaseFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The search for the cases that match a filter. */
final class CaseSearch {
  private final State state;
  private final CaseFilter filter;
  /** The customers who match; all if it is empty. */
  private final Set<Long> customers;

  CaseSearch(State state, CaseFilter filter) {
    this.state = state;
    this.filter = filter;
    this.customers = filter.customer().<Set<Long>>map(state::sameCustomers).orElse(Set.of());
  }

  List<SupportCase> page(Optional<CaseNumber> after, int limit) {
    long first = after.map(number -> number.value() - 1).orElse(Long.MAX_VALUE);
    List<SupportCase> found = new ArrayList<>();
    if (customers.size() == 1) {
      long customer = customers.iterator().next();
      for (Map.Entry<Keys.Owned, Long> each :
          state.casesOf.downFrom(new Keys.Owned(customer, first))) {
        if (found.size() == limit || each.getKey().owner() != customer) {
          break;
        }
        addIfFits(found, MemoryQueries.present(state.cases.get(each.getKey().id())));
      }
      return found;
    }
    for (Map.Entry<Long, SupportCase> each : state.cases.downFrom(first)) {
      if (found.size() == limit) {
        break;
      }
      addIfFits(found, each.getValue());
    }
    return found;
  }

  /** Returns the most recently changed of all matches. */
  Optional<SupportCase> latest() {
    return page(Optional.empty(), Integer.MAX_VALUE).stream()
        .max(Comparator.comparing(SupportCase::updatedAt)
            .thenComparing(supportCase -> supportCase.number().value()));
  }

  private void addIfFits(List<SupportCase> found, SupportCase supportCase) {
    if (fits(supportCase)) {
      found.add(supportCase);
    }
  }

  private boolean fits(SupportCase supportCase) {
    return (customers.isEmpty() || customers.contains(supportCase.customer().value()))
        && (filter.statuses().isEmpty() || filter.statuses().contains(supportCase.status()))
        && !(filter.awakeOnly() && supportCase.snoozedUntil().isPresent())
        && filter.scope().sees(supportCase.queue(), supportCase.assignee())
        && filter.kind().map(supportCase.kind()::equals).orElse(true)
        && filter
            .assigneeId()
            .map(id -> supportCase.assignee().map(who -> who.id().equals(id)).orElse(false))
            .orElse(true)
        && filter
            .text()
            .map(text -> CaseFilter.searchable(supportCase).contains(text.toLowerCase(Locale.ROOT)))
            .orElse(true);
  }
}
