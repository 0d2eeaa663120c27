package dev.relay.core.customer;

import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A person who has asked for help. Unique by channel and the channel's id of the person. Immutable.
 *
 * @param id given by the store
 * @param channel the channel they came through
 * @param externalId the channel's id of the person
 * @param displayName what agents see, untrusted
 * @param locale their language
 * @param roles what they are in the community
 * @param block why and until when they may not write, if so
 * @param firstSeenAt when they first wrote
 */
public record Customer(
    CustomerId id,
    PortId channel,
    String externalId,
    String displayName,
    Locale locale,
    Set<String> roles,
    Optional<Block> block,
    Instant firstSeenAt) {

  /** Copies the roles, so that the customer cannot change. */
  public Customer {
    roles = Set.copyOf(roles);
  }

  /**
   * A customer may not write for a while.
   *
   * @param reason for the agents
   * @param until when it ends; empty: never
   */
  public record Block(String reason, Optional<Instant> until) {}

  /** The customer as somebody who writes. */
  public Participant asParticipant() {
    return new Participant(Participant.Role.CUSTOMER, id.toString(), displayName);
  }

  /** Whether what they write is refused at that time. */
  public boolean isBlockedAt(Instant now) {
    return block.isPresent() && block.get().until().map(now::isBefore).orElse(true);
  }

  /** The same customer with what the channel knows of them now. */
  public Customer withProfile(CustomerProfile profile) {
    return new Customer(
        id,
        channel,
        externalId,
        profile.displayName(),
        profile.locale(),
        profile.roles(),
        block,
        firstSeenAt);
  }

  /** The same customer, blocked or (empty) allowed again. */
  public Customer withBlock(Optional<Block> newBlock) {
    return new Customer(id, channel, externalId, displayName, locale, roles, newBlock, firstSeenAt);
  }

  /** Without name and ids of the channel, which are personal. */
  @Override
  public String toString() {
    return "Customer[" + id + "]";
  }
}
