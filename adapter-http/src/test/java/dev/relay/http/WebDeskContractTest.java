package dev.relay.http;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.WebDesk;
import dev.relay.testkit.AgentDeskContract;
import dev.relay.testkit.FarSideTrouble;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Relay's own desk shows the store itself: there is no far side that could fail, and agents submit events themselves. */
class WebDeskContractTest extends AgentDeskContract {
  private static final Participant BEA = Participant.agent("bea", "Bea");

  private final Map<ConversationId, Map<String, String>> transcripts = new LinkedHashMap<>();
  private final Set<ConversationId> offered = new HashSet<>();
  private final LiveStreams live = new WebPorts(StreamLimits.DEFAULT, new TestObserver()).live();
  private WebDesk desk = new WebDesk(live);

  @Override
  protected AgentDesk newDesk() {
    desk = new WebDesk(live);
    return desk;
  }

  @Override
  protected synchronized void stored(DeskDelivery delivery) {
    Map<String, String> transcript =
        transcripts.computeIfAbsent(delivery.conversation(), id -> new LinkedHashMap<>());
    DeskOutbound what = delivery.what();
    if (what instanceof DeskOutbound.Handoff handoff) {
      offered.add(delivery.conversation());
      handoff.transcript().forEach(entry -> {
        if (entry.content() instanceof EntryContent.Said said) {
          transcript.put(entry.id().toString(), said.body().text());
        }
      });
    } else if (what instanceof DeskOutbound.Message message) {
      transcript.put(delivery.entry().toString(), message.body().text());
    } else if (what instanceof DeskOutbound.Withdrawn || what instanceof DeskOutbound.Ended) {
      offered.remove(delivery.conversation());
    }
  }

  @Override
  protected synchronized boolean isOffered(ConversationId conversation) {
    return offered.contains(conversation);
  }

  @Override
  protected synchronized List<String> shown(ConversationId conversation) {
    return List.copyOf(transcripts.getOrDefault(conversation, Map.of()).values());
  }

  @Override
  protected void agentJoins(ConversationId conversation) {
    desk.submit(new DeskEvent.AgentJoined(conversation, Optional.empty(), WebDesk.ID, BEA))
        .join();
  }

  @Override
  protected void agentWrites(ConversationId conversation, String messageId, String text) {
    desk.submit(new DeskEvent.AgentWrote(
            conversation,
            Optional.of(new EventKey("desk", messageId)),
            BEA,
            Optional.of(messageId),
            MessageBody.text(text)))
        .join();
  }

  @Override
  protected void agentLeaves(ConversationId conversation) {
    desk.submit(new DeskEvent.AgentLeft(conversation, Optional.empty(), BEA)).join();
  }

  @Override
  protected void agentEnds(ConversationId conversation) {
    desk.submit(new DeskEvent.AgentEnded(conversation, Optional.empty(), BEA, CaseStatus.SOLVED))
        .join();
  }

  @Override
  protected Set<FarSideTrouble> possibleTroubles() {
    return Set.of();
  }

  @Override
  protected boolean isReportedByFarSide() {
    return false;
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    throw new AssertionError("Relay's own desk has no far side that could fail");
  }

  @Override
  protected void repair() {
    // Nothing is ever broken.
  }
}
