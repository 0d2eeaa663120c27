package dev.relay.core.conversation;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Topic;
import dev.relay.core.text.Cut;
import java.util.Optional;

/** The announcement of a reported bug or a requested feature to the community, if the announcer has a place for them. */
final class CaseCard {
  private final Draft draft;
  private final Context context;

  CaseCard(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  void show(SupportCase filed) {
    topicOf(filed.kind())
        .ifPresent(topic -> context
            .announcerOf(topic)
            .ifPresent(announcer -> draft.announce(announcer, card(filed, topic), filed)));
  }

  private EntryContent.Announced card(SupportCase filed, Topic topic) {
    return new EntryContent.Announced(
        draft.customer(),
        topic,
        Cut.withEllipsis(filed.number() + " " + filed.subject(), EntryContent.Announced.MAX_TITLE),
        Cut.withEllipsis(filed.description(), EntryContent.Announced.MAX_TEXT),
        Optional.empty());
  }

  private static Optional<Topic> topicOf(CaseKind kind) {
    return switch (kind) {
      case BUG -> Optional.of(Topic.BUG);
      case FEATURE_REQUEST -> Optional.of(Topic.FEATURE_REQUEST);
      case SUPPORT -> Optional.empty();
    };
  }
}
