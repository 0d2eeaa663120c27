package dev.relay.core.embed;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.customer.CustomerProfile.Detail;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A channel for a bot that already talks to its customers. Each customer has one address, the bot's stable id of the customer.
 *
 * <pre>{@code
 * CallbackChannel channel = CallbackChannel.named("my-bot").sending((customer, text) -> bot.send(customer, text));
 * channel.received("ada", "m1", "How do I reset my password?");
 * }</pre>
 *
 * <p>Messages are submitted in order per customer, and resubmitted until Relay has accepted or refused them. Thread-safe if the callbacks
 * are.
 */
public final class CallbackChannel implements Channel {
  private static final int DEFAULT_LENGTH = 2_000;

  private final PortId id;
  private final Capabilities capabilities;
  private final Deliverer deliverer;
  private final Finder finder;
  private final Optional<TypingIndicator> typingIndicator;
  private final OpenInbox inbox;

  private CallbackChannel(Builder parts, Deliverer deliverer) {
    this.id = parts.id;
    this.capabilities = parts.capabilities;
    this.deliverer = deliverer;
    this.finder = parts.finder;
    this.typingIndicator = parts.typingIndicator;
    this.inbox = new OpenInbox(id);
  }

  /**
   * Returns a builder of a channel.
   *
   * @param name 1 to 40 characters of {@code a-z 0-9 -}
   */
  public static Builder named(String name) {
    return new Builder(new PortId(name));
  }

  /** A callback that sends texts to customers. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Sends a text. May block for some seconds. If it throws, Relay assumes that the text may have been sent, and tries again later.
     *
     * @param customer the bot's id of the customer
     * @param text the author's name and the message, no longer than the channel's longest text
     */
    void send(String customer, String text);
  }

  /** A callback that delivers everything that a channel can show. */
  @FunctionalInterface
  public interface Deliverer {
    /** Makes one attempt, as {@link Channel#deliver} describes. */
    DeliveryResult deliver(Delivery delivery);
  }

  /** A callback that looks for earlier attempts. */
  @FunctionalInterface
  public interface Finder {
    /** Looks for an earlier attempt, as {@link Channel#lookUp} describes. */
    LookUp lookUp(Delivery delivery);
  }

  /** The builder of a channel; {@link #sending} or {@link #delivering} completes it. Not thread-safe. */
  public static final class Builder {
    private final PortId id;
    private Capabilities capabilities = Capabilities.text(DEFAULT_LENGTH);
    private Finder finder = delivery -> new LookUp.NotFound();
    private Optional<TypingIndicator> typingIndicator = Optional.empty();

    private Builder(PortId id) {
      this.id = id;
    }

    /** Sets the sign that a live agent is typing. Default: the medium has none. */
    public Builder showingTyping(TypingIndicator newTypingIndicator) {
      typingIndicator = Optional.of(newTypingIndicator);
      return this;
    }

    /** Sets the abilities of the channel. Default: text of 2,000 characters. */
    public Builder capabilities(Capabilities newCapabilities) {
      capabilities = newCapabilities;
      return this;
    }

    /**
     * Sets the callback that looks for an earlier attempt whose outcome is unknown. Default: none is found, so that a message may be shown
     * twice rather than never. A channel that prefers the opposite returns {@link LookUp.CannotTell}.
     */
    public Builder lookingUp(Finder newFinder) {
      finder = newFinder;
      return this;
    }

    /**
     * Builds a channel that shows plain text: the author's name, the text, and the articles with their passages. Long texts are sent in
     * parts.
     *
     * @throws IllegalStateException if the capabilities name more than text
     */
    public CallbackChannel sending(Sender sender) {
      if (!capabilities.equals(Capabilities.text(capabilities.maxTextLength()))) {
        throw new IllegalStateException("the channel " + id
            + " sends plain text only; use delivering(...) for " + capabilities);
      }
      int longest = capabilities.maxTextLength();
      return delivering(delivery -> sent(delivery, longest, sender));
    }

    /** Builds a channel that receives every delivery whole. */
    public CallbackChannel delivering(Deliverer deliverer) {
      return new CallbackChannel(this, deliverer);
    }
  }

  private static DeliveryResult sent(Delivery delivery, int longest, Sender sender) {
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new DeliveryResult.Rejected(
          DeliveryResult.Reason.words(DeliveryResult.Reason.Code.UNCHANGEABLE));
    }
    String text = PlainText.of(message.author(), message.body());
    try {
      PlainText.parts(text, longest).forEach(part -> sender.send(delivery.to().key(), part));
    } catch (RuntimeException failure) {
      return new DeliveryResult.Unknown("sending threw " + failure.getClass().getSimpleName());
    }
    return DeliveryResult.delivered();
  }

  /**
   * Submits a message of a customer of whom only the id is known, and who reads English.
   *
   * @see #received(CustomerProfile, String, String)
   */
  public CompletableFuture<IntakeResult> received(String customer, String messageId, String text) {
    return received(known(customer), messageId, text);
  }

  /**
   * Submits a message of a customer. A repeat with the same customer and message id has no effect, so that a bot can repeat it after a
   * crash. The future completes when the message is stored or refused; see {@link Inbox#submit(Object, dev.relay.core.conversation.Event)}
   * for other results.
   *
   * @param customer the customer; the external id is their address
   * @param messageId the bot's id of the message, unique per customer; with the customer's id at most 190 characters
   * @param text the message
   * @throws IllegalStateException if the channel is not started or has been stopped
   */
  public CompletableFuture<IntakeResult> received(
      CustomerProfile customer, String messageId, String text) {
    return submit(new CustomerEvent.CustomerWrote(
        origin(customer, messageId), Optional.of(messageId), MessageBody.text(text)));
  }

  /**
   * Submits the press of a button, or a command that means the same.
   *
   * @param customer the customer; the external id is their address
   * @param pressId the bot's id of the press, unique per customer and different from message ids
   * @param button the button
   * @throws IllegalStateException if the channel is not started or has been stopped
   */
  public CompletableFuture<IntakeResult> pressed(
      CustomerProfile customer, String pressId, Button button) {
    return submit(new CustomerEvent.CustomerPressed(origin(customer, pressId), button));
  }

  /**
   * Reports that a customer is typing, which desks show their live agent for some seconds. Repeat it every few seconds while the customer
   * types. Nothing is stored, and it is ignored unless a live agent has the customer's conversation.
   *
   * @param customer the bot's id of the customer
   * @throws IllegalStateException if the channel is not started or has been stopped
   */
  public void types(String customer) {
    inbox.get().intake().typing(new Intake.Typing.ByCustomer(new CustomerAddress(id, customer)));
  }

  private static CustomerProfile known(String customer) {
    return new CustomerProfile(customer, customer, Locale.ENGLISH, Set.of())
        .withUnknown(Detail.NAME, Detail.LOCALE, Detail.ROLES);
  }

  private Origin origin(CustomerProfile customer, String eventId) {
    String externalId = customer.externalId();
    // The length distinguishes keys that would otherwise be equal: customer a/b's message c and
    // customer a's message b/c.
    String key = externalId.length() + "/" + externalId + "/" + eventId;
    return Origin.of(new EventKey(id.value(), key), new CustomerAddress(id, externalId), customer);
  }

  private CompletableFuture<IntakeResult> submit(CustomerEvent event) {
    return inbox.get().submit(event.origin().address(), event);
  }

  @Override
  public PortId id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void start(Inbox newInbox) {
    inbox.open(newInbox);
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    return deliverer.deliver(delivery);
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return finder.lookUp(delivery);
  }

  @Override
  public Optional<TypingIndicator> typingIndicator() {
    return typingIndicator;
  }

  @Override
  public Health health() {
    return inbox.health();
  }

  @Override
  public void stop() {
    inbox.close();
  }
}
