package dev.relay.core.engine;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Customers that are changed through the committer, so that a block and a message do not overtake each other. */
final class CommittedCustomers implements Customers {
  /** The newest conversations that the desk reads again after a change of their customer. */
  private static final int MAX_TOUCHED = 100;

  private static final int PAGE = 500;
  private static final int MAX_SHARED = 10;

  private final Committer committer;
  private final InstantSource clock;

  CommittedCustomers(Committer committer, InstantSource clock) {
    this.committer = committer;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Optional<Customer>> block(
      CustomerId customer, Optional<Customer.Block> block) {
    if (block.isPresent()
        && (block.get().reason().isBlank() || block.get().reason().length() > MAX_REASON)) {
      return CompletableFuture.failedFuture(new IllegalArgumentException(
          "a block needs a reason of 1 to " + MAX_REASON + " characters"));
    }
    return committer.submit((transaction, changes) -> {
      Optional<Customer.Same> same = same(customer, transaction);
      same.ifPresent(found -> {
        found.withBlock(block).forEach(transaction::save);
        touch(customer, transaction, changes);
      });
      Optional<Customer> changed = same.flatMap(found -> transaction.customer(customer));
      return changed;
    });
  }

  @Override
  public CompletableFuture<MergeResult> merge(
      CustomerId duplicate, CustomerId into, Participant actor, String reason) {
    return committer.submit((transaction, changes) -> {
      Optional<Customer.Same> same = same(duplicate, transaction);
      if (same.isEmpty()) {
        return new MergeResult.UnknownCustomer(duplicate);
      }
      Optional<Customer.Same> others = same(into, transaction);
      if (others.isEmpty()) {
        return new MergeResult.UnknownCustomer(into);
      }
      MergeResult result =
          same.get().mergeInto(duplicate, into, others.get(), actor, clock.instant(), reason);
      return saved(result, into, transaction, changes);
    });
  }

  @Override
  public CompletableFuture<MergeResult> separate(CustomerId customer) {
    return committer.submit((transaction, changes) -> {
      Optional<Customer.Same> same = same(customer, transaction);
      if (same.isEmpty()) {
        return new MergeResult.UnknownCustomer(customer);
      }
      List<Customer> separated = same.get().separate(customer);
      if (separated.isEmpty() && same.get().members().size() > 1) {
        return new MergeResult.Refused(
            "customer",
            "the others were merged into customer " + customer
                + "; separate the one who was merged");
      }
      Set<CustomerId> branch = same.get().branchOf(customer);
      List<CaseNumber> shared =
          separated.isEmpty() ? List.of() : shared(customer, branch, transaction);
      if (!shared.isEmpty()) {
        return new MergeResult.Refused(
            "customer",
            "cases " + shared + " have to do with both; what was said in them cannot be divided");
      }
      touch(customer, transaction, changes);
      MergeResult result = new MergeResult.Merged(
          separated.stream()
              .filter(it -> it.id().equals(customer))
              .findFirst()
              .orElse(same.get().head()),
          separated);
      return saved(result, customer, transaction, changes);
    });
  }

  private static MergeResult saved(
      MergeResult result, CustomerId customer, Transaction transaction, Changes changes) {
    if (result instanceof MergeResult.Merged merged && !merged.changed().isEmpty()) {
      merged.changed().forEach(transaction::save);
      touch(customer, transaction, changes);
    }
    return result;
  }

  private static Optional<Customer.Same> same(CustomerId customer, Queries queries) {
    List<Customer> members = queries.sameCustomers(customer);
    return members.isEmpty() ? Optional.empty() : Optional.of(new Customer.Same(members));
  }

  /** Lets the desk read the conversations again that show the customer. */
  private static void touch(CustomerId customer, Queries queries, Changes changes) {
    queries
        .conversations(
            new ConversationFilter(Set.of(), Optional.empty(), Optional.of(customer), true),
            Optional.empty(),
            MAX_TOUCHED)
        .stream()
        .map(Conversation::id)
        .forEach(changes::touched);
  }

  /** Returns the cases that have to do with customers of the branch and with others, at most a few. */
  private static List<CaseNumber> shared(
      CustomerId customer, Set<CustomerId> branch, Queries queries) {
    List<CaseNumber> shared = new ArrayList<>();
    Optional<CaseNumber> after = Optional.empty();
    List<SupportCase> page;
    do {
      page = queries.cases(CaseFilter.of(customer), after, PAGE);
      for (SupportCase each : page) {
        Set<Boolean> sides =
            concerned(each, queries).map(branch::contains).collect(Collectors.toSet());
        if (sides.size() > 1) {
          shared.add(each.number());
        }
        if (shared.size() == MAX_SHARED) {
          return shared;
        }
        after = Optional.of(each.number());
      }
    } while (page.size() == PAGE);
    return shared;
  }

  private static Stream<CustomerId> concerned(SupportCase supportCase, Queries queries) {
    Stream<CustomerId> ofMerge = supportCase
        .merge()
        .flatMap(merge -> queries.supportCase(merge.into()))
        .map(SupportCase::customer)
        .stream();
    Stream<CustomerId> ofConversations = supportCase.conversations().stream()
        .flatMap(id -> queries.conversation(id).stream())
        .map(Conversation::customer);
    return Stream.of(Stream.of(supportCase.customer()), ofMerge, ofConversations)
        .flatMap(each -> each);
  }
}
