package dev.relay.core.example;

import dev.relay.core.Relay;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.store.Store;
import java.util.function.BiConsumer;

/** How a bot embeds Relay; docs/embedding.md shows this class. */
final class EmbeddedRelay {
  final CallbackChannel channel;
  final CallbackDesk desk;
  final Relay relay;

  EmbeddedRelay(
      Store store,
      KnowledgeBase knowledge,
      BiConsumer<String, String> bot,
      BiConsumer<Long, String> staff) {
    channel = new CallbackChannel(
        "my-bot",
        new Capabilities(false, false, false, false, 2_000),
        delivery -> {
          if (delivery.what() instanceof Outbound.Message message) {
            bot.accept(
                delivery.to().key(),
                message.author().displayName() + ": " + message.body().text());
          }
          return DeliveryResult.delivered();
        },
        delivery -> new LookUp.NotFound());
    desk = new CallbackDesk(
        "staff-room",
        delivery -> {
          if (delivery.what() instanceof DeskOutbound.Handoff handoff) {
            staff.accept(
                delivery.conversation().value(),
                "case " + handoff.supportCase().number() + " waits");
          } else if (delivery.what() instanceof DeskOutbound.Message message) {
            staff.accept(delivery.conversation().value(), message.body().text());
          }
          return DeliveryResult.delivered();
        },
        delivery -> new LookUp.NotFound());
    relay = Relay.builder()
        .store(store)
        .knowledgeBase(knowledge)
        .channel(channel)
        .desk(desk)
        .build();
    relay.start();
  }
}
