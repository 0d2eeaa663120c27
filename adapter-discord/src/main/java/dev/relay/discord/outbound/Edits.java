package dev.relay.discord.outbound;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Nonces;
import dev.relay.discord.text.Rendering;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;

/**
 * Changes and takes back what was delivered. A message that is gone needs no change: somebody with the right to do so has taken it
 * away. Doing either twice changes nothing. Thread-safe; blocks.
 */
final class Edits {
  private final DiscordRest rest;
  private final Rendering rendering;

  Edits(DiscordRest rest, Rendering rendering) {
    this.rest = rest;
    this.rendering = rendering;
  }

  DeliveryResult edit(Delivery delivery, Outbound.Edit edit) {
    Optional<Sent> sent = Sent.parse(edit.externalId());
    if (sent.isEmpty()) {
      return new DeliveryResult.Rejected("no message of Discord's has that id");
    }
    long channel = sent.get().channel();
    List<Long> messages = sent.get().messages();
    List<String> texts = rendering.edited(edit.author(), edit.text());
    try {
      for (int i = 0; i < Math.max(texts.size(), messages.size()); i++) {
        if (i >= messages.size()) {
          // The text has grown by a message; it stands below what came after it.
          var unused = rest.send(channel, message(delivery, i, texts.get(i)));
        } else if (i >= texts.size()) {
          delete(channel, messages.get(i));
        } else if (!change(channel, messages.get(i), texts.get(i))) {
          if (i == 0) {
            return DeliveryResult.delivered();
          }
          // An earlier, shorter text had no need of this message.
          var unused = rest.send(channel, message(delivery, i, texts.get(i)));
        }
      }
      return DeliveryResult.delivered();
    } catch (RestFailure failure) {
      return Results.of(failure);
    }
  }

  DeliveryResult delete(Outbound.Delete delete) {
    Optional<Sent> sent = Sent.parse(delete.externalId());
    if (sent.isEmpty()) {
      return new DeliveryResult.Rejected("no message of Discord's has that id");
    }
    try {
      for (long message : sent.get().messages()) {
        delete(sent.get().channel(), message);
      }
      return DeliveryResult.delivered();
    } catch (RestFailure failure) {
      return Results.of(failure);
    }
  }

  LookUp lookUp(Outbound.Edit edit) {
    Optional<Sent> sent = Sent.parse(edit.externalId());
    if (sent.isEmpty()) {
      return new LookUp.NotFound();
    }
    List<String> texts = rendering.edited(edit.author(), edit.text());
    List<Long> messages = sent.get().messages();
    if (texts.size() != messages.size()) {
      // Editing again is harmless, and finishes what may be half done.
      return new LookUp.NotFound();
    }
    try {
      for (int i = 0; i < texts.size(); i++) {
        Optional<String> shown = content(sent.get().channel(), messages.get(i));
        if (shown.isEmpty() && i == 0) {
          return new LookUp.Found(Optional.empty());
        }
        if (shown.isEmpty() || !shown.get().strip().equals(texts.get(i).strip())) {
          return new LookUp.NotFound();
        }
      }
      return new LookUp.Found(Optional.empty());
    } catch (RestFailure failure) {
      return Results.lookUp(failure);
    }
  }

  LookUp lookUp(Outbound.Delete delete) {
    Optional<Sent> sent = Sent.parse(delete.externalId());
    if (sent.isEmpty()) {
      return new LookUp.NotFound();
    }
    try {
      for (long message : sent.get().messages()) {
        if (content(sent.get().channel(), message).isPresent()) {
          return new LookUp.NotFound();
        }
      }
      return new LookUp.Found(Optional.empty());
    } catch (RestFailure failure) {
      return Results.lookUp(failure);
    }
  }

  /** Empty where the message is gone. */
  private Optional<String> content(long channel, long message) throws RestFailure {
    try {
      return Optional.of(rest.message(channel, message).getString("content", ""));
    } catch (RestFailure failure) {
      if (isGone(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** False where the message is gone. */
  private boolean change(long channel, long message, String text) throws RestFailure {
    try {
      rest.edit(channel, message, text);
      return true;
    } catch (RestFailure failure) {
      if (!isGone(failure)) {
        throw failure;
      }
      return false;
    }
  }

  private void delete(long channel, long message) throws RestFailure {
    try {
      rest.delete(channel, message);
    } catch (RestFailure failure) {
      if (!isGone(failure)) {
        throw failure;
      }
    }
  }

  private static boolean isGone(RestFailure failure) {
    return failure.code() == RestFailure.UNKNOWN_MESSAGE
        || failure.code() == RestFailure.UNKNOWN_CHANNEL;
  }

  private static OutgoingMessage message(Delivery delivery, int number, String text) {
    return new OutgoingMessage(
        Nonces.of(delivery.id(), number), text, DataArray.empty(), Optional.empty(), List.of());
  }
}
