package dev.relay.http.view;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.StoreException;
import dev.relay.core.team.Team;
import dev.relay.core.text.Cut;
import dev.relay.http.web.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Views of conversations and cases for agents. Stateless. */
public final class DeskViews {
  private static final int MAX_TEXT = 200;
  /** How many of the latest entries are searched for the last message at first, and how many if it is not among them. */
  private static final int LAST_ENTRIES = 8;

  private static final int MORE_ENTRIES = 100;

  private static final int EARLIER = 20;

  private DeskViews() {}

  public static Views.ConversationItem item(Queries queries, Conversation conversation) {
    Optional<Views.LastMessage> last = lastMessage(queries, conversation.id());
    Optional<SupportCase> about =
        conversation.supportCase().flatMap(number -> ifReadable(() -> queries.supportCase(number)));
    return new Views.ConversationItem(
        conversation.id().toString(),
        Texts.lower(conversation.state()),
        conversation.address().channel().value(),
        customer(queries, conversation.customer()),
        conversation.queue().value(),
        desk(conversation).map(PortId::value).orElse(null),
        about.map(SupportCase::priority).orElse(conversation.route().priority()).name(),
        about.map(found -> found.tags().stream().sorted().toList()).orElse(List.of()),
        number(conversation),
        agent(conversation).map(Views.Agent::of).orElse(null),
        colleagues(conversation).stream().map(Views.Agent::of).toList(),
        since(conversation).toString(),
        conversation.lastActivityAt().toString(),
        last.map(Views.LastMessage::text).orElse(""),
        last.orElse(null),
        conversation.resolution().name(),
        closeProposedAt(conversation).map(Instant::toString).orElse(null),
        offer(conversation).orElse(null));
  }

  private static Optional<Instant> closeProposedAt(Conversation conversation) {
    return conversation.handling() instanceof Handling.Live live
        ? live.closeProposedAt()
        : Optional.empty();
  }

  private static Optional<Views.Offer> offer(Conversation conversation) {
    return conversation.handling() instanceof Handling.Waiting waiting
        ? waiting
            .offering()
            .current()
            .map(offer -> new Views.Offer(offer.agent(), offer.until().toString()))
        : Optional.empty();
  }

  /** Checks whether an agent may see a conversation: it is in one of their queues, or their own. */
  public static boolean isSeen(Team.Scope scope, Conversation conversation) {
    return scope.sees(conversation.queue(), agent(conversation));
  }

  /** Returns the desk the conversation waits for or is at, which may not be Relay's own. */
  private static Optional<PortId> desk(Conversation conversation) {
    if (conversation.handling() instanceof Handling.Waiting waiting) {
      return Optional.of(waiting.desk());
    }
    return conversation.handling() instanceof Handling.Live live
        ? Optional.of(live.desk())
        : Optional.empty();
  }

  public static Views.ConversationDetail detail(
      Queries queries,
      Team.Scope scope,
      Conversation conversation,
      List<Views.TranscriptItem> transcript,
      @Nullable String next,
      @Nullable String previous) {
    return new Views.ConversationDetail(
        item(queries, conversation),
        transcript,
        next,
        previous,
        conversation
            .supportCase()
            .flatMap(number -> ifReadable(() -> queries.remainingCase(number)))
            .map(found -> caseItem(queries, found))
            .orElse(null),
        earlierConversations(queries, scope, conversation),
        earlierCases(queries, scope, conversation),
        queries.lanes(conversation.id()).stream().map(DeskViews::lane).toList());
  }

  public static Views.CaseItem caseItem(Queries queries, SupportCase found) {
    return new Views.CaseItem(
        Long.toString(found.number().value()),
        found.kind().name(),
        found.status().name(),
        found.priority().name(),
        found.subject(),
        found.tags().stream().sorted().toList(),
        found.queue().value(),
        found.assignee().map(Views.Agent::of).orElse(null),
        customer(queries, found.customer()),
        found.createdAt().toString(),
        found.updatedAt().toString(),
        found.solvedAt().map(Instant::toString).orElse(null),
        found.snoozedUntil().map(Instant::toString).orElse(null),
        found.version());
  }

  /** Returns the agent who has the conversation. */
  public static Optional<Participant> agent(Conversation conversation) {
    return conversation.handling() instanceof Handling.Live live
        ? Optional.of(live.agent())
        : Optional.empty();
  }

  /** Returns the agents who help the one who has the conversation. */
  private static List<Participant> colleagues(Conversation conversation) {
    return conversation.handling() instanceof Handling.Live live ? live.colleagues() : List.of();
  }

  static Views.@Nullable CustomerView customer(Queries queries, CustomerId id) {
    return ifReadable(() -> queries.customer(id)).map(Views.CustomerView::of).orElse(null);
  }

  /** Returns the result of a look-up; empty if the datum cannot be read, so that a list with it is shown without it. */
  public static <T> Optional<T> ifReadable(Supplier<Optional<T>> lookUp) {
    try {
      return lookUp.get();
    } catch (StoreException.BadData e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the last message of a human that has not been deleted, as edited. If no human wrote lately, the last message of the
   * virtual agent, whose texts are alike in many conversations.
   */
  static Optional<Views.LastMessage> lastMessage(Queries queries, ConversationId id) {
    List<TranscriptEntry> latest = queries.latestEntries(id, LAST_ENTRIES);
    Optional<Views.LastMessage> found = lastMessage(latest, true);
    if (found.isEmpty() && latest.size() == LAST_ENTRIES) {
      // Notices, buttons and handoffs can push the last words out of the first few entries.
      latest = queries.latestEntries(id, MORE_ENTRIES);
      found = lastMessage(latest, true);
    }
    return found.isPresent() ? found : lastMessage(latest, false);
  }

  private static Optional<Views.LastMessage> lastMessage(
      List<TranscriptEntry> entries, boolean human) {
    List<TranscriptEntry> seen = TranscriptEntry.asSeen(entries);
    for (int i = seen.size() - 1; i >= 0; i--) {
      if (seen.get(i).content() instanceof EntryContent.Said said
          && !said.body().text().isBlank()
          && !(human && said.author().role() == Participant.Role.VIRTUAL_AGENT)) {
        return Optional.of(new Views.LastMessage(
            seen.get(i).id().toString(),
            Texts.lower(said.author().role()),
            Views.nameOf(said.author()),
            Cut.withEllipsis(said.body().text(), MAX_TEXT)));
      }
    }
    return Optional.empty();
  }

  private static String lastText(Queries queries, ConversationId id) {
    return lastMessage(queries, id).map(Views.LastMessage::text).orElse("");
  }

  public static String shortText(EntryContent content) {
    String text = "";
    if (content instanceof EntryContent.Said said) {
      text = said.body().text();
    } else if (content instanceof EntryContent.Edited edited) {
      text = edited.text();
    } else if (content instanceof EntryContent.Announced announced) {
      text = announced.title();
    } else if (content instanceof EntryContent.CardChanged changed) {
      text = changed.supportCase().toString();
    }
    return Cut.withEllipsis(text, MAX_TEXT);
  }

  private static Views.LaneView lane(Lane lane) {
    String state = "idle";
    if (lane.parkedAt().isPresent()) {
      state = "parked";
    } else if (lane.depth() > 0) {
      state = lane.attempts() > 0 ? "waiting" : "busy";
    }
    return new Views.LaneView(
        lane.key().toString(), state, lane.depth(), lane.lastError().orElse(null));
  }

  static Instant since(Conversation conversation) {
    Handling handling = conversation.handling();
    if (handling instanceof Handling.Waiting waiting) {
      return waiting.since();
    }
    if (handling instanceof Handling.Live live) {
      return live.since();
    }
    return handling instanceof Handling.Closed closed ? closed.at() : conversation.openedAt();
  }

  private static @Nullable String number(Conversation conversation) {
    return conversation
        .supportCase()
        .map(number -> Long.toString(number.value()))
        .orElse(null);
  }

  /** Returns the newest other conversations of a customer and of the customers merged with them. */
  private static List<Views.EarlierConversation> earlierConversations(
      Queries queries, Team.Scope scope, Conversation conversation) {
    return conversations(queries, scope, conversation.customer(), EARLIER + 1)
        .filter(it -> !it.id().equals(conversation.id()))
        .limit(EARLIER)
        .map(it -> earlier(queries, it))
        .toList();
  }

  private static Stream<Conversation> conversations(
      Queries queries, Team.Scope scope, CustomerId customer, int limit) {
    ConversationFilter filter =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(customer), scope, true);
    return queries.conversations(filter, Optional.empty(), limit).stream();
  }

  private static Views.EarlierConversation earlier(Queries queries, Conversation conversation) {
    return new Views.EarlierConversation(
        conversation.id().toString(),
        Texts.lower(conversation.state()),
        since(conversation).toString(),
        lastText(queries, conversation.id()));
  }

  /** Returns a customer with what the agent may see of theirs; empty if there is no such customer. */
  public static Optional<Views.CustomerDetail> customerDetail(
      Queries queries, Team.Scope scope, CustomerId id) {
    List<Customer> same = queries.sameCustomers(id);
    if (same.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Views.CustomerDetail(
        customer(queries, same.get(0).head()),
        same.stream().flatMap(it -> merged(it).stream()).toList(),
        conversations(queries, scope, id, EARLIER)
            .map(it -> earlier(queries, it))
            .toList(),
        queries.cases(CaseFilter.of(id).within(scope), Optional.empty(), EARLIER).stream()
            .map(found -> caseItem(queries, found))
            .toList()));
  }

  private static Optional<Views.MergedCustomer> merged(Customer customer) {
    return customer
        .merge()
        .map(merge -> new Views.MergedCustomer(
            Views.CustomerView.of(customer),
            new Views.Merge(
                merge.head().toString(),
                merge.by().nameForColleagues(),
                merge.at().toString(),
                merge.reason())));
  }

  private static List<Views.CaseItem> earlierCases(
      Queries queries, Team.Scope scope, Conversation conversation) {
    return queries.cases(CaseFilter.of(conversation.customer()), Optional.empty(), EARLIER).stream()
        .filter(found -> !Optional.of(found.number()).equals(conversation.supportCase()))
        .filter(found -> scope.sees(found.queue(), found.assignee()))
        .map(found -> caseItem(queries, found))
        .toList();
  }
}
