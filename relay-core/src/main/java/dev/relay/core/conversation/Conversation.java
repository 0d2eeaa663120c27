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

  /** Returns the conversation as the store has it after a save. */
  public Conversation withVersion(long newVersion) {
    Copy copy = new Copy(this);
    copy.version = newVersion;
    return copy.made();
  }

  Conversation handledBy(
      Handling newHandling, Instant newLastActivityAt, Optional<Instant> newWakeAt) {
    Copy copy = new Copy(this);
    copy.handling = newHandling;
    copy.lastActivityAt = newLastActivityAt;
    copy.wakeAt = newWakeAt;
    return copy.made();
  }

  Conversation about(CaseNumber number) {
    Copy copy = new Copy(this);
    copy.supportCase = Optional.of(number);
    return copy.made();
  }

  Conversation resolvedAs(Resolution newResolution) {
    Copy copy = new Copy(this);
    copy.resolution = newResolution;
    return copy.made();
  }

  /** A copy in the making: what can change about a conversation, by name. */
  private static final class Copy {
    private final Conversation original;
    private Handling handling;
    private Optional<CaseNumber> supportCase;
    private Resolution resolution;
    private Instant lastActivityAt;
    private Optional<Instant> wakeAt;
    private long version;

    private Copy(Conversation original) {
      this.original = original;
      this.handling = original.handling;
      this.supportCase = original.supportCase;
      this.resolution = original.resolution;
      this.lastActivityAt = original.lastActivityAt;
      this.wakeAt = original.wakeAt;
      this.version = original.version;
    }

    private Conversation made() {
      return new Conversation(
          original.id,
          original.customer,
          original.address,
          original.locale,
          handling,
          original.route,
          supportCase,
          resolution,
          original.openedAt,
          lastActivityAt,
          wakeAt,
          version);
    }
  }

  /** Without the customer's address, which may be personal. */
  @Override
  public String toString() {
    return "Conversation[" + id + " " + state() + "]";
  }
}
