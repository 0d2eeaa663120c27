package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.id.CustomerId;
import dev.relay.core.store.ConversationFilter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Customers that are changed through the committer, so that a block and a message do not overtake each other. */
final class CommittedCustomers implements Customers {
  private final Committer committer;

  CommittedCustomers(Committer committer) {
    this.committer = committer;
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
      Optional<Customer> changed =
          transaction.customer(customer).map(found -> found.withBlock(block));
      changed.ifPresent(saved -> {
        transaction.save(saved);
        transaction
            .conversations(
                new ConversationFilter(Set.of(), Optional.empty(), Optional.of(saved.id()), true),
                Optional.empty(),
                1)
            .stream()
            .map(Conversation::id)
            .forEach(changes::touched);
      });
      return changed;
    });
  }
}
