package dev.relay.core.store;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CustomerId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cases are wanted.
 *
 * @param statuses in one of these statuses; empty means any
 * @param kind of this kind
 * @param customer of this customer
 * @param assigneeId assigned to this agent
 * @param text whose number, subject, description or tags contain this, letter case aside; at most 200 characters
 */
public record CaseFilter(
    Set<CaseStatus> statuses,
    Optional<CaseKind> kind,
    Optional<CustomerId> customer,
    Optional<String> assigneeId,
    Optional<String> text) {

  /** Copies the statuses, so that the filter cannot change. */
  public CaseFilter {
    statuses = Set.copyOf(statuses);
  }

  /** All cases. */
  public static CaseFilter any() {
    return new CaseFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** All cases of a customer. */
  public static CaseFilter of(CustomerId customer) {
    return new CaseFilter(
        Set.of(), Optional.empty(), Optional.of(customer), Optional.empty(), Optional.empty());
  }

  /**
   * What {@link #text} is searched in, in lower case: the number as {@code #1042}, subject, description and tags. Stores that
   * keep it beside the case find what is written in any alphabet, whatever their own rules of comparison are.
   */
  public static String searchable(SupportCase supportCase) {
    StringBuilder all = new StringBuilder().append(supportCase.number());
    all.append('\n').append(supportCase.subject());
    all.append('\n').append(supportCase.description());
    new TreeSet<>(supportCase.tags()).forEach(tag -> all.append('\n').append(tag));
    return all.toString().toLowerCase(Locale.ROOT);
  }
}
