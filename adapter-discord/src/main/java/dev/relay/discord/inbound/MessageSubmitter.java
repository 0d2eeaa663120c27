package dev.relay.discord.inbound;

import dev.relay.core.conversation.CustomerEvent.CustomerDeleted;
import dev.relay.core.conversation.CustomerEvent.CustomerEdited;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.LruCache;
import dev.relay.discord.customer.Profiles;
import dev.relay.discord.customer.ReadPosition;
import dev.relay.discord.rest.DiscordRest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Submits messages, edits and deletions at their turn: first a message's files are copied, then the message is submitted. Thread-safe. */
final class MessageSubmitter {
  private static final int SETTLED = 10_000;

  private final Inbox inbox;
  private final FileCopies files;
  private final FileNotes notes;
  private final CustomerChannels channels;
  private final Profiles profiles;
  private final DiscordRest rest;
  private final LruCache<Long, Boolean> settled = new LruCache<>(SETTLED);

  /**
   * Creates a submitter.
   *
   * @param files copies the files of messages
   * @param notes phrases what happened to files that could not be copied
   * @param rest looks up the names of roles
   */
  MessageSubmitter(
      Inbox inbox,
      FileCopies files,
      FileNotes notes,
      CustomerChannels channels,
      Profiles profiles,
      DiscordRest rest) {
    this.inbox = inbox;
    this.files = files;
    this.notes = notes;
    this.channels = channels;
    this.profiles = profiles;
    this.rest = rest;
  }

  /** Submits a message. Completes when the message is settled; with false if the inbox was closed first. */
  CompletableFuture<Boolean> submit(CustomerMessage message) {
    if (settled.get(message.id()).isPresent()) {
      return CompletableFuture.completedFuture(true);
    }
    if (inbox.isClosed()) {
      return CompletableFuture.completedFuture(false);
    }
    return message.files().isEmpty()
        ? submit(message, List.of())
        : files.copy(message).thenCompose(copies -> submit(message, copies));
  }

  /** Submits an edit. Completes when the edit is settled; with false if the inbox was closed first. */
  CompletableFuture<Boolean> submitEdit(CustomerMessage message) {
    if (message.edited().isEmpty() || message.text().isBlank()) {
      return CompletableFuture.completedFuture(true);
    }
    String id = "m" + message.id() + "e" + message.edited().get().toEpochMilli();
    return inbox
        .submit(new CustomerEdited(
            origin(message, id, Optional.empty()), Long.toString(message.id()), message.text()))
        .thenApply(MessageSubmitter::isSettled);
  }

  /** Submits a deletion. Completes when the deletion is settled; with false if the inbox was closed first. */
  CompletableFuture<Boolean> submitDeletion(long customer, long message, Optional<Long> guild) {
    CustomerProfile profile = profiles.profile(customer, "", Optional.empty(), Optional.empty());
    Origin origin = new Origin(
        DiscordAddresses.key("m" + message + "d"),
        DiscordAddresses.address(customer),
        profile,
        Optional.empty(),
        guild.map(it -> Long.toString(it)),
        Optional.empty());
    return inbox
        .submit(new CustomerDeleted(origin, Long.toString(message)))
        .thenApply(MessageSubmitter::isSettled);
  }

  private static boolean isSettled(IntakeResult result) {
    return !(result instanceof IntakeResult.Unavailable);
  }

  private CompletableFuture<Boolean> submit(CustomerMessage message, List<FileCopy.Result> copies) {
    ReadPosition position = new ReadPosition(message.channel(), message.id());
    CustomerWrote wrote = new CustomerWrote(
        origin(message, "m" + message.id(), Optional.of(position)),
        Optional.of(Long.toString(message.id())),
        notes.body(message, copies));
    return inbox.submit(wrote).thenApply(result -> {
      if (!isSettled(result)) {
        // The inbox was closed: the message is read from the history after the next start.
        return false;
      }
      settled.put(message.id(), true);
      channels.put(message.customer(), position);
      if (result instanceof IntakeResult.Accepted) {
        notes.notifyCustomer(message, copies, profiles.localeOf(message.customer()));
      }
      return true;
    });
  }

  private Origin origin(CustomerMessage message, String id, Optional<ReadPosition> position) {
    return new Origin(
        DiscordAddresses.key(id),
        DiscordAddresses.address(message.customer()),
        profiles.profile(
            message.customer(),
            message.name(),
            Optional.empty(),
            message.roles().map(rest::roleNames)),
        position.map(ReadPosition::toString),
        message.guild().map(it -> Long.toString(it)),
        Optional.empty());
  }
}
