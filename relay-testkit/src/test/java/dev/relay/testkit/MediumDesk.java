package dev.relay.testkit;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A desk over the fake medium that keeps all rules; each wrong one breaks one of them. */
class MediumDesk implements AgentDesk {
  static final PortId ID = new PortId("medium-desk");
  private static final Participant AGENT = Participant.agent("bea", "Bea");

  final FakeMedium medium;
  private volatile @Nullable MediumEars ears;

  MediumDesk(FakeMedium medium) {
    this.medium = medium;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public void start(Inbox inbox) {
    MediumEars made = ears(inbox);
    ears = made;
    made.listen(medium.lastIndex());
  }

  MediumEars ears(Inbox inbox) {
    return new MediumEars(medium, inbox, this::read);
  }

  Event read(FakeMedium.Report report) {
    ConversationId conversation = new ConversationId(Long.parseLong(report.place()));
    Optional<EventKey> key = Optional.of(new EventKey("medium", report.kind() + " " + report.id()));
    return switch (report.kind()) {
      case "joined" -> new DeskEvent.AgentJoined(conversation, key, ID, AGENT);
      case "left" -> new DeskEvent.AgentLeft(conversation, key, AGENT);
      case "ended" -> new DeskEvent.AgentEnded(conversation, key, AGENT, CaseStatus.SOLVED);
      default ->
        new DeskEvent.AgentWrote(
            conversation, key, AGENT, Optional.of(report.id()), MessageBody.text(report.text()));
    };
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    try {
      return DeliveryResult.delivered(send(delivery.conversation().toString(), delivery));
    } catch (FakeMedium.Failure failure) {
      return onFailure(failure, delivery);
    }
  }

  DeliveryResult onFailure(FakeMedium.Failure failure, DeskDelivery delivery) {
    return MediumResults.of(failure);
  }

  String send(String place, DeskDelivery delivery) throws FakeMedium.Failure {
    String key = keyOf(delivery);
    DeskOutbound what = delivery.what();
    if (what instanceof DeskOutbound.Handoff handoff) {
      medium.offer(place);
      return medium.show(place, key, transcriptOf(handoff));
    }
    if (what instanceof DeskOutbound.Message message) {
      return medium.show(place, key, message.body().text());
    }
    if (what instanceof DeskOutbound.Edit edit && edit.externalId().isPresent()) {
      medium.change(place, edit.externalId().get(), edit.text());
    } else if (what instanceof DeskOutbound.Delete delete && delete.externalId().isPresent()) {
      medium.remove(place, delete.externalId().get());
    } else if (what instanceof DeskOutbound.Withdrawn || what instanceof DeskOutbound.Ended) {
      medium.withdraw(place);
    }
    return key;
  }

  String keyOf(DeskDelivery delivery) {
    return delivery.id().value();
  }

  String transcriptOf(DeskOutbound.Handoff handoff) {
    return handoff.transcript().stream()
        .map(entry -> entry.content())
        .filter(EntryContent.Said.class::isInstance)
        .map(content -> ((EntryContent.Said) content).body().text())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    try {
      Optional<String> id = medium.find(delivery.conversation().toString(), keyOf(delivery));
      return id.isPresent() ? new LookUp.Found(id) : new LookUp.NotFound();
    } catch (FakeMedium.Failure failure) {
      return MediumResults.lookUp(failure);
    }
  }

  /** The medium has a sign for it, which shows no message and is lost if the medium fails. */
  @Override
  public void customerTypes(ConversationId conversation) {
    try {
      showTyping(conversation.toString());
    } catch (FakeMedium.Failure failure) {
      // Best effort.
    }
  }

  void showTyping(String place) throws FakeMedium.Failure {
    medium.find(place, "typing");
  }

  @Override
  public Health health() {
    return Health.up();
  }

  @Override
  public void stop() {
    MediumEars open = ears;
    if (open != null) {
      open.stop();
    }
  }
}
