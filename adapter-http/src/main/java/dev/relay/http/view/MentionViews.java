package dev.relay.http.view;

import dev.relay.core.store.Queries;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Mention;
import dev.relay.core.text.Cut;
import org.jspecify.annotations.Nullable;

/** Views of mentions. Stateless. */
public final class MentionViews {
  private static final int MAX_TEXT = 200;

  private MentionViews() {}

  /**
   * An internal text that mentions the reader.
   *
   * @param id grows with time
   * @param by the name of its author
   * @param conversationId its conversation; null for a note
   * @param caseNumber its case, if there is one
   * @param text the beginning of the text
   * @param at when it was written
   * @param seen whether the reader has seen it
   */
  public record MentionItem(
      String id,
      String by,
      @Nullable String conversationId,
      @Nullable String caseNumber,
      String text,
      String at,
      boolean seen) {}

  public static MentionItem item(Mention mention) {
    return new MentionItem(
        Long.toString(mention.id()),
        mention.by().nameForColleagues(),
        mention.conversation().map(Object::toString).orElse(null),
        mention.supportCase().map(number -> Long.toString(number.value())).orElse(null),
        Cut.withEllipsis(mention.text(), MAX_TEXT),
        mention.at().toString(),
        mention.seen());
  }

  /** Checks whether the agent still may see what the text is about, which may have gone to a queue of others. */
  public static boolean isSeen(Queries queries, Team.Scope scope, Mention mention) {
    return mention
        .conversation()
        .map(id -> DeskViews.ifReadable(() -> queries.conversation(id))
            .filter(found -> DeskViews.isSeen(scope, found))
            .isPresent())
        .or(() -> mention
            .supportCase()
            .map(number -> DeskViews.ifReadable(() -> queries.supportCase(number))
                .filter(found -> scope.sees(found.queue(), found.assignee()))
                .isPresent()))
        .orElse(false);
  }
}
