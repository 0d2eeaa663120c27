package dev.relay.core.customer;

import dev.relay.core.customer.Customer.Block;
import dev.relay.core.customer.Customer.Merge;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All customers who are one and the same: a tree, in which each was merged into another one, up to the head. Immutable.
 *
 * @param members the customers, at least one
 */
public record SameCustomer(List<Customer> members) {
  /** The most customers who can be the same: as many addresses as anybody has. */
  public static final int MAX = 20;

  /** Copies the list; refuses an empty one. */
  public SameCustomer {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("nobody is the same as nobody");
    }
  }

  /** Returns the customer who stands for all. */
  public Customer head() {
    return members.stream()
        .filter(it -> it.merge().isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no head among " + members));
  }

  /** Checks whether a customer is among them. */
  public boolean contains(CustomerId id) {
    return members.stream().anyMatch(it -> it.id().equals(id));
  }

  /**
   * Merges all of them with others. A block of one is a block of all, and the one that ends later counts.
   *
   * @param duplicate the customer among these who is merged, who must be their head: nobody decides about others by the way
   * @param into the customer among the others with whom they are merged
   * @param others the others, whose head stands for all afterwards
   * @return the customers who changed, or why nothing changed
   */
  public MergeResult mergeInto(
      CustomerId duplicate,
      CustomerId into,
      SameCustomer others,
      Participant by,
      Instant at,
      String reason) {
    if (duplicate.equals(into)) {
      return new MergeResult.Refused("into", "a customer cannot be merged with themselves");
    }
    if (contains(into)) {
      return new MergeResult.Merged(others.head(), List.of());
    }
    if (!duplicate.equals(head().id())) {
      return new MergeResult.Refused(
          "customer",
          "customer " + duplicate + " was merged into customer " + head().id()
              + "; merge that one instead");
    }
    if (reason.isBlank() || reason.length() > Customers.MAX_REASON) {
      return new MergeResult.Refused(
          "reason", "a reason must have 1 to " + Customers.MAX_REASON + " characters");
    }
    if (members.size() + others.members.size() > MAX) {
      return new MergeResult.Refused("into", "at most " + MAX + " customers can be merged");
    }
    CustomerId newHead = others.head().id();
    List<Customer> all = new ArrayList<>();
    for (Customer each : members) {
      Merge merge = each.merge()
          .map(it -> new Merge(it.into(), newHead, it.by(), it.at(), it.reason()))
          .orElseGet(() -> new Merge(newHead, newHead, by, at, reason.strip()));
      all.add(each.withMerge(Optional.of(merge)));
    }
    all.addAll(others.members);
    Optional<Block> block =
        all.stream().map(Customer::block).reduce(Optional.empty(), Block::stricter);
    List<Customer> changed = new ArrayList<>();
    for (Customer each : all) {
      Customer blocked = each.withBlock(block);
      if (contains(each.id()) || !blocked.equals(each)) {
        changed.add(blocked);
      }
    }
    Customer remaining = others.head().withBlock(block);
    return new MergeResult.Merged(remaining, changed);
  }

  /** Returns the customers who leave with a customer who is separated: those who were merged into them before. */
  public Set<CustomerId> branchOf(CustomerId separated) {
    Set<CustomerId> branch = new HashSet<>(Set.of(separated));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Customer each : members) {
        boolean follows = each.merge().filter(it -> branch.contains(it.into())).isPresent();
        grew |= follows && branch.add(each.id());
      }
    }
    return branch;
  }

  /** Returns the customers who change when one of them is separated from the others; none if they were not merged. */
  public List<Customer> separate(CustomerId separated) {
    Optional<Customer> found =
        members.stream().filter(it -> it.id().equals(separated)).findFirst();
    if (found.flatMap(Customer::merge).isEmpty()) {
      return List.of();
    }
    Set<CustomerId> branch = branchOf(separated);
    return members.stream()
        .filter(it -> branch.contains(it.id()))
        .map(it -> it.id().equals(separated)
            ? it.withMerge(Optional.empty())
            : it.withMerge(it.merge()
                .map(merge ->
                    new Merge(merge.into(), separated, merge.by(), merge.at(), merge.reason()))))
        .toList();
  }

  /** Returns all of them blocked or, if empty, allowed to write again. */
  public List<Customer> withBlock(Optional<Block> block) {
    return members.stream().map(it -> it.withBlock(block)).toList();
  }
}
