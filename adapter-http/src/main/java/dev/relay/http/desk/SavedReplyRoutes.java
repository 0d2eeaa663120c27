package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.core.workspace.Workspace.Fault;
import dev.relay.core.workspace.Workspace.Macro;
import dev.relay.core.workspace.Workspace.SavedReplies;
import dev.relay.core.workspace.Workspace.SavedReplies.Replaced;
import dev.relay.core.workspace.Workspace.SavedReply;
import dev.relay.core.workspace.Workspace.Values;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.view.SavedReplyViews;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The routes for saved replies and macros. Thread-safe. */
public final class SavedReplyRoutes {
  private static final String PATH = "/api/v1/saved-replies";
  private static final int MAX_QUEUE = 50;
  private static final Pattern SHORTCUT = Pattern.compile("[a-z0-9-]{1,30}");
  private static final String[] FIELDS = {"shared", "name", "shortcut", "texts", "queue", "macro"};
  private static final String[] CHANGES = {
    "shared", "name", "shortcut", "texts", "queue", "macro", "version"
  };
  /** More than a reply may have, so that the reply itself reports the fault. */
  private static final int READ_LANGUAGES = 2 * SavedReply.MAX_LANGUAGES;

  private final SavedReplies replies;
  private final Team.Teams teams;
  private final Store store;
  private final NoticeTexts notices;
  private final Web web;

  public SavedReplyRoutes(
      SavedReplies replies, Team.Teams teams, Store store, NoticeTexts notices, Web web) {
    this.replies = replies;
    this.teams = teams;
    this.store = store;
    this.notices = notices;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, PATH, this::list);
    routes.agent(Role.AGENT, HandlerType.POST, PATH, this::add);
    routes.agent(Role.AGENT, HandlerType.PATCH, PATH + "/{id}", this::change);
    routes.agent(Role.AGENT, HandlerType.DELETE, PATH + "/{id}", this::remove);
  }

  private void list(Context ctx, AgentIdentity agent) {
    List<SavedReply> all = replies.of(agent.username());
    Optional<ConversationId> about =
        web.requests().id(ctx, "conversation").map(ConversationId::new);
    List<SavedReplyViews.Item> items = about.isEmpty()
        ? all.stream().map(SavedReplyViews::item).toList()
        : filled(all, about.get(), agent);
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  /** Returns the replies that are meant for the conversation's queue, with the values of the conversation. */
  private List<SavedReplyViews.Item> filled(
      List<SavedReply> all, ConversationId id, AgentIdentity agent) {
    return store.read(queries -> {
      Conversation conversation = DeskObjects.conversation(queries, agent, id);
      Values values = SavedReplyViews.values(queries, conversation, agent.participant(), notices);
      return all.stream()
          .filter(reply ->
              reply.queue().map(QueueName::value).map(values.queue()::equals).orElse(true))
          .map(reply -> SavedReplyViews.item(reply, conversation.locale(), values))
          .toList();
    });
  }

  private void add(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().textFields(ctx, FIELDS);
    SavedReply wanted = new SavedReply(
        0,
        owner(body.optionalFlag("shared").orElse(false), agent),
        Texts.line("name", body.text("name", SavedReply.MAX_NAME)),
        body.matching("shortcut", SHORTCUT, "1 to 30 characters of a-z, 0-9 and -"),
        body.textsByName("texts", READ_LANGUAGES, SavedReply.MAX_TEXT),
        queue(body, "queue"),
        macro(body),
        0);
    requireRoleFor(wanted, agent);
    refuseFaults(wanted);
    if (replies.of(agent.username()).stream()
            .filter(reply -> reply.owner().equals(wanted.owner()))
            .count()
        >= SavedReplies.MOST) {
      throw Problem.conflict(
          "too-many-replies", "there may be at most " + SavedReplies.MOST + " saved replies");
    }
    SavedReply added = replies.add(wanted).orElseThrow(() -> taken(wanted));
    web.answers().json(ctx, 201, SavedReplyViews.item(added));
  }

  private void change(Context ctx, AgentIdentity agent) throws IOException {
    SavedReply read = visible(ctx, agent);
    JsonFields body = web.requests().textFields(ctx, CHANGES);
    SavedReply next = new SavedReply(
        read.id(),
        body.optionalFlag("shared").map(shared -> owner(shared, agent)).orElse(read.owner()),
        body.optionalText("name", 1, SavedReply.MAX_NAME)
            .map(text -> Texts.line("name", text))
            .orElse(read.name()),
        body.optionallyMatching("shortcut", SHORTCUT, "1 to 30 characters of a-z, 0-9 and -")
            .orElse(read.shortcut()),
        body.has("texts")
            ? body.textsByName("texts", READ_LANGUAGES, SavedReply.MAX_TEXT)
            : read.texts(),
        body.has("queue") ? queue(body, "queue") : read.queue(),
        body.has("macro") ? macro(body) : read.macro(),
        body.optionalNumber("version", 0, Long.MAX_VALUE).orElse(read.version()));
    requireRoleFor(read, agent);
    requireRoleFor(next, agent);
    refuseFaults(next);
    Replaced replaced = replies.replace(next);
    if (replaced == Replaced.SHORTCUT_TAKEN) {
      throw taken(next);
    }
    if (replaced == Replaced.OUTDATED) {
      throw Problem.conflict("outdated", "somebody else changed the saved reply meanwhile")
          .with("field", "version");
    }
    web.answers().json(ctx, 200, SavedReplyViews.item(visible(ctx, agent)));
  }

  private void remove(Context ctx, AgentIdentity agent) {
    SavedReply reply = visible(ctx, agent);
    requireRoleFor(reply, agent);
    if (!replies.remove(reply.id())) {
      throw unknown();
    }
    web.answers().nothing(ctx);
  }

  /** Returns the reply in the path; a personal one of another agent does not exist. */
  private SavedReply visible(Context ctx, AgentIdentity agent) {
    return replies
        .find(web.requests().pathId(ctx, "id", "saved reply"))
        .filter(reply -> reply.isVisibleTo(agent.username()))
        .orElseThrow(SavedReplyRoutes::unknown);
  }

  /** The replies of the team are changed by supervisors. */
  private static void requireRoleFor(SavedReply reply, AgentIdentity agent) {
    if (reply.owner().isEmpty()) {
      agent.require(Role.SUPERVISOR);
    }
  }

  private static Optional<String> owner(boolean shared, AgentIdentity agent) {
    return shared ? Optional.empty() : Optional.of(agent.username());
  }

  private Optional<Macro> macro(JsonFields body) {
    return body.optionalObject("macro", "status", "priority", "tags", "queue", "note", "ends")
        .map(macro -> new Macro(
            macro.optionalOneOf("status", CaseStatus.values()),
            macro.optionalOneOf("priority", CasePriority.values()),
            macro.lines("tags", SupportCase.MAX_TAGS, SupportCase.MAX_TAG),
            queue(macro, "macro.queue"),
            macro.optionalText("note", 1, CaseNote.MAX_TEXT),
            macro.optionalFlag("ends").orElse(false)));
  }

  /** Returns the queue that the fields name: with a mistyped name the reply would be shown nowhere, and the macro would always fail. */
  private Optional<QueueName> queue(JsonFields fields, String path) {
    Optional<QueueName> queue = fields.optional("queue", MAX_QUEUE, QueueName::new);
    Set<QueueName> known = teams.queues();
    if (queue.isPresent() && !known.contains(queue.get())) {
      throw Problem.invalid(
          path,
          "queue \"" + queue.get() + "\" does not exist (known: "
              + new TreeSet<>(known.stream().map(QueueName::value).toList()) + ")");
    }
    return queue;
  }

  private static void refuseFaults(SavedReply reply) {
    Optional<Fault> fault = reply.fault();
    if (fault.isPresent()) {
      throw Problem.invalid(fault.get().field(), fault.get().reason());
    }
  }

  private static Problem taken(SavedReply reply) {
    return Problem.conflict(
            "shortcut-taken",
            "there is another "
                + (reply.owner().isPresent() ? "personal" : "shared")
                + " saved reply with the shortcut " + reply.shortcut())
        .with("field", "shortcut");
  }

  private static Problem unknown() {
    return Problem.notFound("no such saved reply");
  }
}
