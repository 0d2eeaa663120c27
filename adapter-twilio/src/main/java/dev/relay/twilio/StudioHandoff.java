package dev.relay.twilio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.conversation.ConversationId;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Offers conversations to agents by way of a Studio flow: tells the conversation's route, posts a message that runs the flow, and
 * waits for the task that the flow's Send to Flex makes. Thread-safe.
 */
final class StudioHandoff {
  /** How long a flow may take before the engine is told that nobody knows. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  /** How often in that time Twilio is asked for the task, since the event that tells of it may be lost. */
  private static final int LOOKS = 4;
  /** From this attempt on a flow that made no task counts as broken: the customer waits. */
  private static final int LAST_ATTEMPT = 3;

  private static final int MAX_TITLE = 250;

  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final Posts posts;
  private final String flow;
  private final Duration patience;
  private final Map<ConversationId, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

  StudioHandoff(TwilioCalls twilio, FlexCalls flex, Posts posts, String flow) {
    this(twilio, flex, posts, flow, PATIENCE);
  }

  StudioHandoff(TwilioCalls twilio, FlexCalls flex, Posts posts, String flow, Duration patience) {
    this.twilio = twilio;
    this.flex = flex;
    this.posts = posts;
    this.flow = flow;
    this.patience = patience;
  }

  /**
   * Lets the flow offer a conversation that is set up.
   *
   * @param link the conversation
   * @param delivery the handoff
   * @param task what the task's attributes will be
   */
  DeliveryResult offer(Link link, DeskDelivery delivery, ObjectNode task) {
    CompletableFuture<Boolean> made = new CompletableFuture<>();
    waiting.put(delivery.conversation(), made);
    try {
      if (twilio.studioHooks(link.sid()).isEmpty()) {
        twilio.addStudioHook(link.sid(), flow);
      }
      twilio.changeAttributes(
          link.sid(), Marks.routed(link.handoff(), link.name(), Optional.of(task)));
      DeliveryResult posted = trigger(link, delivery, task);
      if (!(posted instanceof DeliveryResult.Delivered)) {
        return posted;
      }
      return awaited(link, delivery, made);
    } finally {
      waiting.remove(delivery.conversation(), made);
    }
  }

  private DeliveryResult trigger(Link link, DeskDelivery delivery, ObjectNode task) {
    String title = "#" + task.path("case_number").asText("") + " "
        + task.path("case_subject").asText("");
    String bounded = title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) : title;
    return posts.postToFlow(
        link,
        delivery.id().value() + "-t",
        Participant.RELAY.displayName(),
        List.of(new Parts.Part.Text(bounded)),
        delivery.attempt() > 1);
  }

  private DeliveryResult awaited(
      Link link, DeskDelivery delivery, CompletableFuture<Boolean> made) {
    for (int look = 1; look <= LOOKS; look++) {
      Optional<Boolean> told = await(made, patience.dividedBy(LOOKS));
      if (told.isPresent() && !told.get()) {
        return new DeliveryResult.Rejected("the Studio flow could not send it to Flex");
      }
      if (told.isPresent()
          || flex.task(TaskAttributes.HANDOFF, delivery.id().value()).isPresent()) {
        offered(link);
        return DeliveryResult.delivered(link.sid());
      }
    }
    return delivery.attempt() >= LAST_ATTEMPT
        ? new DeliveryResult.Rejected("the Studio flow made no task")
        : new DeliveryResult.Unknown("the Studio flow has made no task yet");
  }

  /** What was told; empty where nothing was in that time. */
  private static Optional<Boolean> await(CompletableFuture<Boolean> made, Duration time) {
    try {
      return Optional.of(made.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("what a flow did never fails", e);
    }
  }

  /** The task is there: nothing that anybody writes may run the flow again. */
  void offered(Link link) {
    for (String hook : twilio.studioHooks(link.sid())) {
      twilio.deleteWebhook(link.sid(), hook);
    }
    link.ready();
  }

  /** TaskRouter has a task of that conversation. */
  void taskMade(ConversationId conversation) {
    told(conversation, true);
  }

  /** The flow of that conversation broke. */
  void flowFailed(ConversationId conversation) {
    told(conversation, false);
  }

  private void told(ConversationId conversation, boolean isMade) {
    Optional.ofNullable(waiting.get(conversation)).ifPresent(it -> it.complete(isMade));
  }
}
