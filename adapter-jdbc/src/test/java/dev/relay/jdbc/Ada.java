package dev.relay.jdbc;

import dev.relay.core.access.AccessToken;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team.Mention;
import dev.relay.core.workspace.Workspace.Draft;
import dev.relay.core.workspace.Workspace.SiteProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A customer of the web chat about whom everything is stored that Relay can store: each text, name, address and file contains a word that is
 * nowhere else.
 */
record Ada(
    String word,
    CustomerId customer,
    ConversationId conversation,
    CaseNumber supportCase,
    String file) {
  private static final PortId WEB = new PortId("web");
  private static final PortId DESK = new PortId("relay");
  private static final Participant ANN = Participant.agent("ann", "Ann");

  /** Enough messages for several pages of each table and index. */
  private static final int MESSAGES = 300;

  /** Stores a customer with that word. */
  static Ada in(JdbcStore store, String word, Instant now) {
    AttachmentRef file = file(store, word, now, "web:address-" + word);
    Ada ada = store.write(transaction -> write(transaction, word, file, now));
    store
        .tokens()
        .add(new AccessToken(
            "hash" + word.hashCode(),
            AccessToken.Kind.CHAT_SESSION,
            "address-" + word,
            Map.of("name", "Ada " + word, "locale", "en"),
            now,
            now,
            now.plusSeconds(60)));
    store
        .workspace()
        .siteProfiles()
        .save(new SiteProfile(
            "address-" + word,
            "subject " + word,
            Optional.of(word + "@example.com"),
            List.of(),
            now));
    store
        .workspace()
        .drafts()
        .save(new Draft(
            "ann", "conversation:" + ada.conversation, "draft " + word, "", List.of(), now));
    store
        .workspace()
        .drafts()
        .save(new Draft("ann", "case:" + ada.supportCase.value(), "", word, List.of(), now));
    for (String form : List.of(
        "case-" + ada.supportCase.value(),
        "send-at-" + ada.supportCase.value(),
        "pass-on-" + ada.conversation,
        "new-case-" + ada.customer)) {
      store
          .workspace()
          .drafts()
          .save(new Draft("ann", "form:" + form, "form " + word, "", List.of(), now));
    }
    return ada;
  }

  /** Solves the case, and gives up the message that has not been delivered. */
  void settle(JdbcStore store, Instant now) {
    store.write(transaction -> {
      SupportCase open = transaction.supportCase(supportCase).orElseThrow();
      var solved = open.change(CaseChange.status(CaseStatus.SOLVED), ANN, CasePolicy.DEFAULT, now);
      transaction.save(((CaseDecision.Changed) solved).next());
      transaction.drop(new LaneKey(conversation, Destination.CUSTOMER));
      return true;
    });
  }

  private static AttachmentRef file(JdbcStore store, String word, Instant now, String owner) {
    byte[] content = ("content " + word + " ").repeat(40_000).getBytes(StandardCharsets.UTF_8);
    try {
      var unused = store
          .attachments()
          .keep(
              owner,
              "unsent " + word,
              "text/plain",
              new ByteArrayInputStream(content),
              1 << 21,
              now);
      return store
          .attachments()
          .keep(
              owner, word + ".txt", "text/plain", new ByteArrayInputStream(content), 1 << 21, now);
    } catch (IOException | AttachmentTooLarge e) {
      throw new IllegalStateException(e);
    }
  }

  private static Ada write(Transaction transaction, String word, AttachmentRef file, Instant now) {
    CustomerId id = transaction.newCustomerId();
    Customer customer = new Customer(
        id,
        WEB,
        "address-" + word,
        "Ada " + word,
        Locale.ENGLISH,
        Set.of(word),
        Optional.of(new Customer.Block(word, Optional.empty())),
        now);
    transaction.save(customer);
    ConversationId conversation = transaction.newConversationId();
    CaseNumber number = transaction.newCaseNumber();
    CustomerAddress address = new CustomerAddress(WEB, "address-" + word);
    transaction.save(new Conversation(
        conversation,
        id,
        address,
        Locale.ENGLISH,
        new Handling.Closed(now, customer.asParticipant()),
        Route.FALLBACK,
        Optional.of(number),
        Resolution.NONE,
        now,
        now,
        Optional.empty(),
        0));
    transaction.savePosition(address, "position " + word, now);
    transaction.save(new SupportCase(
        number,
        CaseKind.FEATURE_REQUEST,
        CaseStatus.OPEN,
        CasePriority.HIGH,
        "subject " + word,
        "description " + word,
        Map.of("field", word),
        Set.of("tag " + word),
        QueueName.DEFAULT,
        Optional.of(ANN),
        id,
        List.of(conversation),
        Optional.empty(),
        now,
        now,
        Optional.empty(),
        Optional.of(now.plusSeconds(60)),
        0));
    Participant author = customer.asParticipant();
    transaction.addHistory(List.of(
        new CaseHistoryEntry(number, now, author, "subject", "before " + word, "after " + word),
        new CaseHistoryEntry(number, now, author, "rating", "", "4: because " + word),
        new CaseHistoryEntry(number, now, ANN, "priority", "LOW", "HIGH")));
    var unusedNote = transaction.addNote(
        number, new Participant(Participant.Role.AGENT, "ann", "Ann " + word), now, "note " + word);
    transaction.save(new Mention(
        0,
        "ann",
        ANN,
        Optional.of(conversation),
        Optional.empty(),
        "@ann see " + word,
        now,
        false));
    transaction.save(new Mention(
        0, "ann", ANN, Optional.empty(), Optional.of(number), "@ann case " + word, now, false));
    transaction.save(new Scheduled(
        0,
        id,
        new AgentWroteFirst(
            conversation,
            Optional.empty(),
            DESK,
            ANN,
            Optional.of(number),
            Optional.empty(),
            MessageBody.text("later " + word)),
        now.plusSeconds(60),
        now,
        Scheduled.State.WAITING,
        Optional.empty()));
    writeEntries(transaction, word, file, author, conversation, number, now);
    return new Ada(word, id, conversation, number, file.id());
  }

  private static void writeEntries(
      Transaction transaction,
      String word,
      AttachmentRef file,
      Participant author,
      ConversationId conversation,
      CaseNumber number,
      Instant now) {
    EntryContent.Said said = new EntryContent.Said(
        author,
        new MessageBody(
            "hello " + word,
            List.of(file),
            List.of(new ArticleLink(
                "faq", "title " + word, "passage", Optional.empty(), Optional.empty())),
            List.of(Button.THAT_HELPED)));
    EntryId first =
        append(transaction, conversation, Destination.RECORD, said, word, now).id();
    List<EntryContent> kinds = List.of(
        new EntryContent.Edited(author, first, "edited " + word),
        new EntryContent.Pressed(author, Button.THAT_HELPED),
        new EntryContent.Rated(author, 4, Optional.of("because " + word)),
        new EntryContent.Notified(new Notice(
            NoticeKind.AGENT_WRITES, Map.of("agent", "Ann", "case", "#7", "subject", word))),
        new EntryContent.Whispered(ANN, "whispered " + word),
        new EntryContent.HandoffRequested(
            number, QueueName.DEFAULT, Reason.of(Reason.Code.WORDS, "words", "reason " + word)),
        new EntryContent.HandoffRequested(
            number, QueueName.DEFAULT, Reason.of(Reason.Code.NAMED_RULE, "rule", word)),
        new EntryContent.HandoffWithdrawn("withdrawn " + word),
        new EntryContent.ConversationEnded("ended " + word));
    for (EntryContent each : kinds) {
      var unused = append(transaction, conversation, Destination.RECORD, each, word, now);
    }
    for (int i = 0; i < MESSAGES; i++) {
      String text = "message " + i + " about " + word;
      var unused = append(
          transaction,
          conversation,
          Destination.RECORD,
          new EntryContent.Said(author, MessageBody.text(text.repeat(1 + i % 7))),
          word + i,
          now);
    }
    for (String answer : List.of("first answer to ", "second answer to ")) {
      var unusedWaiting = append(
          transaction,
          conversation,
          Destination.CUSTOMER,
          new EntryContent.Said(ANN, MessageBody.text(answer + word)),
          word,
          now);
    }
    for (Claim claim : transaction.claim(WEB, now, now.plusSeconds(60), "owner", 1)) {
      LaneKey lane = claim.lane();
      var unusedDelivered = transaction.settle(
          lane,
          claim.epoch(),
          1,
          new Settlement.Done(Optional.of("delivered " + word), now.plusSeconds(60)),
          now);
      var unusedParked = transaction.settle(
          lane, claim.epoch(), 2, new Settlement.Park("no answer from " + word, false), now);
    }
    LaneKey announcements = Topic.FEATURE_REQUEST.lane();
    var unusedCard = transaction.append(
        announcements.conversation(),
        announcements.destination(),
        Optional.of(new PortId("announcer")),
        new EntryContent.Announced(
            author,
            Topic.FEATURE_REQUEST,
            "title " + word,
            "text " + word,
            Optional.of("https://" + word)),
        Optional.of("card-" + number.value()),
        now);
    var unusedMark = transaction.markSeen(
        new EventKey("web", "address-" + word + ":1"),
        new Receipt(conversation, Optional.of(first), Optional.empty()),
        now);
  }

  private static TranscriptEntry append(
      Transaction transaction,
      ConversationId conversation,
      Destination destination,
      EntryContent content,
      String source,
      Instant now) {
    Optional<PortId> port = destination == Destination.RECORD ? Optional.empty() : Optional.of(WEB);
    return transaction.append(
        conversation, destination, port, content, Optional.of("source-" + source), now);
  }
}
