package dev.relay.core.example;

import dev.relay.core.Relay;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Store;
import java.util.concurrent.CompletableFuture;

/** A bot with a virtual agent and live agents; docs/embedding.md shows this class. */
final class EmbeddedRelay {
  final CallbackChannel channel;
  final CallbackDesk staff;
  final Relay relay;

  EmbeddedRelay(
      Store store, KnowledgeBase articles, CallbackChannel.Sender bot, CallbackDesk.Sender room) {
    channel = CallbackChannel.named("my-bot").sending(bot);
    staff = CallbackDesk.named("staff-room").sending(room);
    relay = Relay.builder()
        .store(store)
        .knowledgeBase(articles)
        .channel(channel)
        .desk(staff)
        .build();
    relay.start();
  }

  CompletableFuture<IntakeResult> customerWrites(String customer, String messageId, String text) {
    return channel.received(customer, messageId, text);
  }

  CompletableFuture<IntakeResult> agentAnswers(ConversationId id, Participant agent, String text) {
    return staff.joined(id, agent).thenCompose(joined -> staff.said(id, agent, text));
  }

  CompletableFuture<IntakeResult> agentSolves(ConversationId id, Participant agent) {
    return staff.ended(id, agent, CaseStatus.SOLVED);
  }
}
