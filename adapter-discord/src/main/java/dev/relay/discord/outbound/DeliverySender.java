package dev.relay.discord.outbound;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.intake.Intake;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Rendering;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends deliveries to customers, with one request per message once the customer's channel is known. Thread-safe; blocks for at most 50
 * seconds, including opening a channel, searching the history, falling back to a thread, and all messages of a delivery. The engine's
 * lease of a delivery must be longer.
 */
public final class DeliverySender {
  /** The limit for all requests of one delivery; with five more seconds to store a customer's new channel, the whole takes 50. */
  static final Duration LONGEST = Duration.ofSeconds(45);

  private static final String CLOSED =
      "the customer does not accept direct messages (closed, or no common server), and no help channel is configured";

  private final DiscordRest rest;
  private final CustomerRoutes routes;
  private final Rendering rendering;
  private final Edits edits;
  private final DeliverySearch search;
  private final SentMessages sent = new SentMessages();
  private volatile Optional<Intake> intake = Optional.empty();

  /**
   * Creates a sender.
   *
   * @param threads the threads for customers who do not accept direct messages, if there is a help channel
   */
  public DeliverySender(
      DiscordRest rest,
      CustomerChannels channels,
      Optional<FallbackThreads> threads,
      Rendering rendering,
      InstantSource clock) {
    this.rest = rest;
    this.routes = new CustomerRoutes(rest, channels, threads, clock);
    this.rendering = rendering;
    this.edits = new Edits(rest, rendering);
    this.search = new DeliverySearch(rest, sent);
  }

  /** Reads files from the store of an intake from now on, and stores customers' channels in it. */
  public void storeIn(Intake opened) {
    intake = Optional.of(opened);
    routes.storeIn(opened);
  }

  /** Records that a customer wrote, so that they can be reached again. */
  public void customerWrote(long customer) {
    routes.markReachable(customer);
  }

  /** Checks whether a message is known to be one of the bot's deliveries. */
  public boolean hasSent(long message) {
    return sent.isKnown(message);
  }

  /** Delivers as {@code Channel.deliver} does. */
  public DeliveryResult deliver(Delivery delivery) {
    return rest.within(LONGEST, () -> deliverInTime(delivery));
  }

  private DeliveryResult deliverInTime(Delivery delivery) {
    Optional<Long> customer = DiscordAddresses.at(delivery.to());
    if (customer.isEmpty()) {
      return new Rejected("not a Discord user id");
    }
    if (delivery.what() instanceof Outbound.Edit edit) {
      return edits.edit(edit);
    }
    if (delivery.what() instanceof Outbound.Delete delete) {
      return edits.delete(delete);
    }
    return show(delivery, customer.get(), (Outbound.Message) delivery.what());
  }

  /** Looks a delivery up as {@code Channel.lookUp} does. */
  public LookUp lookUp(Delivery delivery) {
    return rest.within(LONGEST, () -> lookUpInTime(delivery));
  }

  private LookUp lookUpInTime(Delivery delivery) {
    Optional<Long> customer = DiscordAddresses.at(delivery.to());
    if (customer.isEmpty()) {
      return new LookUp.NotFound();
    }
    if (delivery.what() instanceof Outbound.Edit edit) {
      return edits.lookUp(edit);
    }
    if (delivery.what() instanceof Outbound.Delete delete) {
      return edits.lookUp(delete);
    }
    List<OutgoingMessage> messages = messages(delivery, (Outbound.Message) delivery.what());
    Optional<Sent> known = sent.of(delivery.id());
    if (known.filter(it -> it.messages().size() == messages.size()).isPresent()) {
      return new LookUp.Found(known.map(it -> externalId(it, messages)));
    }
    try {
      Optional<Sent> found = find(delivery, customer.get(), messages);
      if (found.isEmpty()) {
        return new LookUp.CannotTell("too many messages were posted in the channel since");
      }
      return found.get().messages().size() == messages.size()
          ? new LookUp.Found(found.map(it -> externalId(it, messages)))
          : new LookUp.NotFound();
    } catch (RestFailure failure) {
      return Results.lookUp(failure);
    }
  }

  /**
   * Sends a message to a customer outside of any conversation. Discord shows messages of the same nonce once within some minutes.
   *
   * @return the customer's channel; empty if the customer does not accept direct messages and there is no help channel
   */
  public Optional<Long> say(long customer, Locale locale, OutgoingMessage message)
      throws RestFailure {
    return rest.within(LONGEST, () -> sayInTime(customer, locale, message));
  }

  private Optional<Long> sayInTime(long customer, Locale locale, OutgoingMessage message)
      throws RestFailure {
    long channel = routes.find(customer);
    try {
      var unused = rest.send(channel, message);
      return Optional.of(channel);
    } catch (RestFailure failure) {
      if (!mayMove(failure)) {
        throw failure;
      }
      Optional<Long> other = otherPlace(customer, locale, failure);
      if (other.isPresent()) {
        var unused = rest.send(other.get(), message);
      }
      return other;
    }
  }

  private static String externalId(Sent sent, List<OutgoingMessage> messages) {
    return ExternalId.of(sent, messages).toString();
  }

  private List<OutgoingMessage> messages(Delivery delivery, Outbound.Message message) {
    return rendering.messages(delivery, message, intake.map(Intake::attachments));
  }

  private Optional<Sent> find(Delivery delivery, long customer, List<OutgoingMessage> messages)
      throws RestFailure {
    long channel = sent.of(delivery.id()).isPresent()
        ? sent.of(delivery.id()).get().channel()
        : routes.find(customer);
    Optional<Sent> found = search.find(delivery, channel, messages);
    found.filter(it -> !it.messages().isEmpty()).ifPresent(it -> sent.put(delivery.id(), it));
    return found;
  }

  private DeliveryResult show(Delivery delivery, long customer, Outbound.Message message) {
    if (routes.isUnreachable(customer)) {
      return new Rejected(CLOSED);
    }
    List<OutgoingMessage> messages = messages(delivery, message);
    Sent progress;
    try {
      Optional<Sent> before = sent.of(delivery.id());
      if (before.isEmpty() && messages.size() > 1) {
        // Independent of the attempt's number, because a retry by an operator begins with 1 again.
        before = find(delivery, customer, messages).filter(it -> !it.messages().isEmpty());
      }
      progress = before.isPresent() ? before.get() : new Sent(routes.find(customer), List.of());
    } catch (RestFailure failure) {
      return Results.ofPreparation(failure);
    }
    return send(delivery, customer, messages, progress);
  }

  private DeliveryResult send(
      Delivery delivery, long customer, List<OutgoingMessage> messages, Sent begun) {
    Sent progress = begun;
    boolean moved = false;
    while (progress.messages().size() < messages.size()) {
      int next = progress.messages().size();
      try {
        long id = rest.send(progress.channel(), messages.get(next));
        progress = progress.and(id);
        sent.put(delivery.id(), progress);
      } catch (RestFailure failure) {
        if (next > 0) {
          return failure.kind() == RestFailure.Kind.REFUSED
              ? new Rejected(failure.reason())
              : partly(next, messages.size(), failure.reason());
        }
        if (moved || !mayMove(failure)) {
          return Results.of(failure);
        }
        moved = true;
        Optional<DeliveryResult> stuck = Optional.empty();
        try {
          Optional<Long> other = otherPlace(customer, delivery.locale(), failure);
          if (other.isPresent()) {
            progress = new Sent(other.get(), List.of());
          } else {
            stuck = Optional.of(new Rejected(CLOSED));
          }
        } catch (RestFailure again) {
          stuck = Optional.of(Results.ofPreparation(again));
        }
        if (stuck.isPresent()) {
          return stuck.get();
        }
      }
    }
    return DeliveryResult.delivered(externalId(progress, messages));
  }

  private static boolean mayMove(RestFailure failure) {
    return failure.isClosedDirectMessage() || failure.code() == RestFailure.UNKNOWN_CHANNEL;
  }

  private Optional<Long> otherPlace(long customer, Locale locale, RestFailure failure)
      throws RestFailure {
    if (failure.isClosedDirectMessage()) {
      return routes.fallBack(customer, locale);
    }
    routes.forget(customer);
    return Optional.of(routes.find(customer));
  }

  /** Returns a result in doubt, so that the next attempt first looks up which messages were sent and continues after them. */
  private static DeliveryResult partly(int shown, int all, String reason) {
    return new Unknown(shown + " of " + all + " messages were sent: " + reason);
  }
}
