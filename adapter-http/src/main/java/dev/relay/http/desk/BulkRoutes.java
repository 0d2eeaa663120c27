package dev.relay.http.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.DeskEvent.AgentTransferred;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.web.IntakeAnswers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Requests;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The routes that change many cases or conversations in one request. Each item is changed or refused separately. A repeat of a request
 * changes nothing more: cases are set to values, and transfers carry a key. Thread-safe.
 */
public final class BulkRoutes {
  private static final int MAX_ITEMS = 100;
  private static final int MAX_NAME = 50;
  private static final int MAX_ID = 18;
  /** How often tags are added anew if somebody changes the case in between. */
  private static final int ATTEMPTS = 3;

  private final OrderedSubmissions desk;
  private final Cases cases;
  private final Store store;
  private final Colleagues colleagues;
  private final LiveStreams live;
  private final Web web;

  public BulkRoutes(
      OrderedSubmissions desk,
      Cases cases,
      Store store,
      Colleagues colleagues,
      LiveStreams live,
      Web web) {
    this.desk = desk;
    this.cases = cases;
    this.store = store;
    this.colleagues = colleagues;
    this.live = live;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.AGENT, HandlerType.POST, "/api/v1/cases/bulk", this::changeCases);
    routes.agent(Role.AGENT, HandlerType.POST, "/api/v1/conversations/bulk", this::transfer);
  }

  /**
   * What became of one item.
   *
   * @param id the case's number or the conversation's id
   * @param problem why it was refused; null if it was done
   */
  record Done(
      String id,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> problem) {}

  record Results(List<Done> items) {}

  /**
   * The wanted values; empty ones stay.
   *
   * @param add tags that the case gets besides its own
   * @param remove tags that it loses
   */
  private record Wanted(
      Optional<CaseStatus> status,
      Optional<CasePriority> priority,
      Optional<QueueName> queue,
      Optional<Optional<Participant>> assignee,
      Set<String> add,
      Set<String> remove) {

    boolean isEmpty() {
      return status.isEmpty()
          && priority.isEmpty()
          && queue.isEmpty()
          && assignee.isEmpty()
          && add.isEmpty()
          && remove.isEmpty();
    }

    CaseChange of(SupportCase now) {
      Set<String> tags = new TreeSet<>(now.tags());
      tags.addAll(add);
      tags.removeAll(remove);
      return new CaseChange(
          status.filter(it -> it != now.status()),
          priority,
          Optional.empty(),
          Optional.empty(),
          tags.equals(now.tags()) ? Optional.empty() : Optional.of(tags),
          queue,
          assignee,
          Optional.empty());
    }
  }

  private void changeCases(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests()
        .textFields(
            ctx,
            "numbers",
            "status",
            "priority",
            "queue",
            "assignee",
            "addTags",
            "removeTags",
            OrderedSubmissions.BEFORE);
    Set<Long> numbers = ids(body, "numbers");
    Wanted wanted = new Wanted(
        body.optionalOneOf("status", CaseStatus.values()),
        body.optionalOneOf("priority", CasePriority.values()),
        body.optional("queue", MAX_NAME, QueueName::new),
        body.has("assignee") ? Optional.of(colleagues.assignee(body)) : Optional.empty(),
        body.lines("addTags", SupportCase.MAX_TAGS, SupportCase.MAX_TAG),
        body.lines("removeTags", SupportCase.MAX_TAGS, SupportCase.MAX_TAG));
    if (wanted.isEmpty()) {
      throw Problem.invalid("status", "at least one change is required");
    }
    CompletableFuture<List<Done>> changed =
        desk.after(body, agent, () -> change(numbers, wanted, agent));
    web.answers().later(ctx, changed, done -> web.answers().json(ctx, 200, new Results(done)));
  }

  private CompletableFuture<List<Done>> change(
      Set<Long> numbers, Wanted wanted, AgentIdentity agent) {
    List<CompletableFuture<Done>> results = new ArrayList<>();
    for (long number : numbers) {
      results.add(change(new CaseNumber(number), wanted, agent, ATTEMPTS)
          .exceptionally(failure -> failed(number, failure)));
    }
    return all(results);
  }

  /** Changes a case as it is now, so that added tags displace none that somebody else adds at the same time. */
  private CompletableFuture<Done> change(
      CaseNumber number, Wanted wanted, AgentIdentity agent, int attempts) {
    String id = Long.toString(number.value());
    SupportCase now;
    try {
      now = store.read(queries -> DeskObjects.supportCase(queries, agent, number));
    } catch (Problem problem) {
      return CompletableFuture.completedFuture(new Done(id, problem.asJson()));
    }
    return cases
        .change(number, wanted.of(now), agent.participant(), OptionalLong.of(now.version()))
        .thenComposeAsync(
            result -> {
              if (result instanceof CaseResult.Saved) {
                live.casesChanged(List.of(number));
                return CompletableFuture.completedFuture(new Done(id, null));
              }
              return result instanceof CaseResult.Outdated && attempts > 1
                  ? change(number, wanted, agent, attempts - 1)
                  : CompletableFuture.completedFuture(
                      new Done(id, CaseRoutes.problem(result).asJson()));
            },
            web.answers().files());
  }

  /** Passes conversations on to a queue or an agent. */
  private void transfer(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, "ids", "queue", "agent", "clientActionId");
    Set<Long> ids = ids(body, "ids");
    String action = body.matching(
        "clientActionId", ChatRoutes.CLIENT_MESSAGE_ID, ChatRoutes.CLIENT_MESSAGE_ID_ALLOWED);
    AgentTransferred.Target target = TransferRoutes.target(body);
    List<CompletableFuture<Done>> results = new ArrayList<>();
    for (long id : ids) {
      results.add(transfer(new ConversationId(id), target, action, agent)
          .exceptionally(failure -> failed(id, failure)));
    }
    web.answers().later(ctx, all(results), done -> web.answers().json(ctx, 200, new Results(done)));
  }

  private CompletableFuture<Done> transfer(
      ConversationId id, AgentTransferred.Target target, String action, AgentIdentity agent) {
    EventKey key = new EventKey("desk", agent.username() + ":" + id + ":bulk:" + action);
    try {
      store.read(queries -> DeskObjects.conversation(queries, agent, id));
    } catch (Problem problem) {
      // A repeat of a transfer out of the agent's queues: what they see no longer was done.
      return CompletableFuture.completedFuture(
          store.read(queries -> queries.seen(key)).isPresent()
              ? new Done(id.toString(), null)
              : new Done(id.toString(), problem.asJson()));
    }
    return desk.submit(new AgentTransferred(
            id, Optional.of(key), agent.participant(), agent.is(Role.SUPERVISOR), target, ""))
        .thenApply(result -> {
          try {
            var unused = IntakeAnswers.receipt(result);
            return new Done(id.toString(), null);
          } catch (Problem problem) {
            return new Done(id.toString(), problem.asJson());
          }
        });
  }

  private static CompletableFuture<List<Done>> all(List<CompletableFuture<Done>> results) {
    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenApply(nothing -> results.stream().map(CompletableFuture::join).toList());
  }

  private static Done failed(long id, Throwable failure) {
    return new Done(
        Long.toString(id),
        Problem.of(
                503,
                "unavailable",
                "the server could not confirm that this was stored; send the same request again later ("
                    + failure.getClass().getSimpleName() + ")")
            .asJson());
  }

  /** Returns the ids in their order, each once. Reads all before anything is changed: a wrong one refuses the whole request. */
  private static Set<Long> ids(JsonFields body, String field) {
    Set<Long> ids = new LinkedHashSet<>();
    body.texts(field, MAX_ITEMS, MAX_ID).forEach(id -> ids.add(Requests.number(field, id)));
    if (ids.isEmpty()) {
      throw Problem.invalid(field, field + " must have 1 to " + MAX_ITEMS + " items");
    }
    return ids;
  }
}
