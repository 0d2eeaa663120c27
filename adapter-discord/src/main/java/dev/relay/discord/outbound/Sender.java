package dev.relay.discord.outbound;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.intake.Intake;
import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Rendering;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows deliveries to players: one request for each message, as soon as the player's place is known. Thread-safe; blocks, at most
 * 50 seconds, whatever has to be done: opening, looking into the history, falling back to a thread, and all parts together. The engine's
 * lease of a delivery must be longer.
 */
public final class Sender {
  /** For all requests of one piece of work; with five more seconds to keep a player's new place, the whole takes 50. */
  static final Duration LONGEST = Duration.ofSeconds(45);

  private static final String CLOSED =
      "the player takes no direct messages (closed, or no common server), and there is no help channel to go on in";

  private final DiscordRest rest;
  private final PlayerPlaces places;
  private final Rendering rendering;
  private final Edits edits;
  private final History history;
  private final SentMessages sent = new SentMessages();
  private volatile Optional<Intake> intake = Optional.empty();

  /**
   * What it works with.
   *
   * @param threads where to go on with players who take no direct messages
   * @param self the bot's own id
   */
  public record Parts(
      DiscordRest rest,
      Places places,
      Optional<FallbackThreads> threads,
      Rendering rendering,
      LongSupplier self,
      InstantSource clock) {}

  /** Sends nothing yet. */
  public Sender(Parts parts) {
    this.rest = parts.rest();
    this.places = new PlayerPlaces(rest, parts.places(), parts.threads(), parts.clock());
    this.rendering = parts.rendering();
    this.edits = new Edits(rest, rendering);
    this.history = new History(rest, sent, parts.self());
  }

  /** Takes files from that intake's store, and keeps in it where players are served. */
  public void joins(Intake opened) {
    intake = Optional.of(opened);
    places.joins(opened);
  }

  /** The player wrote: the way to them is open again. */
  public void playerWrote(long player) {
    places.opened(player);
  }

  /** Whether a message is known to be one of those sent. */
  public boolean hasSent(long message) {
    return sent.isKnown(message);
  }

  /** As {@code Channel.deliver}. */
  public DeliveryResult deliver(Delivery delivery) {
    return rest.within(LONGEST, () -> deliverInTime(delivery));
  }

  private DeliveryResult deliverInTime(Delivery delivery) {
    Optional<Long> player = Players.at(delivery.to());
    if (player.isEmpty()) {
      return new Rejected("the address is no Discord user's number");
    }
    if (delivery.what() instanceof Outbound.Edit edit) {
      return edits.edit(edit);
    }
    if (delivery.what() instanceof Outbound.Delete delete) {
      return edits.delete(delete);
    }
    return show(delivery, player.get(), (Outbound.Message) delivery.what());
  }

  /** As {@code Channel.lookUp}. */
  public LookUp lookUp(Delivery delivery) {
    return rest.within(LONGEST, () -> lookUpInTime(delivery));
  }

  private LookUp lookUpInTime(Delivery delivery) {
    Optional<Long> player = Players.at(delivery.to());
    if (player.isEmpty()) {
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
      Optional<Sent> found = find(delivery, player.get(), messages);
      if (found.isEmpty()) {
        return new LookUp.CannotTell("too much was written there since");
      }
      return found.get().messages().size() == messages.size()
          ? new LookUp.Found(found.map(it -> externalId(it, messages)))
          : new LookUp.NotFound();
    } catch (RestFailure failure) {
      return Results.lookUp(failure);
    }
  }

  /**
   * Says something to a player outside of any conversation; answers the channel in which they are served. The same nonce is shown
   * once within some minutes.
   *
   * @return empty where the player takes no direct messages and there is no help channel
   */
  public Optional<Long> say(long player, Locale locale, OutgoingMessage message)
      throws RestFailure {
    return rest.within(LONGEST, () -> sayInTime(player, locale, message));
  }

  private Optional<Long> sayInTime(long player, Locale locale, OutgoingMessage message)
      throws RestFailure {
    long channel = places.find(player);
    try {
      var unused = rest.send(channel, message);
      return Optional.of(channel);
    } catch (RestFailure failure) {
      if (!mayMove(failure)) {
        throw failure;
      }
      Optional<Long> other = otherPlace(player, locale, failure);
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

  private Optional<Sent> find(Delivery delivery, long player, List<OutgoingMessage> messages)
      throws RestFailure {
    long channel = sent.of(delivery.id()).isPresent()
        ? sent.of(delivery.id()).get().channel()
        : places.find(player);
    Optional<Sent> found = history.find(delivery, channel, messages);
    found.filter(it -> !it.messages().isEmpty()).ifPresent(it -> sent.put(delivery.id(), it));
    return found;
  }

  private DeliveryResult show(Delivery delivery, long player, Outbound.Message message) {
    if (places.isShut(player)) {
      return new Rejected(CLOSED);
    }
    List<OutgoingMessage> messages = messages(delivery, message);
    Sent progress;
    try {
      Optional<Sent> before = sent.of(delivery.id());
      if (before.isEmpty() && messages.size() > 1) {
        // Whatever the attempt's number: one that an operator repeats begins with 1 again.
        before = find(delivery, player, messages).filter(it -> !it.messages().isEmpty());
      }
      progress = before.isPresent() ? before.get() : new Sent(places.find(player), List.of());
    } catch (RestFailure failure) {
      return Results.ofPreparation(failure);
    }
    return send(delivery, player, messages, progress);
  }

  private DeliveryResult send(
      Delivery delivery, long player, List<OutgoingMessage> messages, Sent begun) {
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
          Optional<Long> other = otherPlace(player, delivery.locale(), failure);
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

  private Optional<Long> otherPlace(long player, Locale locale, RestFailure failure)
      throws RestFailure {
    if (failure.isClosedDirectMessage()) {
      return places.fallBack(player, locale);
    }
    places.gone(player);
    return Optional.of(places.find(player));
  }

  /** In doubt on purpose: whoever tries next looks first what stands there, and goes on from it. */
  private static DeliveryResult partly(int shown, int all, String reason) {
    return new Unknown(shown + " of " + all + " messages are shown: " + reason);
  }
}
