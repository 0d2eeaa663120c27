package dev.relay.discord.outbound;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.Button;
import dev.relay.core.store.StoreException;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RefusalScope;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Rendering;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends deliveries to customers, with one request per message once the customer's channel is known. Thread-safe; blocks for at most 50
 * seconds, including opening a channel, searching the history, falling back to a thread, and all messages of a delivery. The engine's
 * lease of a delivery must be longer.
 */
public final class DeliverySender {
  /** The limit for all requests of one delivery; with five more seconds to store a customer's new channel, the whole takes 50. */
  static final Duration LONGEST = Duration.ofSeconds(45);

  private static final Logger LOG = LoggerFactory.getLogger(DeliverySender.class);
  private static final Sent NOTHING = new Sent(0, List.of());
  /** Changes of the place of one delivery: from a deleted thread to the direct message to a new thread, and one more. */
  private static final int MOST_MOVES = 3;

  private final DiscordRest rest;
  private final CustomerRoutes routes;
  private final Optional<FallbackThreads> threads;
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
    this.threads = threads;
    threads.ifPresent(it -> it.usedBy(routes::helpChannelWorks));
    this.rendering = rendering;
    this.edits = new Edits(rest, rendering);
    this.search = new DeliverySearch(rest, sent);
  }

  /** Reads files from the store of an intake from now on, and stores customers' channels in it. */
  public void storeIn(Intake opened) {
    intake = Optional.of(opened);
    routes.storeIn(opened);
  }

  /** Checks the help channel anew, because a channel, a role or a permission has changed. Makes no requests. */
  public void checkHelpChannel(JDA jda) {
    threads.ifPresent(it -> it.check(jda));
  }

  /** Notifies what waits for the help channel once it works again. */
  public void helpChannelIsUsedBy(FallbackThreads.HelpChannelUser user) {
    threads.ifPresent(it -> it.usedBy(() -> {
      routes.helpChannelWorks();
      user.worksAgain();
    }));
  }

  /** Returns what is wrong with the help channel, for the operator. */
  public Optional<String> problem() {
    return threads.flatMap(FallbackThreads::problem);
  }

  /** Records that a customer wrote or used a command, so that it is tried again to reach them. */
  public void customerWrote(long customer) {
    routes.markReachable(customer);
  }

  /** Returns whether a customer can be written to first, as {@code Channel.reachFor} does. */
  public Reach reach(CustomerAddress address, Optional<Instant> lastWrote) {
    return DiscordAddresses.at(address)
        .map(customer -> routes.reach(customer, lastWrote))
        .orElseGet(() -> new Reach.Closed(
            Reach.Code.GONE, "the address is not a Discord user id", Optional.empty()));
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
      return edits.edit(edit, delivery.attempt());
    }
    if (delivery.what() instanceof Outbound.Delete delete) {
      return edits.delete(delete, delivery.attempt());
    }
    DeliveryResult result = show(delivery, customer.get(), (Outbound.Message) delivery.what());
    if (result instanceof DeliveryResult.Delivered) {
      routes.reached(customer.get());
    } else if (result instanceof Rejected rejected && rejected.scope() == Rejected.Scope.CUSTOMER) {
      routes.failed(customer.get(), Reach.Code.REFUSED, rejected.reason());
    }
    return result;
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

  /** The outcome of {@link #say}. */
  public sealed interface Spoken {
    /**
     * The customer has a channel.
     *
     * @param message the message there; empty if Discord refused its text
     */
    record In(long channel, Optional<Long> message) implements Spoken {}

    /** The customer can be sent nothing. */
    record Nowhere(CustomerUnreachable.Why why) implements Spoken {}
  }

  /**
   * Sends a message to a customer outside of any conversation. Discord shows messages of the same nonce once within some minutes. If the
   * customer's direct messages are closed, a thread counts only if the message was sent there.
   */
  public Spoken say(long customer, Locale locale, OutgoingMessage message) throws RestFailure {
    return rest.within(LONGEST, () -> sayInTime(customer, locale, message));
  }

  private Spoken sayInTime(long customer, Locale locale, OutgoingMessage message)
      throws RestFailure {
    long channel;
    try {
      channel = routes.place(customer, locale);
    } catch (CustomerUnreachable nowhere) {
      return new Spoken.Nowhere(nowhere.why());
    }
    boolean moved = false;
    int moves = 0;
    while (true) {
      try {
        return new Spoken.In(channel, Optional.of(rest.send(channel, message)));
      } catch (RestFailure failure) {
        if (failure.kind() == RestFailure.Kind.REFUSED && failure.scope() == RefusalScope.ENTRY) {
          // Only this text is refused, such as a question that automatic moderation does not let
          // pass: the chat is there.
          LOG.info("A line was not shown to a customer: {}", failure.reason());
          return new Spoken.In(channel, Optional.empty());
        }
        if (!CustomerRoutes.mayMove(failure) || moves == MOST_MOVES) {
          if (moved) {
            return new Spoken.Nowhere(CustomerUnreachable.noThread(failure).why());
          }
          throw failure;
        }
        moves++;
        moved |= failure.isClosedDirectMessage();
        try {
          channel = routes.move(customer, locale, channel, failure);
        } catch (CustomerUnreachable nowhere) {
          return new Spoken.Nowhere(nowhere.why());
        } catch (RestFailure noThread) {
          if (!moved) {
            throw noThread;
          }
          return new Spoken.Nowhere(CustomerUnreachable.noThread(noThread).why());
        }
      }
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
    Optional<Sent> found;
    try {
      Optional<Sent> begun = sent.of(delivery.id());
      long channel = begun.isPresent() ? begun.get().channel() : routes.find(customer);
      found = search.find(delivery, channel, messages, ofOthers(delivery));
    } catch (RestFailure failure) {
      if (failure.code() != RestFailure.UNKNOWN_CHANNEL && !failure.isClosedDirectMessage()) {
        throw failure;
      }
      // Nothing is shown in a channel that no longer exists, or that cannot be opened.
      found = Optional.of(NOTHING);
    }
    found.filter(it -> !it.messages().isEmpty()).ifPresent(it -> sent.put(delivery.id(), it));
    return found;
  }

  /** Returns the messages of other deliveries in the same conversation, which the store knows even after a restart. */
  private Set<Long> ofOthers(Delivery delivery) throws RestFailure {
    Set<Long> messages = new HashSet<>();
    try {
      intake.ifPresent(it -> it.shownIds(delivery.conversation(), delivery.entry()).stream()
          .flatMap(id -> ExternalId.parse(id).stream())
          .flatMap(id -> id.parts().stream())
          .forEach(part -> messages.add(part.message())));
    } catch (StoreException unavailable) {
      throw RestFailure.beforeRequest("the store does not say which messages are shown already");
    }
    return messages;
  }

  private DeliveryResult show(Delivery delivery, long customer, Outbound.Message message) {
    if (routes.isUnreachable(customer)) {
      return unreachable(CustomerUnreachable.noHelpChannel());
    }
    List<OutgoingMessage> messages = messages(delivery, message);
    Sent progress;
    try {
      Optional<Sent> before = sent.of(delivery.id());
      if (before.isEmpty() && messages.size() > 1) {
        // Independent of the attempt's number, because a retry by an operator begins with 1 again.
        before = find(delivery, customer, messages).filter(it -> !it.messages().isEmpty());
      }
      progress = before.isPresent()
          ? before.get()
          : new Sent(routes.place(customer, delivery.locale()), List.of());
    } catch (CustomerUnreachable nowhere) {
      return unreachable(nowhere);
    } catch (RestFailure failure) {
      return Results.ofPreparation(failure);
    }
    DeliveryResult result = send(delivery, customer, messages, progress);
    if (result instanceof DeliveryResult.Delivered
        && message.body().buttons().contains(Button.RATE)) {
      sent.of(delivery.id()).ifPresent(it -> archiveSoon(it.channel()));
    }
    return result;
  }

  /** Lets the thread of a conversation that has ended leave the list. Not at once: in an archived thread nobody can press a rating. */
  private void archiveSoon(long channel) {
    if (!routes.isThread(channel)) {
      return;
    }
    try {
      rest.archiveSoon(channel);
    } catch (RestFailure failure) {
      LOG.info("A thread stays active for a day: {}", failure.reason());
    }
  }

  /** Sends the messages that are missing. If the place is gone or closed, all of them are sent in another one. */
  private DeliveryResult send(
      Delivery delivery, long customer, List<OutgoingMessage> messages, Sent begun) {
    Sent progress = begun;
    int moves = 0;
    while (progress.messages().size() < messages.size()) {
      int next = progress.messages().size();
      try {
        OutgoingMessage plain = messages.get(next);
        OutgoingMessage message =
            next == 0 ? routes.addressed(customer, progress.channel(), plain) : plain;
        long id = rest.send(progress.channel(), message);
        if (!message.equals(plain)) {
          routes.wasPinged(customer);
        }
        progress = progress.and(id);
        sent.put(delivery.id(), progress);
      } catch (RestFailure failure) {
        if (moves == MOST_MOVES || !CustomerRoutes.mayMove(failure)) {
          return next > 0 && failure.kind() != RestFailure.Kind.REFUSED
              ? partly(next, messages.size(), failure.reason())
              : Results.of(failure);
        }
        moves++;
        try {
          progress = new Sent(
              routes.move(customer, delivery.locale(), progress.channel(), failure), List.of());
        } catch (CustomerUnreachable nowhere) {
          return unreachable(nowhere);
        } catch (RestFailure noPlace) {
          return Results.ofPreparation(noPlace);
        }
      }
    }
    return DeliveryResult.delivered(externalId(progress, messages));
  }

  /** Returns the result if there is no place for a customer's messages; too many threads become fewer without anybody's help. */
  private static DeliveryResult unreachable(CustomerUnreachable nowhere) {
    return nowhere.why() == CustomerUnreachable.Why.TOO_MANY_THREADS
        ? DeliveryResult.retryLater(nowhere.reason())
        : new Rejected(Rejected.Scope.CUSTOMER, nowhere.reason());
  }

  /** Returns a result in doubt, so that the next attempt first looks up which messages were sent and continues after them. */
  private static DeliveryResult partly(int shown, int all, String reason) {
    return new Unknown(new DeliveryResult.Reason(
            DeliveryResult.Reason.Code.PARTLY,
            Map.of(
                "shown", Integer.toString(shown), "all", Integer.toString(all), "reason", reason))
        .words());
  }
}
