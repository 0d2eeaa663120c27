package dev.relay.twilio.studio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.text.Cut;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.conversation.StudioTexts;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.StudioAttributes;
import dev.relay.twilio.wire.TaskAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers conversations to agents through a Studio flow: the conversation's attributes request agents, a message starts the flow,
 * and the flow's Send to Flex makes the task. Thread-safe; blocks.
 */
public final class StudioOffering {
  private static final Logger LOG = LoggerFactory.getLogger(StudioOffering.class);
  private static final int MAX_SUBJECT = 250;
  /** The number of starts of the flow for one handoff. */
  private static final int MAX_STARTS = 3;

  private static final int LOOK_BACK_PAGES = 3;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 4_000;

  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final MessagePoster poster;
  private final StudioFlowId flow;
  private final StudioTimes times;
  private final PendingHandoffs pending = new PendingHandoffs();

  /**
   * Creates the offering for an account; makes no calls.
   *
   * @param connection the account, whose settings name the flow
   * @param poster posts to the conversations
   * @param times how long it waits for the flow
   */
  public StudioOffering(TwilioConnection connection, MessagePoster poster, StudioTimes times) {
    this.twilio = connection.conversations();
    this.flex = connection.flex();
    this.poster = poster;
    this.flow = new StudioFlowId(connection.settings(), connection.client());
    this.times = times;
  }

  /** Returns the entries of the transcript that are not in the conversation yet. One call per hundred messages there. */
  public List<TranscriptEntry> unsaid(ConversationLink link, List<TranscriptEntry> transcript) {
    Set<String> sids = new HashSet<>();
    Set<String> deliveries = new HashSet<>();
    List<String> replies = new ArrayList<>();
    for (FlexEvent.Message message :
        twilio.newestMessages(link.sid(), 0, TwilioCalls.PAGE, LOOK_BACK_PAGES)) {
      sids.add(message.sid());
      Marks.delivery(message.attributes()).ifPresent(delivery -> {
        deliveries.add(delivery);
        if (delivery.endsWith(ReplyNotes.MARK)) {
          replies.add(message.body());
        }
      });
    }
    return transcript.stream()
        .filter(entry -> !(entry.content() instanceof EntryContent.Said said)
            || !isThere(entry, said, sids, deliveries, replies))
        .toList();
  }

  private static boolean isThere(
      TranscriptEntry entry,
      EntryContent.Said said,
      Set<String> sids,
      Set<String> deliveries,
      List<String> replies) {
    if (said.author().role() == Participant.Role.VIRTUAL_AGENT) {
      // The entries of an answer are made after it was posted: they are recognised by their text.
      return StudioTexts.of(said.body()).stream().allMatch(replies::remove);
    }
    if (entry.sourceId().filter(sids::contains).isPresent()) {
      return true;
    }
    LaneKey lane = new LaneKey(entry.conversation(), entry.destination());
    return entry.sequence() > 0
        && deliveries.contains(DeliveryId.of(lane, entry.sequence()).value());
  }

  /**
   * Starts the flow and waits for its task: four calls if TaskRouter's event comes. Returns {@link DeliveryResult.Unknown} if no task comes in time, and {@link DeliveryResult.Rejected} if the flow failed or was started three times without success.
   */
  public DeliveryResult offer(
      ConversationLink link, DeskDelivery delivery, DeskOutbound.Handoff handoff, ObjectNode task) {
    String id = delivery.id().value();
    PendingHandoffs.Pending mine = pending.expect(id, delivery.conversation());
    // Events after the attempt before: the flow need not run again.
    if (!mine.outcome().isDone()) {
      DeliveryResult started = start(link, delivery, handoff, task, mine);
      if (!(started instanceof DeliveryResult.Delivered)) {
        return started;
      }
    }
    return switch (waitFor(mine)) {
      case CREATED -> {
        stopFlow(link);
        link.ready();
        pending.forget(id);
        yield DeliveryResult.delivered(link.sid());
      }
      case FAILED -> {
        pending.forget(id);
        yield new DeliveryResult.Rejected("the Studio flow reports that it could not send to Flex");
      }
      case NOTHING -> {
        int starts = mine.inVain();
        LOG.warn("{}: the Studio flow made no task ({} times)", link.name(), starts);
        if (starts >= MAX_STARTS) {
          pending.forget(id);
          yield new DeliveryResult.Rejected("the Studio flow made no task");
        }
        yield new DeliveryResult.Unknown("the Studio flow has made no task yet");
      }
    };
  }

  private DeliveryResult start(
      ConversationLink link,
      DeskDelivery delivery,
      DeskOutbound.Handoff handoff,
      ObjectNode task,
      PendingHandoffs.Pending mine) {
    String id = mine.handoff();
    if (twilio.studioHooks(link.sid()).isEmpty()) {
      String unused = twilio.addStudioHook(link.sid(), flow.needed());
    }
    link.flowStopped(false);
    twilio.changeAttributes(link.sid(), StudioAttributes.ofHandoff(link.name(), id, task));
    mine.starting();
    String start = id + "-t" + (mine.startsInVain() + 1);
    String text = "Case " + handoff.supportCase().number() + ": "
        + Cut.to(handoff.supportCase().subject(), MAX_SUBJECT);
    DeliveryResult posted = poster.postToFlow(
        link,
        start,
        Participant.RELAY.displayName(),
        List.of(text),
        Optional.empty(),
        delivery.attempt() > 1);
    Optional.ofNullable(link.parts(start).get(1)).ifPresent(mine::startedBy);
    return posted;
  }

  private PendingHandoffs.Outcome waitFor(PendingHandoffs.Pending mine) {
    long end = System.nanoTime() + times.forTask().toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      Optional<PendingHandoffs.Outcome> heard = heard(mine.outcome(), Math.min(pause, left));
      if (heard.isPresent()) {
        return heard.get();
      }
      if (flex.task(TaskAttributes.HANDOFF, mine.handoff()).isPresent()) {
        return PendingHandoffs.Outcome.CREATED;
      }
      if (left <= pause || Thread.currentThread().isInterrupted()) {
        return PendingHandoffs.Outcome.NOTHING;
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private static Optional<PendingHandoffs.Outcome> heard(
      CompletableFuture<PendingHandoffs.Outcome> outcome, long millis) {
    try {
      return Optional.of(outcome.get(Math.max(0, millis), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes it with a failure", e);
    }
  }

  /** Records that a handoff's task was made, which ends the wait for it. */
  public void created(String handoff) {
    pending.created(handoff);
  }

  /** Records that the flow that a message started failed; returns whether a handoff of that conversation waited for it. */
  public boolean failed(ConversationId conversation, String message) {
    return pending.failed(conversation, message);
  }

  /** Removes the webhook that starts the flow, since each message of an agent would start it. Two calls, none if it is removed already. */
  public void stopFlow(ConversationLink link) {
    if (link.isFlowStopped()) {
      return;
    }
    for (String hook : twilio.studioHooks(link.sid())) {
      twilio.removeHook(link.sid(), hook);
    }
    link.flowStopped(true);
  }

  /** Does the same and only logs a failure: it is retried with the next agent. */
  public void tryToStopFlow(ConversationLink link) {
    try {
      stopFlow(link);
    } catch (TwilioException e) {
      LOG.warn(
          "{}: the Studio flow is not stopped: {}",
          link.name(),
          TwilioFailure.of(e).reason());
    }
  }
}
