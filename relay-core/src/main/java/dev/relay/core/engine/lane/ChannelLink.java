package dev.relay.core.engine.lane;

import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The connection to a channel: delivers entries in the customer's language and within the channel's abilities. */
public final class ChannelLink implements PortLink {
  private final Channel channel;
  private final Answers answers;
  private final BackOff backOff;
  private final NoticeTexts texts;

  public ChannelLink(Channel channel, Answers answers, BackOff backOff, NoticeTexts texts) {
    this.channel = channel;
    this.answers = answers;
    this.backOff = backOff;
    this.texts = texts;
  }

  @Override
  public PortId port() {
    return channel.id();
  }

  @Override
  public BackOff backOff(TranscriptEntry head) {
    return backOff;
  }

  @Override
  public Attempt prepare(TranscriptEntry head, int attempt, Queries queries) {
    Conversation conversation = queries
        .conversation(head.conversation())
        .orElseThrow(
            () -> new IllegalStateException("entry " + head.id() + " belongs to no conversation"));
    Optional<TranscriptEntry> asItIsNow = LaterChanges.asItIsNow(head, queries);
    Optional<Outbound> what =
        outbound(asItIsNow.orElse(head).content(), conversation.locale(), queries);
    if (what.isEmpty()) {
      return Attempt.nothing();
    }
    LaneKey lane = new LaneKey(head.conversation(), head.destination());
    Delivery delivery = new Delivery(
        DeliveryId.of(lane, head.sequence()),
        head.conversation(),
        head.id(),
        conversation.address(),
        conversation.locale(),
        what.get(),
        attempt,
        head.at());
    Attempt made = new Attempt() {
      @Override
      public Outcome make() {
        return Outcome.of(answers.checked(channel.deliver(delivery)));
      }

      @Override
      public LookUp look() {
        return answers.checked(channel.lookUp(delivery));
      }
    };
    return asItIsNow.isPresent() ? made : LaterChanges.ofDeleted(made);
  }

  @Override
  public Optional<Event> insteadOfParking(TranscriptEntry head, String reason) {
    return Optional.empty();
  }

  private Optional<Outbound> outbound(EntryContent content, Locale locale, Queries queries) {
    if (content instanceof EntryContent.Said said) {
      return Optional.of(
          new Outbound.Message(texts.named(said.author(), locale), shown(said.body(), locale)));
    }
    if (content instanceof EntryContent.Notified notified) {
      return notice(notified, locale, queries);
    }
    if (content instanceof EntryContent.Edited edited) {
      return edit(edited, locale, queries);
    }
    if (content instanceof EntryContent.Deleted deleted
        && channel.capabilities().deletes()) {
      return externalId(deleted.target(), queries).map(Outbound.Delete::new);
    }
    return Optional.empty();
  }

  /**
   * Returns a notice, or the change of the earlier one that it replaces. A channel that cannot edit gets no replacement: a message for
   * each place in the queue would be a nuisance there.
   */
  private Optional<Outbound> notice(
      EntryContent.Notified notified, Locale locale, Queries queries) {
    Notice notice = notified.notice();
    String text = texts.render(notice, locale);
    if (notified.replaces().isPresent() && !channel.capabilities().edits()) {
      return Optional.empty();
    }
    Optional<String> earlier = notified.replaces().flatMap(target -> externalId(target, queries));
    if (earlier.isPresent()) {
      return Optional.of(new Outbound.Edit(earlier.get(), Participant.RELAY, text));
    }
    MessageBody body =
        new MessageBody(text, List.of(), List.of(), NoticeTexts.buttons(notice.kind()));
    return Optional.of(new Outbound.Message(Participant.RELAY, shown(body, locale)));
  }

  /** Returns the change of a message; for a channel that cannot change messages, a further message with the new text. */
  private Optional<Outbound> edit(EntryContent.Edited edited, Locale locale, Queries queries) {
    if (channel.capabilities().edits()) {
      return externalId(edited.target(), queries)
          .map(externalId ->
              new Outbound.Edit(externalId, texts.named(edited.author(), locale), edited.text()));
    }
    String text =
        texts.render(Notice.of(NoticeKind.CHANGE_NOT_SHOWN, "text", edited.text()), locale);
    String bounded = text.length() > MessageBody.MAX_TEXT ? edited.text() : text;
    return Optional.of(
        new Outbound.Message(texts.named(edited.author(), locale), MessageBody.text(bounded)));
  }

  private MessageBody shown(MessageBody body, Locale locale) {
    return channel.capabilities().buttons() ? body : texts.inWords(body, locale);
  }

  private static Optional<String> externalId(EntryId target, Queries queries) {
    return queries.entry(target).flatMap(TranscriptEntry::externalId);
  }
}
