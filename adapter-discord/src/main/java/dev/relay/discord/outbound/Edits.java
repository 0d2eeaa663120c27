package dev.relay.discord.outbound;

import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.discord.outbound.ExternalId.Kind;
import dev.relay.discord.outbound.ExternalId.Part;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes and takes back what was delivered. A message that is gone needs no change: somebody with the right to do so has taken it
 * away. Doing either twice changes nothing.
 *
 * <p>A changed text stands in the messages of the first one, and never in more: a further message would stand below what came later,
 * and nobody would know its id when the text is taken back. Where it is too long for them it ends with an ellipsis. Messages that are
 * not needed any more are deleted, but never one with files. Thread-safe; blocks.
 */
final class Edits {
  private final DiscordRest rest;
  private final Rendering rendering;

  Edits(DiscordRest rest, Rendering rendering) {
    this.rest = rest;
    this.rendering = rendering;
  }

  DeliveryResult edit(Outbound.Edit edit) {
    Optional<ExternalId> sent = ExternalId.parse(edit.externalId());
    if (sent.isEmpty()) {
      return new DeliveryResult.Rejected("no message of Discord's has that id");
    }
    List<Part> parts = new ArrayList<>(sent.get().texts());
    try {
      Optional<Part> gone;
      do {
        gone = change(sent.get().channel(), parts, edit);
        gone.ifPresent(parts::remove);
        // What an earlier, shorter text had no need of is gone: the text must do with the rest.
      } while (gone.isPresent() && !gone.get().equals(sent.get().texts().get(0)));
      return DeliveryResult.delivered();
    } catch (RestFailure failure) {
      return Results.of(failure);
    }
  }

  /** Answers a message that is gone, in which some of the text should stand. */
  private Optional<Part> change(long channel, List<Part> parts, Outbound.Edit edit)
      throws RestFailure {
    List<String> texts = rendering.edited(edit.author(), edit.text(), parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (i < texts.size()) {
        if (!change(channel, part.message(), texts.get(i))) {
          return Optional.of(part);
        }
      } else if (part.kind() == Kind.TEXT) {
        delete(channel, part.message());
      } else {
        var unused = change(channel, part.message(), "");
      }
    }
    return Optional.empty();
  }

  DeliveryResult delete(Outbound.Delete delete) {
    Optional<ExternalId> sent = ExternalId.parse(delete.externalId());
    if (sent.isEmpty()) {
      return new DeliveryResult.Rejected("no message of Discord's has that id");
    }
    try {
      for (Part part : sent.get().parts()) {
        delete(sent.get().channel(), part.message());
      }
      return DeliveryResult.delivered();
    } catch (RestFailure failure) {
      return Results.of(failure);
    }
  }

  LookUp lookUp(Outbound.Edit edit) {
    Optional<ExternalId> sent = ExternalId.parse(edit.externalId());
    if (sent.isEmpty()) {
      return new LookUp.NotFound();
    }
    List<Part> parts = sent.get().texts();
    List<String> texts = rendering.edited(edit.author(), edit.text(), parts.size());
    if (texts.size() != parts.size()) {
      // Editing again is harmless, and finishes what may be half done.
      return new LookUp.NotFound();
    }
    try {
      for (int i = 0; i < texts.size(); i++) {
        Optional<String> shown = content(sent.get().channel(), parts.get(i).message());
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
    Optional<ExternalId> sent = ExternalId.parse(delete.externalId());
    if (sent.isEmpty()) {
      return new LookUp.NotFound();
    }
    try {
      for (Part part : sent.get().parts()) {
        if (content(sent.get().channel(), part.message()).isPresent()) {
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
}
