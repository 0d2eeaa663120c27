package dev.relay.core.embed;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
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
import java.util.function.Function;

/**
 * A channel made of two functions, for a bot that already talks to its users: one sends, one looks whether something was sent.
 * One user is one customer with one address. Thread-safe if the functions are.
 */
public final class CallbackChannel implements Channel {
  private final PortId id;
  private final Capabilities capabilities;
  private final Function<Delivery, DeliveryResult> sender;
  private final Function<Delivery, LookUp> looker;
  private volatile Optional<Intake> intake = Optional.empty();

  /**
   * Makes a channel.
   *
   * @param name 1 to 40 characters of {@code a-z 0-9 -}
   * @param capabilities what the sender can show
   * @param sender makes one attempt, as {@link Channel#deliver} says
   * @param looker looks for an earlier attempt, as {@link Channel#lookUp} says; a bot that cannot look answers
   *     {@link LookUp.NotFound} where a doubled message is better than a stuck one, else {@link LookUp.CannotTell}
   */
  public CallbackChannel(
      String name,
      Capabilities capabilities,
      Function<Delivery, DeliveryResult> sender,
      Function<Delivery, LookUp> looker) {
    this.id = new PortId(name);
    this.capabilities = capabilities;
    this.sender = sender;
    this.looker = looker;
  }

  /**
   * A user wrote. The same message id again makes nothing new.
   *
   * @param userId the bot's stable id of the user
   * @param displayName what agents see
   * @param locale the user's language
   * @param messageId the bot's id of the message, unique in the channel
   * @param text what the user wrote
   */
  public CompletableFuture<IntakeResult> received(
      String userId, String displayName, Locale locale, String messageId, String text) {
    return submit(new CustomerEvent.CustomerWrote(
        origin(userId, displayName, locale, messageId),
        Optional.of(messageId),
        MessageBody.text(text)));
  }

  /** A user pressed a button, or used a command that means the same; the press id makes a repeat harmless. */
  public CompletableFuture<IntakeResult> pressed(
      String userId, String displayName, Locale locale, String pressId, Button button) {
    return submit(
        new CustomerEvent.CustomerPressed(origin(userId, displayName, locale, pressId), button));
  }

  private Origin origin(String userId, String displayName, Locale locale, String key) {
    return Origin.of(
        new EventKey(id.value(), key),
        new CustomerAddress(id, userId),
        new CustomerProfile(userId, displayName, locale, Set.of()));
  }

  private CompletableFuture<IntakeResult> submit(CustomerEvent event) {
    return intake
        .orElseThrow(() ->
            new IllegalStateException("the channel " + id + " is not started, or stopped already"))
        .submit(event);
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
  public void start(Inbox inbox) {
    this.intake = Optional.of(inbox.intake());
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    return sender.apply(delivery);
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return looker.apply(delivery);
  }

  @Override
  public Health health() {
    return intake.isPresent() ? Health.up() : Health.down("not started");
  }

  @Override
  public void stop() {
    this.intake = Optional.empty();
  }
}
