package dev.relay.testkit;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deliveries for the tests of the agent desk contract. */
final class DeskDeliveries {
  /** Text of the customer's message before the handoff. */
  static final String SAID_BEFORE = "my sword is gone";

  /** Text of that message before the customer edited it. */
  static final String BEFORE_THE_EDIT = "my sowrd is gone";

  /** Text of a message that the customer deleted before the handoff. */
  static final String TAKEN_BACK = "my password is hunter2";

  private static final Instant BEGIN = Instant.parse("2026-11-02T10:00:00Z");

  private DeskDeliveries() {}

  static DeskDelivery of(int conversation, int number, DeskOutbound what) {
    LaneKey lane = new LaneKey(new ConversationId(conversation), Destination.DESK);
    return new DeskDelivery(
        DeliveryId.of(lane, number),
        new EntryId(conversation * 1_000L + number),
        new ConversationId(conversation),
        what,
        1);
  }

  static DeskDelivery message(int conversation, int number, String text) {
    return of(
        conversation,
        number,
        new DeskOutbound.Message(customer(conversation).asParticipant(), MessageBody.text(text)));
  }

  static DeskDelivery handoff(int conversation) {
    Customer customer = customer(conversation);
    Participant author = customer.asParticipant();
    EntryId corrected = new EntryId(conversation * 1_000L - 4);
    EntryId takenBack = new EntryId(conversation * 1_000L - 3);
    List<TranscriptEntry> before = List.of(
        before(
            conversation,
            corrected,
            new EntryContent.Said(author, MessageBody.text(BEFORE_THE_EDIT))),
        before(
            conversation, takenBack, new EntryContent.Said(author, MessageBody.text(TAKEN_BACK))),
        before(
            conversation,
            new EntryId(conversation * 1_000L - 2),
            new EntryContent.Edited(author, corrected, SAID_BEFORE)),
        before(
            conversation,
            new EntryId(conversation * 1_000L - 1),
            new EntryContent.Deleted(author, takenBack)));
    return of(
        conversation,
        1,
        new DeskOutbound.Handoff(
            customer,
            supportCase(conversation, customer),
            QueueName.DEFAULT,
            "the customer asked for a person",
            before));
  }

  private static TranscriptEntry before(int conversation, EntryId id, EntryContent content) {
    return new TranscriptEntry(
        id,
        new ConversationId(conversation),
        Destination.RECORD,
        0,
        BEGIN,
        content,
        Optional.empty(),
        Optional.empty());
  }

  private static Customer customer(int number) {
    return new Customer(
        new CustomerId(number),
        new PortId("chat"),
        "person-" + number,
        "Ada " + number,
        Locale.ENGLISH,
        Set.of(),
        Optional.empty(),
        BEGIN);
  }

  private static SupportCase supportCase(int number, Customer customer) {
    return new SupportCase(
        new CaseNumber(1_000 + number),
        CaseKind.SUPPORT,
        CaseStatus.NEW,
        CasePriority.NORMAL,
        SAID_BEFORE,
        SAID_BEFORE,
        Map.of(),
        Set.of(),
        QueueName.DEFAULT,
        Optional.empty(),
        customer.id(),
        List.of(new ConversationId(number)),
        Optional.empty(),
        BEGIN,
        BEGIN,
        Optional.empty(),
        Optional.empty(),
        1);
  }
}
