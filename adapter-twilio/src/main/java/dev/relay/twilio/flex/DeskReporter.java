package dev.relay.twilio.flex;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.wire.FlexEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Submits what agents do in Flex as desk events, and asks Relay which agent a conversation is assigned to. Thread-safe. */
final class DeskReporter {
  private final PortId desk;
  private final TwilioPort port;

  DeskReporter(TwilioPort port) {
    this.desk = port.id();
    this.port = port;
  }

  /** Submits an event until it is accepted or refused. */
  CompletableFuture<IntakeResult> submit(DeskEvent event) {
    return port.submit(event);
  }

  /** Submits an agent's event; if Relay has not recorded that they joined, submits that first. */
  CompletableFuture<IntakeResult> submitAfterJoining(
      ConversationLink link, FlexEvent.Agent agent, DeskEvent event) {
    return submit(event).thenCompose(result -> {
      if (!isRefused(result, Refusal.Code.NOT_LIVE)) {
        return CompletableFuture.completedFuture(result);
      }
      String key = "joined-with:" + event.key().map(EventKey::key).orElse("");
      return submit(joined(link, agent, key)).thenCompose(joined -> submit(event));
    });
  }

  DeskEvent.AgentJoined joined(ConversationLink link, FlexEvent.Agent agent, String key) {
    return new DeskEvent.AgentJoined(
        link.name().conversation(), key(key), desk, participant(agent));
  }

  DeskEvent.AgentReplaced replaced(ConversationLink link, FlexEvent.Agent agent, String key) {
    return new DeskEvent.AgentReplaced(
        link.name().conversation(), key(key), desk, participant(agent));
  }

  DeskEvent.DeskSaid said(ConversationLink link, String key, MessageBody body) {
    return new DeskEvent.DeskSaid(link.name().conversation(), key(key), desk, body);
  }

  DeskEvent.DeskDeclined declined(ConversationLink link, String key, String reason) {
    return new DeskEvent.DeskDeclined(link.name().conversation(), key(key), desk, reason);
  }

  /** Returns the assigned agent of a conversation, from Relay's store: Twilio shows only who has written. Blocks. */
  Optional<Participant> assignedAgent(ConversationLink link) {
    return port.intake().flatMap(it -> it.agentAt(desk, link.name().conversation()));
  }

  /** Checks whether a conversation is at this desk. Fails if the desk is stopped. Blocks. */
  boolean isHere(ConversationId conversation) {
    return port.intake()
        .map(intake -> intake.isAt(desk, conversation))
        .orElseThrow(() -> new IllegalStateException("the desk is stopped"));
  }

  /** Checks whether the desk is started and not stopped. */
  boolean isOpen() {
    return port.isOpen();
  }

  Optional<EventKey> key(String key) {
    return Optional.of(new EventKey(desk.value(), key));
  }

  static Participant participant(FlexEvent.Agent agent) {
    return Participant.agent(agent.identity(), agent.displayName());
  }

  static boolean isRefused(IntakeResult result, Refusal.Code code) {
    return result instanceof IntakeResult.Refused refused && refused.refusal().code() == code;
  }

  static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
