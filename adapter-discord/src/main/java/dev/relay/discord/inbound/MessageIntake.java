package dev.relay.discord.inbound;

import dev.relay.core.conversation.CustomerEvent.CustomerDeleted;
import dev.relay.core.conversation.CustomerEvent.CustomerEdited;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.core.text.Cut;
import dev.relay.discord.inbound.PlayerMessage.IncomingFile;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Position;
import dev.relay.discord.player.Recent;
import dev.relay.discord.text.Markdown;
import dev.relay.discord.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Hands messages, edits and deletions to the intake: files first, then the message itself. Thread-safe. */
final class MessageIntake {
  private static final int REMEMBERED = 10_000;

  private final OpenIntake intake;
  private final FileCopy files;
  private final Executor copying;
  private final Places places;
  private final Players players;
  private final Function<List<Long>, Set<String>> roleNames;
  private final Texts texts;
  private final Locale locale;
  private final Telling telling;
  private final long maxBytes;
  private final Recent<Long, Boolean> settled = new Recent<>(REMEMBERED);

  /** Tells a player something about a message of theirs, once. */
  interface Telling {
    void tell(PlayerMessage about, String text);
  }

  /** What it works with. */
  record Parts(
      OpenIntake intake,
      FileCopy files,
      Executor copying,
      Places places,
      Players players,
      Function<List<Long>, Set<String>> roleNames,
      Texts texts,
      Locale locale,
      Telling telling,
      long maxBytes) {}

  MessageIntake(Parts parts) {
    this.intake = parts.intake();
    this.files = parts.files();
    this.copying = parts.copying();
    this.places = parts.places();
    this.players = parts.players();
    this.roleNames = parts.roleNames();
    this.texts = parts.texts();
    this.locale = parts.locale();
    this.telling = parts.telling();
    this.maxBytes = parts.maxBytes();
  }

  /** Completes when the message is settled; known messages are at once. */
  CompletableFuture<?> wrote(PlayerMessage message) {
    if (settled.get(message.id()).isPresent() || intake.isClosed()) {
      return CompletableFuture.completedFuture(true);
    }
    if (message.files().isEmpty()) {
      return handIn(message, List.of());
    }
    try {
      CompletableFuture<List<FileCopy.Result>> copied =
          CompletableFuture.supplyAsync(() -> copies(message), copying);
      return copied.thenCompose(results -> handIn(message, results));
    } catch (RejectedExecutionException stopped) {
      return CompletableFuture.completedFuture(false);
    }
  }

  private List<FileCopy.Result> copies(PlayerMessage message) {
    String owner = Players.CHANNEL + ":" + message.player();
    return message.files().stream().map(file -> files.copy(file, owner)).toList();
  }

  /** Completes when the change is settled. */
  CompletableFuture<?> edited(PlayerMessage message) {
    if (message.edited().isEmpty() || message.text().isBlank()) {
      return CompletableFuture.completedFuture(true);
    }
    String id = "m" + message.id() + "e" + message.edited().get().toEpochMilli();
    return intake.handIn(new CustomerEdited(
        origin(message, id, Optional.empty()), Long.toString(message.id()), message.text()));
  }

  /** Completes when the deletion is settled. */
  CompletableFuture<?> deleted(long player, long message, Optional<Long> guild) {
    CustomerProfile profile =
        players.profiles().profile(player, "", Optional.empty(), Optional.empty());
    Origin origin = new Origin(
        Players.key("m" + message + "d"),
        Players.address(player),
        profile,
        Optional.empty(),
        guild.map(it -> Long.toString(it)),
        Optional.empty());
    return intake.handIn(new CustomerDeleted(origin, Long.toString(message)));
  }

  private CompletableFuture<?> handIn(PlayerMessage message, List<FileCopy.Result> results) {
    StringBuilder text = new StringBuilder(message.text());
    List<AttachmentRef> kept = new ArrayList<>();
    List<String> tell = new ArrayList<>();
    Locale theirs = players.profiles().localeOf(message.player());
    for (int i = 0; i < results.size(); i++) {
      IncomingFile file = message.files().get(i);
      String name = Markdown.escapedLine(file.name());
      String size = Markdown.size(file.sizeBytes());
      if (results.get(i) instanceof FileCopy.Kept copy) {
        kept.add(copy.ref());
      } else if (results.get(i) instanceof FileCopy.TooBig) {
        text.append('\n').append(texts.get(locale, "file.toobig", "name", name, "size", size));
        String limit = Markdown.size(maxBytes);
        tell.add(texts.get(theirs, "told.toobig", "name", name, "size", size, "limit", limit));
      } else {
        text.append('\n').append(texts.get(locale, "file.lost", "name", name));
        tell.add(texts.get(theirs, "told.lost", "name", name));
      }
    }
    Position position = new Position(message.channel(), message.id());
    String bounded = Cut.withEllipsis(text.toString().strip(), MessageBody.MAX_TEXT);
    CustomerWrote wrote = new CustomerWrote(
        origin(message, "m" + message.id(), Optional.of(position)),
        Optional.of(Long.toString(message.id())),
        new MessageBody(bounded, kept, List.of(), List.of()));
    return intake.handIn(wrote).thenApply(result -> {
      settled.put(message.id(), true);
      places.put(message.player(), position);
      if (result instanceof IntakeResult.Accepted && !tell.isEmpty()) {
        telling.tell(message, String.join("\n", tell));
      }
      return result;
    });
  }

  private Origin origin(PlayerMessage message, String id, Optional<Position> position) {
    return new Origin(
        Players.key(id),
        Players.address(message.player()),
        players
            .profiles()
            .profile(
                message.player(),
                message.name(),
                Optional.empty(),
                message.roles().map(roleNames)),
        position.map(Position::toString),
        message.guild().map(it -> Long.toString(it)),
        Optional.empty());
  }
}
