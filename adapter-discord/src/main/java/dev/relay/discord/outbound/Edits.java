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
 * Edits and deletes delivered messages. A message that no longer exists needs no change: a moderator has deleted it. Repeating an edit or
 * a deletion has no effect.
 *
 * <p>An edited text uses the messages of the original text and never more: a further message would appear below later ones, and its id
 * would be unknown when the text is deleted. If the text is too long for them, it ends with an ellipsis. Messages that are no longer needed
 * are deleted, except messages with files. Thread-safe; blocks.
 */
final class Edits {
  /** Attempts at an edit of a message older than an hour; with the engine's back-off, half a minute. */
  private static final int MOST_ATTEMPTS = 4;

  private final DiscordRest rest;
  private final Rendering rendering;

  Edits(DiscordRest rest, Rendering rendering) {
    this.rest = rest;
    this.rendering = rendering;
  }

  DeliveryResult edit(Outbound.Edit edit, int attempt) {
    Optional<ExternalId> sent = ExternalId.parse(edit.externalId());
    if (sent.isEmpty()) {
      return new DeliveryResult.Rejected("not the id of a Discord message");
    }
    List<Part> parts = new ArrayList<>(sent.get().texts());
    return inOpenThread(sent.get().channel(), attempt, () -> {
      Optional<Part> gone;
      do {
        gone = change(sent.get().channel(), parts, edit);
        gone.ifPresent(parts::remove);
        // An earlier, shorter text has removed that message; the text must fit into the others.
      } while (gone.isPresent() && !gone.get().equals(sent.get().texts().get(0)));
    });
  }

  /** Work on delivered messages. */
  private interface Work {
    void run() throws RestFailure;
  }

  /**
   * Does the work; if the thread is archived, makes it active first. A change that is refused is given up, because newer messages wait
   * behind it: at once if Discord refuses it for good, and after a few attempts if Discord limits edits of old messages.
   */
  private DeliveryResult inOpenThread(long channel, int attempt, Work work) {
    try {
      try {
        work.run();
      } catch (RestFailure failure) {
        if (failure.code() != RestFailure.THREAD_ARCHIVED) {
          throw failure;
        }
        rest.reopenThread(channel);
        work.run();
      }
      return DeliveryResult.delivered();
    } catch (RestFailure failure) {
      boolean isLimited = failure.code() == RestFailure.TOO_MANY_OLD_EDITS;
      return failure.kind() == RestFailure.Kind.REFUSED || (isLimited && attempt >= MOST_ATTEMPTS)
          ? new DeliveryResult.Rejected(failure.reason())
          : Results.of(failure);
    }
  }

  /** Changes the messages. Returns a message that no longer exists although it should show some of the text. */
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

  DeliveryResult delete(Outbound.Delete delete, int attempt) {
    Optional<ExternalId> sent = ExternalId.parse(delete.externalId());
    if (sent.isEmpty()) {
      return new DeliveryResult.Rejected("not the id of a Discord message");
    }
    return inOpenThread(sent.get().channel(), attempt, () -> {
      for (Part part : sent.get().parts()) {
        delete(sent.get().channel(), part.message());
      }
    });
  }

  LookUp lookUp(Outbound.Edit edit) {
    Optional<ExternalId> sent = ExternalId.parse(edit.externalId());
    if (sent.isEmpty()) {
      return new LookUp.NotFound();
    }
    List<Part> parts = sent.get().texts();
    List<String> texts = rendering.edited(edit.author(), edit.text(), parts.size());
    if (texts.size() != parts.size()) {
      // Editing again is harmless and completes an edit that was interrupted.
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

  /** Returns the text of a message; empty if the message no longer exists. */
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

  /** Changes a message; returns false if it no longer exists. */
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
