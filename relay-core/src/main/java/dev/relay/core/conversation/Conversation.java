package dev.relay.core.conversation;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.routing.Route;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One talk between a customer and whoever serves them. Immutable; {@link #decide} is the only way on.
 *
 * @param id given by the store
 * @param customer whose it is
 * @param address where the customer is
 * @param locale the customer's language
 * @param handling who has it
 * @param route what routing decided when it began
 * @param supportCase its case, once one was opened or taken up
 * @param resolution what became of it
 * @param openedAt when it began
 * @param lastActivityAt when somebody last wrote
 * @param wakeAt when a timer is due for it
 * @param version grows with every save; 0: never saved
 */
public record Conversation(
    ConversationId id,
    CustomerId customer,
    CustomerAddress address,
    Locale locale,
    Handling handling,
    Route route,
    Optional<CaseNumber> supportCase,
    Resolution resolution,
    Instant openedAt,
    Instant lastActivityAt,
    Optional<Instant> wakeAt,
    long version) {

  /** A conversation that begins now, with the virtual agent until it decides its first event. */
  public static Conversation begin(
      ConversationId id,
      CustomerId customer,
      CustomerAddress address,
      Locale locale,
      Route route,
      Instant now) {
    return new Conversation(
        id,
        customer,
        address,
        locale,
        new Handling.Bot(0),
        route,
        Optional.empty(),
        Resolution.NONE,
        now,
        now,
        Optional.empty(),
        0);
  }

  /** What the conversation makes of an event: a pure function of the three. Every event is answered in every state. */
  public Decision decide(Event event, Context context) {
    return Behaviour.of(this, context).on(event);
  }

  /** The name of its state. */
  public ConversationState state() {
    return handling.state();
  }

  /** Whether it has never been saved. */
  public boolean isNew() {
    return version == 0;
  }

  /** The same conversation as the store has it after a save. */
  public Conversation withVersion(long newVersion) {
    return new Conversation(
        id,
        customer,
        address,
        locale,
        handling,
        route,
        supportCase,
        resolution,
        openedAt,
        lastActivityAt,
        wakeAt,
        newVersion);
  }

  Conversation handledBy(
      Handling newHandling, Instant newLastActivityAt, Optional<Instant> newWakeAt) {
    return new Conversation(
        id,
        customer,
        address,
        locale,
        newHandling,
        route,
        supportCase,
        resolution,
        openedAt,
        newLastActivityAt,
        newWakeAt,
        version);
  }

  Conversation about(CaseNumber number) {
    return new Conversation(
        id,
        customer,
        address,
        locale,
        handling,
        route,
        Optional.of(number),
        resolution,
        openedAt,
        lastActivityAt,
        wakeAt,
        version);
  }

  Conversation resolvedAs(Resolution newResolution) {
    return new Conversation(
        id,
        customer,
        address,
        locale,
        handling,
        route,
        supportCase,
        newResolution,
        openedAt,
        lastActivityAt,
        wakeAt,
        version);
  }

  /** Without the customer's address, which may be personal. */
  @Override
  public String toString() {
    return "Conversation[" + id + " " + state() + "]";
  }
}
