package dev.relay.core.customer;

import dev.relay.core.customer.CustomerProfile.Detail;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import java.time.Instant;
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

  /** Copies the roles, so that the customer cannot change. */
  public Customer {
    roles = Set.copyOf(roles);
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
  public record Merge(
      CustomerId into, CustomerId head, Participant by, Instant at, String reason) {}

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
}
