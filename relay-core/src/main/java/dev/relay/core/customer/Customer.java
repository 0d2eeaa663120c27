package dev.relay.core.customer;

import dev.relay.core.customer.CustomerProfile.Detail;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A person who has asked for help. Unique by channel and the channel's id of the customer. Immutable.
 *
 * @param id assigned by the store
 * @param channel the channel they came through
 * @param externalId the channel's id of the customer
 * @param displayName the name that live agents see, untrusted
 * @param locale their language
 * @param roles their roles in the community
 * @param block the reason and end of a block, if they are blocked
 * @param firstSeenAt the time of their first message
 * @param toldOfCases whether they want to be notified of what happens to their cases, here
 * @param merge the customer with whom they turned out to be one and the same, if they did
 */
public record Customer(
    CustomerId id,
    PortId channel,
    String externalId,
    String displayName,
    Locale locale,
    Set<String> roles,
    Optional<Block> block,
    Instant firstSeenAt,
    boolean toldOfCases,
    Optional<Merge> merge) {
  /** What replaces a text that was erased and cannot be absent. */
  public static final String ERASED_TEXT = "—";

  /** The beginning of the ids that replace erased ones; a number follows. */
  public static final String ERASED = "erased:";

  /** Copies the roles, so that the customer cannot change, and makes the texts well-formed. */
  public Customer {
    externalId = Cut.wellFormed(externalId);
    displayName = Cut.wellFormed(displayName);
    roles = Cut.wellFormed(roles);
  }

  /** Creates a customer who is notified of what happens to their cases. */
  public Customer(
      CustomerId id,
      PortId channel,
      String externalId,
      String displayName,
      Locale locale,
      Set<String> roles,
      Optional<Block> block,
      Instant firstSeenAt) {
    this(
        id,
        channel,
        externalId,
        displayName,
        locale,
        roles,
        block,
        firstSeenAt,
        true,
        Optional.empty());
  }

  /**
   * The merge of a customer with another one: both are the same from then on, and each keeps their channel, profile and addresses.
   *
   * @param into the customer with whom this one was merged
   * @param head the customer who stands for all who are the same; {@code into}, unless that one was merged as well
   * @param by the live agent or program that merged them
   * @param at the time
   * @param reason the reason, 1 to {@link Customers#MAX_REASON} characters, untrusted
   */
  public record Merge(CustomerId into, CustomerId head, Participant by, Instant at, String reason) {
    /** Makes the reason well-formed. */
    public Merge {
      reason = Cut.wellFormed(reason);
    }
  }

  /** Returns the customer who stands for all who are the same as this one; themselves, unless they were merged. */
  public CustomerId head() {
    return merge.map(Merge::head).orElse(id);
  }

  /**
   * A block, during which the customer may not write.
   *
   * @param reason the reason, for live agents
   * @param until the end of the block; empty if it has none
   */
  public record Block(String reason, Optional<Instant> until) {
    /** Makes the reason well-formed. */
    public Block {
      reason = Cut.wellFormed(reason);
    }

    /** Returns the block that ends later; of two that end together the first. */
    static Optional<Block> stricter(Optional<Block> one, Optional<Block> other) {
      if (one.isEmpty() || other.isEmpty()) {
        return one.or(() -> other);
      }
      Instant end = one.get().until().orElse(Instant.MAX);
      return other.get().until().orElse(Instant.MAX).isAfter(end) ? other : one;
    }
  }

  /** Returns the customer as the author of messages. */
  public Participant asParticipant() {
    return new Participant(Participant.Role.CUSTOMER, id.toString(), displayName);
  }

  /** Returns whether the customer's messages are refused at that time. */
  public boolean isBlockedAt(Instant now) {
    return block.isPresent() && block.get().until().map(now::isBefore).orElse(true);
  }

  /** Returns the customer with the channel's current profile of them; what the profile does not know stays as it is. */
  public Customer withProfile(CustomerProfile profile) {
    return new Customer(
        id,
        channel,
        externalId,
        profile.knows(Detail.NAME) ? profile.displayName() : displayName,
        profile.knows(Detail.LOCALE) ? profile.locale() : locale,
        profile.knows(Detail.ROLES) ? profile.roles() : roles,
        block,
        firstSeenAt,
        toldOfCases,
        merge);
  }

  /** Returns the customer blocked or, if empty, allowed to write again. */
  public Customer withBlock(Optional<Block> newBlock) {
    return with(newBlock, toldOfCases, merge);
  }

  /**
   * Returns what remains of the customer when their data are erased: the number, the channel, the language and the time. Whoever writes
   * under the old id of the channel afterwards is a new customer.
   */
  public Customer erased() {
    return new Customer(
        id,
        channel,
        ERASED + id,
        "#" + id,
        locale,
        Set.of(),
        Optional.empty(),
        firstSeenAt,
        false,
        merge.map(it -> new Merge(it.into(), it.head(), it.by(), it.at(), ERASED_TEXT)));
  }

  /** Checks whether the customer's data were erased. */
  public boolean isErased() {
    return externalId.equals(ERASED + id);
  }

  /** Returns the customer with their wish to be notified of what happens to their cases, or not to be. */
  public Customer toldOfCases(boolean wanted) {
    return with(block, wanted, merge);
  }

  Customer withMerge(Optional<Merge> newMerge) {
    return with(block, toldOfCases, newMerge);
  }

  private Customer with(Optional<Block> newBlock, boolean wanted, Optional<Merge> newMerge) {
    return new Customer(
        id,
        channel,
        externalId,
        displayName,
        locale,
        roles,
        newBlock,
        firstSeenAt,
        wanted,
        newMerge);
  }

  /** Leaves out the name and the channel's ids, which are personal. */
  @Override
  public String toString() {
    return "Customer[" + id + "]";
  }

  /**
   * All customers who are one and the same: a tree, in which each was merged into another one, up to the head. Immutable.
   *
   * @param members the customers, at least one
   */
  public record Same(List<Customer> members) {
    /** The most customers who can be the same: as many addresses as anybody has. */
    public static final int MAX = 20;

    /** Copies the list; refuses an empty one. */
    public Same {
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
        Same others,
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
          boolean follows =
              each.merge().filter(it -> branch.contains(it.into())).isPresent();
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
}
