package dev.relay.core.engine.lane;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Queries;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The connection to an agent desk: delivers entries to it. */
public final class DeskLink implements PortLink {
  private static final int TRANSCRIPT = 200;

  /** Twice a minute for two hours: whatever is appended behind a withdrawal waits for at most one of these delays. */
  private static final BackOff WITHDRAWAL = new BackOff(
      Stream.concat(
              Stream.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5)),
              Stream.generate(() -> Duration.ofSeconds(30)).limit(240))
          .toList(),
      0.2);

  private final AgentDesk desk;
  private final Answers answers;
  private final BackOff backOff;
  private final BackOff handoffBackOff;
  private final NoticeTexts texts;

  public DeskLink(
      AgentDesk desk, Answers answers, BackOff backOff, BackOff handoffBackOff, NoticeTexts texts) {
    this.desk = desk;
    this.answers = answers;
    this.backOff = backOff;
    this.handoffBackOff = handoffBackOff;
    this.texts = texts;
  }

  @Override
  public PortId port() {
    return desk.id();
  }

  /** Returns shorter delays for a handoff: its customer waits for a live agent, so a failed desk must be detected soon. */
  @Override
  public BackOff backOff(TranscriptEntry head) {
    if (isWithdrawal(head)) {
      return WITHDRAWAL;
    }
    return isHandoff(head) ? handoffBackOff : backOff;
  }

  @Override
  public Attempt prepare(TranscriptEntry head, int attempt, Queries queries) {
    Optional<TranscriptEntry> asItIsNow = LaterChanges.asItIsNow(head, queries);
    Optional<DeskOutbound> what = outbound(asItIsNow.orElse(head), queries);
    if (what.isEmpty()) {
      return Attempt.nothing();
    }
    LaneKey lane = new LaneKey(head.conversation(), head.destination());
    DeskDelivery delivery = new DeskDelivery(
        DeliveryId.of(lane, head.sequence()), head.id(), head.conversation(), what.get(), attempt);
    Attempt made = new Attempt() {
      @Override
      public Outcome make() {
        return Outcome.of(answers.checked(desk.deliver(delivery)));
      }

      @Override
      public LookUp look() {
        return answers.checked(desk.lookUp(delivery));
      }
    };
    return asItIsNow.isPresent() ? made : LaterChanges.ofDeleted(made);
  }

  /**
   * Returns the urgency: a handoff moves on to another desk, and a withdrawal that a failed desk cannot receive holds up nobody. A
   * desk that missed a withdrawal learns at its next look that the conversation is no longer its own.
   */
  @Override
  public Urgency urgency(TranscriptEntry head) {
    if (isHandoff(head)) {
      return Urgency.URGENT;
    }
    return isWithdrawal(head) ? Urgency.DISPENSABLE : Urgency.ORDINARY;
  }

  /** Returns the event that moves a failed handoff on, so that its customer does not wait without an answer. */
  @Override
  public Optional<Event> insteadOfParking(TranscriptEntry head, String reason) {
    return isHandoff(head)
        ? Optional.of(new EngineEvent.HandoffFailed(head.conversation(), reason))
        : Optional.empty();
  }

  private static boolean isWithdrawal(TranscriptEntry head) {
    return head.content() instanceof EntryContent.HandoffWithdrawn;
  }

  private static boolean isHandoff(TranscriptEntry head) {
    return head.content() instanceof EntryContent.HandoffRequested;
  }

  private Optional<DeskOutbound> outbound(TranscriptEntry head, Queries queries) {
    EntryContent content = head.content();
    if (content instanceof EntryContent.Said said) {
      return Optional.of(new DeskOutbound.Message(said.author(), said.body()));
    }
    if (content instanceof EntryContent.HandoffRequested requested) {
      return Optional.of(handoff(head, requested, queries));
    }
    if (content instanceof EntryContent.Edited edited) {
      return Optional.of(edit(edited, queries));
    }
    if (content instanceof EntryContent.Deleted deleted) {
      return Optional.of(new DeskOutbound.Delete(externalId(deleted.target(), queries)));
    }
    if (content instanceof EntryContent.Notified notified) {
      MessageBody body = MessageBody.text(texts.render(notified.notice(), Locale.ENGLISH));
      return Optional.of(new DeskOutbound.Message(Participant.RELAY, body));
    }
    if (content instanceof EntryContent.HandoffWithdrawn withdrawn) {
      if (isLiveHere(head, queries)) {
        // The withdrawal was meant for the desk that had the lane before.
        return Optional.empty();
      }
      return Optional.of(new DeskOutbound.Withdrawn(withdrawn.reason()));
    }
    if (content instanceof EntryContent.ConversationEnded ended) {
      return Optional.of(new DeskOutbound.Ended(ended.reason()));
    }
    return Optional.empty();
  }

  private boolean isLiveHere(TranscriptEntry head, Queries queries) {
    return queries
        .conversation(head.conversation())
        .filter(it -> it.handling() instanceof Handling.Live live && live.desk().equals(port()))
        .isPresent();
  }

  private static DeskOutbound handoff(
      TranscriptEntry head, EntryContent.HandoffRequested requested, Queries queries) {
    Conversation conversation = found(queries.conversation(head.conversation()), head);
    Customer customer = found(queries.customer(conversation.customer()), head);
    SupportCase supportCase = found(queries.supportCase(requested.supportCase()), head);
    return new DeskOutbound.Handoff(
        customer,
        supportCase,
        requested.queue(),
        requested.reason().words(),
        queries.latestEntries(head.conversation(), head.id(), TRANSCRIPT));
  }

  /**
   * Returns the edit of a message. A message from before the handoff has reached the desk only as a part of the transcript, which
   * no desk can change: the agent reads the correction as a message.
   */
  private DeskOutbound edit(EntryContent.Edited edited, Queries queries) {
    Optional<TranscriptEntry> target = queries.entry(edited.target());
    if (target.filter(it -> it.destination() == Destination.DESK).isPresent()) {
      return new DeskOutbound.Edit(target.flatMap(TranscriptEntry::externalId), edited.text());
    }
    Notice changed = Notice.of(NoticeKind.CHANGE_NOT_SHOWN, "text", edited.text());
    String text = texts.render(changed, Locale.ENGLISH);
    return new DeskOutbound.Message(
        edited.author(),
        MessageBody.text(text.length() > MessageBody.MAX_TEXT ? edited.text() : text));
  }

  private static <T> T found(Optional<T> value, TranscriptEntry head) {
    return value.orElseThrow(() -> new IllegalStateException(
        "the conversation, customer or case of entry " + head.id() + " is not stored"));
  }

  private static Optional<String> externalId(EntryId target, Queries queries) {
    return queries.entry(target).flatMap(TranscriptEntry::externalId);
  }
}
