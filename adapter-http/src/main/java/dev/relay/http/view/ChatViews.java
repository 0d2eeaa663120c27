package dev.relay.http.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.http.access.ChatSession;
import dev.relay.http.web.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views of the web chat for its customer: never an agent's id, a note, or a notice to agents. Thread-safe. */
public final class ChatViews {
  private static final int CASES = 20;

  private final NoticeTexts notices;
  private final AgentPictureIds pictures;

  public ChatViews(NoticeTexts notices, AgentPictureIds pictures) {
    this.notices = notices;
    this.pictures = pictures;
  }

  /** Updates the pictures of agents, which are not part of conversations. Called before a read of the store, never within one. */
  public void refresh() {
    pictures.refresh();
  }

  record Message(
      String id,
      String author,
      String name,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String picture,
      String text,
      String at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String clientMessageId,
      List<Views.Attachment> attachments,
      List<Views.Article> articles,
      List<String> buttons,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String notice) {}

  record Edit(String id, String target, String text) {}

  record Delete(String id, String target) {}

  public record DeliveryState(String id, String state) {}

  record CaseLine(String number, String subject, String status) {}

  public record Status(
      String state,
      @Nullable String agent,
      @Nullable String agentPicture,
      @Nullable Integer queuePosition,
      @Nullable String caseNumber,
      List<CaseLine> cases) {}

  /** An event of the stream. */
  public record StreamEvent(String name, Object data) {}

  /** Returns what the customer sees of an entry; empty if the entry is not for customers. */
  public Optional<StreamEvent> event(TranscriptEntry entry, Locale locale) {
    EntryContent content = entry.content();
    String id = entry.id().toString();
    if (content instanceof EntryContent.Said said) {
      return Optional.of(new StreamEvent("message", message(entry, said, locale)));
    }
    if (content instanceof EntryContent.Edited edited) {
      return Optional.of(
          new StreamEvent("edit", new Edit(id, edited.target().toString(), edited.text())));
    }
    if (content instanceof EntryContent.Deleted deleted) {
      return Optional.of(
          new StreamEvent("delete", new Delete(id, deleted.target().toString())));
    }
    if (content instanceof EntryContent.Notified notified
        && entry.destination() == Destination.CUSTOMER) {
      NoticeKind kind = notified.notice().kind();
      if (notified.replaces().isPresent()) {
        String target = notified.replaces().get().toString();
        return Optional.of(new StreamEvent(
            "edit", new Edit(id, target, notices.render(notified.notice(), locale))));
      }
      return Optional.of(new StreamEvent(
          "message",
          new Message(
              id,
              Texts.lower(Participant.Role.SYSTEM),
              Participant.RELAY.displayName(),
              null,
              notices.render(notified.notice(), locale),
              entry.at().toString(),
              null,
              List.of(),
              List.of(),
              names(NoticeTexts.buttons(kind)),
              kind.name())));
    }
    return Optional.empty();
  }

  /**
   * Returns how far a message of the customer has come.
   *
   * @param state as {@link DeliveryStates#of} returns it: a customer sees whether Relay has a message, and not where it waits
   */
  public static DeliveryState delivery(EntryId entry, String state) {
    return new DeliveryState(
        entry.toString(),
        switch (state) {
          case "none" -> "delivered";
          case "held" -> "sent";
          default -> state;
        });
  }

  /** Checks whether the customer wrote the entry. */
  public static boolean isOwn(TranscriptEntry entry) {
    return entry.content() instanceof EntryContent.Said said
        && said.author().role() == Participant.Role.CUSTOMER;
  }

  public Status status(Queries queries, ChatSession session) {
    Optional<Customer> customer = queries.customer(ChatSession.CHANNEL, session.id());
    if (customer.isEmpty()) {
      return new Status("none", null, null, null, null, List.of());
    }
    Optional<Conversation> conversation =
        queries.activeConversation(session.address()).or(() -> latest(queries, customer.get()));
    List<CaseLine> cases =
        queries.cases(CaseFilter.of(customer.get().id()), Optional.empty(), CASES).stream()
            .map(found -> new CaseLine(
                Long.toString(found.number().value()),
                found.subject(),
                found.status().name()))
            .toList();
    return new Status(
        conversation.map(found -> Texts.lower(found.state())).orElse("none"),
        conversation
            .flatMap(found -> DeskViews.agent(found)
                .map(agent -> notices.named(agent, found.locale()).displayName()))
            .orElse(null),
        conversation.flatMap(DeskViews::agent).flatMap(pictures::of).orElse(null),
        conversation
            .filter(found -> found.state() == ConversationState.WAITING)
            .flatMap(found -> queries.queuePosition(found.id()))
            .orElse(null),
        conversation
            .flatMap(Conversation::supportCase)
            .map(number -> Long.toString(number.value()))
            .orElse(null),
        cases);
  }

  private static Optional<Conversation> latest(Queries queries, Customer customer) {
    ConversationFilter filter =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(customer.id()), true);
    return queries.conversations(filter, Optional.empty(), 1).stream().findFirst();
  }

  private Message message(TranscriptEntry entry, EntryContent.Said said, Locale locale) {
    MessageBody body = said.body();
    return new Message(
        entry.id().toString(),
        Texts.lower(said.author().role()),
        notices.named(said.author(), locale).displayName(),
        pictures.of(said.author()).orElse(null),
        body.text(),
        entry.at().toString(),
        isOwn(entry) ? entry.sourceId().orElse(null) : null,
        Views.Attachment.of(body.attachments()),
        Views.Article.of(body.articles()),
        names(body.buttons()),
        null);
  }

  /** Returns the names of the buttons that the web chat shows; it asks for a comment at the rating itself. */
  private static List<String> names(List<Button> buttons) {
    return buttons.stream()
        .filter(button -> button != Button.ADD_COMMENT)
        .map(Texts::lower)
        .toList();
  }
}
