package dev.relay.twilio.flex;

import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.wire.TaskAttributes;
import java.util.List;
import java.util.Optional;

/** The Flex interactions of Twilio conversations: remembered if known, else found by their tasks. Thread-safe; blocks. */
final class Interactions {
  private final FlexCalls flex;
  private final boolean withStudio;

  /**
   * Creates the access to an account's interactions; makes no calls.
   *
   * @param withStudio whether a Studio flow makes the interactions: one that runs twice makes two
   */
  Interactions(FlexCalls flex, boolean withStudio) {
    this.flex = flex;
    this.withStudio = withStudio;
  }

  /** Returns the interaction of a conversation. Two calls if it is not remembered. */
  Optional<FlexCalls.Place> find(ConversationLink link) {
    if (link.interaction().isPresent()) {
      return link.interaction();
    }
    Optional<FlexCalls.Place> found = flex.task(
            TaskAttributes.CONVERSATION, link.name().toString())
        .flatMap(task -> task.interaction().map(sid -> new FlexCalls.Place(sid, task.channel())));
    found.ifPresent(link::interaction);
    return found;
  }

  /** Returns the interaction of a conversation with its channel if other agents can still join it. */
  Optional<FlexCalls.Place> findOpen(ConversationLink link) {
    return find(link)
        .flatMap(place -> flex.channel(place.sid())
            .filter(FlexCalls.Channel::open)
            .map(channel -> new FlexCalls.Place(place.sid(), Optional.of(channel.sid()))));
  }

  /** Closes the channels of all interactions of a conversation, which ends their tasks. Harmless if repeated. */
  void close(ConversationLink link) {
    all(link).forEach(this::closeChannel);
  }

  private List<FlexCalls.Place> all(ConversationLink link) {
    if (!withStudio) {
      return find(link).stream().toList();
    }
    return flex.tasks(TaskAttributes.CONVERSATION, link.name().toString()).stream()
        .flatMap(task ->
            task.interaction().map(sid -> new FlexCalls.Place(sid, task.channel())).stream())
        .distinct()
        .toList();
  }

  private void closeChannel(FlexCalls.Place place) {
    // Asked first: Twilio refuses to close a closed channel, and reports that as an error of the
    // account.
    flex.channel(place.sid())
        .filter(it -> !it.closed())
        .ifPresent(channel -> flex.closeChannel(place.sid(), channel.sid()));
  }
}
