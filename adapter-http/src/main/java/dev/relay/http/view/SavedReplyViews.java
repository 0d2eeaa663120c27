package dev.relay.http.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Queries;
import dev.relay.core.workspace.Workspace.Macro;
import dev.relay.core.workspace.Workspace.SavedReply;
import dev.relay.core.workspace.Workspace.Values;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Views of saved replies for agents. Stateless. */
public final class SavedReplyViews {
  private SavedReplyViews() {}

  /** A saved reply; language and text are present if it was read for a conversation. */
  public record Item(
      String id,
      boolean shared,
      String name,
      String shortcut,
      Map<String, String> texts,
      @Nullable String queue,
      @Nullable MacroView macro,
      long version,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String language,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String text) {}

  record MacroView(
      @Nullable String status,
      @Nullable String priority,
      List<String> tags,
      @Nullable String queue,
      @Nullable String note,
      boolean ends) {
    static MacroView of(Macro macro) {
      return new MacroView(
          macro.status().map(Enum::name).orElse(null),
          macro.priority().map(Enum::name).orElse(null),
          macro.tags().stream().sorted().toList(),
          macro.queue().map(QueueName::value).orElse(null),
          macro.note().orElse(null),
          macro.ends());
    }
  }

  public static Item item(SavedReply reply) {
    return shown(reply, null, null);
  }

  /** Returns the reply with its text for a reader of that language. */
  public static Item item(SavedReply reply, Locale reader, Values values) {
    Optional<String> language = reply.languageFor(reader);
    return shown(
        reply,
        language.orElse(null),
        language.map(tag -> reply.text(tag, values)).orElse(null));
  }

  private static Item shown(SavedReply reply, @Nullable String language, @Nullable String text) {
    return new Item(
        Long.toString(reply.id()),
        reply.owner().isEmpty(),
        reply.name(),
        reply.shortcut(),
        reply.texts(),
        reply.queue().map(QueueName::value).orElse(null),
        reply.macro().map(MacroView::of).orElse(null),
        reply.version(),
        language,
        text);
  }

  /**
   * Returns the values of a conversation's placeholders, with the agent's name as the customer sees it. A customer who has
   * given no name has none here.
   */
  public static Values values(
      Queries queries, Conversation conversation, Participant agent, NoticeTexts notices) {
    Optional<SupportCase> supportCase = conversation
        .supportCase()
        .flatMap(number -> DeskViews.ifReadable(() -> queries.supportCase(number)));
    return new Values(
        DeskViews.ifReadable(() -> queries.customer(conversation.customer()))
            .map(Views::nameOf)
            .orElse(""),
        supportCase.map(it -> it.number().toString()).orElse(""),
        supportCase.map(SupportCase::subject).orElse(""),
        notices.named(agent, conversation.locale()).displayName(),
        conversation.queue().value());
  }
}
