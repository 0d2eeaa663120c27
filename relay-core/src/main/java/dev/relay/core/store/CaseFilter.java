package dev.relay.core.store;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CustomerId;
import dev.relay.core.team.Team;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A filter of cases; each condition that is empty allows all.
 *
 * @param statuses the allowed statuses
 * @param kind the kind
 * @param customer the customer, and all who are the same
 * @param assigneeId the id of the assigned agent
 * @param scope what the reader may see
 * @param text contained in the number, subject, description or tags, ignoring letter case; at most 200 characters
 * @param awakeOnly leaves out the cases that are put aside
 */
public record CaseFilter(
    Set<CaseStatus> statuses,
    Optional<CaseKind> kind,
    Optional<CustomerId> customer,
    Optional<String> assigneeId,
    Team.Scope scope,
    Optional<String> text,
    boolean awakeOnly) {

  /** Creates a filter of everything that anybody may see, with cases that are put aside. */
  public CaseFilter(
      Set<CaseStatus> statuses,
      Optional<CaseKind> kind,
      Optional<CustomerId> customer,
      Optional<String> assigneeId,
      Optional<String> text) {
    this(statuses, kind, customer, assigneeId, Team.Scope.ALL, text, false);
  }

  /** Returns this filter without the cases that are put aside. */
  public CaseFilter awake() {
    return new CaseFilter(statuses, kind, customer, assigneeId, scope, text, true);
  }

  /** Returns this filter for a reader who may see that. */
  public CaseFilter within(Team.Scope newScope) {
    return new CaseFilter(statuses, kind, customer, assigneeId, newScope, text, awakeOnly);
  }

  /** Copies the statuses, so that the filter cannot change. */
  public CaseFilter {
    statuses = Set.copyOf(statuses);
  }

  /** Returns the filter for all cases. */
  public static CaseFilter any() {
    return new CaseFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the filter for all cases of a customer. */
  public static CaseFilter of(CustomerId customer) {
    return new CaseFilter(
        Set.of(), Optional.empty(), Optional.of(customer), Optional.empty(), Optional.empty());
  }

  /**
   * Returns the text in which {@link #text} is searched, in lower case: the number as {@code #1042}, subject, description and
   * tags. Stores that keep it beside the case find text in any alphabet, regardless of their own comparison rules.
   */
  public static String searchable(SupportCase supportCase) {
    StringBuilder all = new StringBuilder().append(supportCase.number());
    all.append('\n').append(supportCase.subject());
    all.append('\n').append(supportCase.description());
    new TreeSet<>(supportCase.tags()).forEach(tag -> all.append('\n').append(tag));
    return all.toString().toLowerCase(Locale.ROOT);
  }
}
