package dev.relay.core.conversation;

import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A conversation between a customer and the virtual agent or live agents. Immutable; it changes through {@link #decide} only.
 *
 * @param id assigned by the store
 * @param customer the customer
 * @param address the place where the customer can be reached
 * @param locale the customer's language, which follows the customer's own until the conversation is closed
 * @param handling the state, with the facts that only that state has
 * @param route the result of routing when it began
 * @param queue the queue whose agents see it: the one in which it waits or waited last, at first that of its route
 * @param supportCase its case, once one was opened or reopened
 * @param resolution its result
 * @param openedAt when it began
 * @param lastActivityAt when a message was last written
 * @param wakeAt when its timer is due
 * @param version grows with every save; 0 if it was never saved
 */
public record Conversation(
    ConversationId id,
    CustomerId customer,
    CustomerAddress address,
    Locale locale,
    Handling handling,
    Route route,
    QueueName queue,
    Optional<CaseNumber> supportCase,
    Resolution resolution,
    Instant openedAt,
    Instant lastActivityAt,
    Optional<Instant> wakeAt,
    long version) {

  /** Creates a conversation in the queue of its state, or of its route if its state has none. */
  public Conversation(
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
    this(
        id,
        customer,
        address,
        locale,
        handling,
        route,
        queueOf(handling).orElse(route.queue()),
        supportCase,
        resolution,
        openedAt,
        lastActivityAt,
        wakeAt,
        version);
  }

  /** Begins a conversation. It is in state {@code BOT} until it decides its first event. */
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

  /**
   * Decides what follows from an event: a pure function of conversation, event and context. Every event is answered in every
   * state.
   */
  public Decision decide(Event event, Context context) {
    return Behaviour.of(this, context).on(event);
  }

  /**
   * Returns whether a message rates this conversation in words, so that it begins no new one: the conversation has ended, Relay has asked
   * for a rating or thanked for one within a day, and the whole message is the answer.
   *
   * @param recent the last entries of this conversation, oldest first
   */
  public boolean isRatedBy(
      CustomerEvent.CustomerWrote message, List<TranscriptEntry> recent, Instant now) {
    return state() == ConversationState.CLOSED
        && RatingInWords.answer(message, recent, now).isPresent();
  }

  /** Returns whether a message could rate a conversation in words, whatever was said before. */
  public static boolean mayRate(CustomerEvent.CustomerWrote message) {
    return RatingInWords.in(message.body()).isPresent();
  }

  /** Returns the name of its state. */
  public ConversationState state() {
    return handling.state();
  }

  /** Returns whether it has never been saved. */
  public boolean isNew() {
    return version == 0;
  }

  /** Returns the conversation as the store has it after a save. */
  public Conversation withVersion(long newVersion) {
    Copy copy = new Copy(this);
    copy.version = newVersion;
    return copy.made();
  }

  /**
   * Returns what remains of a closed conversation when its customer's data are erased: nobody is reached at its address, and a customer
   * who ended it has no name.
   *
   * @throws IllegalStateException if it is not closed
   */
  public Conversation erased() {
    if (!(handling instanceof Handling.Closed closed)) {
      throw new IllegalStateException("conversation " + id + " has not ended");
    }
    Participant by = closed.by().role() == Participant.Role.CUSTOMER
        ? new Participant(Participant.Role.CUSTOMER, customer.toString(), "#" + customer)
        : closed.by();
    Copy copy = new Copy(this);
    copy.address = new CustomerAddress(address.channel(), Customer.ERASED + id);
    copy.handling = new Handling.Closed(closed.at(), by);
    copy.wakeAt = Optional.empty();
    return copy.made();
  }

  Conversation handledBy(
      Handling newHandling, Instant newLastActivityAt, Optional<Instant> newWakeAt) {
    Copy copy = new Copy(this);
    copy.handling = newHandling;
    copy.queue = queueOf(newHandling).orElse(queue);
    copy.lastActivityAt = newLastActivityAt;
    copy.wakeAt = newWakeAt;
    return copy.made();
  }

  private static Optional<QueueName> queueOf(Handling handling) {
    if (handling instanceof Handling.Waiting waiting) {
      return Optional.of(waiting.queue());
    }
    return handling instanceof Handling.Live live ? Optional.of(live.queue()) : Optional.empty();
  }

  Conversation inLanguage(Locale newLocale) {
    Copy copy = new Copy(this);
    copy.locale = newLocale;
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

  /** A copy in the making: the fields that can change, by name. */
  private static final class Copy {
    private final Conversation original;
    private CustomerAddress address;
    private Locale locale;
    private Handling handling;
    private QueueName queue;
    private Optional<CaseNumber> supportCase;
    private Resolution resolution;
    private Instant lastActivityAt;
    private Optional<Instant> wakeAt;
    private long version;

    private Copy(Conversation original) {
      this.original = original;
      this.address = original.address;
      this.locale = original.locale;
      this.handling = original.handling;
      this.queue = original.queue;
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
          address,
          locale,
          handling,
          original.route,
          queue,
          supportCase,
          resolution,
          original.openedAt,
          lastActivityAt,
          wakeAt,
          version);
    }
  }

  /** Leaves out the customer's address, which may be personal. */
  @Override
  public String toString() {
    return "Conversation[" + id + " " + state() + "]";
  }
}
