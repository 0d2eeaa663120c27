package dev.relay.http.desk;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Assignment;
import dev.relay.core.team.Team.Queue;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The routes for queues: who works in them, and how their conversations are assigned. */
public final class QueueRoutes {
  private static final String PATH = "/api/v1/queues";
  private static final int MAX_NAME = 50;

  private final Team.Teams teams;
  private final Store store;
  private final AgentAccounts accounts;
  private final Web web;

  public QueueRoutes(Team.Teams teams, Store store, AgentAccounts accounts, Web web) {
    this.teams = teams;
    this.store = store;
    this.accounts = accounts;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, PATH, this::list);
    routes.agent(Role.ADMIN, HandlerType.POST, PATH, this::add);
    routes.agent(Role.ADMIN, HandlerType.PATCH, PATH + "/{name}", this::change);
  }

  record QueueItem(
      String name, String assignment, long acceptSeconds, List<String> members, boolean mine) {
    static QueueItem of(Queue queue, AgentIdentity reader) {
      return new QueueItem(
          queue.name().value(),
          Texts.lower(queue.assignment()),
          queue.acceptWithin().toSeconds(),
          queue.members().stream().sorted().toList(),
          reader.is(Role.SUPERVISOR) || queue.isOpenTo(reader.username()));
    }
  }

  private void list(Context ctx, AgentIdentity agent) {
    Team setUp = store.read(queries -> new Team(queries.queues(), List.of()));
    List<QueueItem> items = teams.queues().stream()
        .sorted(Comparator.comparing(QueueName::value))
        .map(name -> QueueItem.of(setUp.queue(name), agent))
        .toList();
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  private void add(Context ctx, AgentIdentity admin) throws IOException {
    JsonFields body = web.requests().fields(ctx, "name", "assignment", "acceptSeconds", "members");
    QueueName name = body.optional("name", MAX_NAME, QueueName::new)
        .orElseThrow(() -> Problem.invalid("name", "name is missing: the name of the queue"));
    if (teams.queues().contains(name)) {
      throw Problem.conflict("queue-exists", "queue \"" + name + "\" already exists");
    }
    setUp(ctx, admin, name, body, 201);
  }

  private void change(Context ctx, AgentIdentity admin) throws IOException {
    JsonFields body = web.requests().fields(ctx, "assignment", "acceptSeconds", "members");
    String given = ctx.pathParam("name");
    QueueName name = teams.queues().stream()
        .filter(known -> known.value().equals(given))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("no such queue"));
    setUp(ctx, admin, name, body, 200);
  }

  private void setUp(
      Context ctx, AgentIdentity admin, QueueName name, JsonFields body, int status) {
    Optional<Assignment> assignment = body.optionalOneOf("assignment", Assignment.values());
    OptionalLong seconds = body.optionalNumber(
        "acceptSeconds", Queue.SHORTEST_OFFER.toSeconds(), Queue.LONGEST_OFFER.toSeconds());
    Optional<Set<String>> members =
        body.has("members") ? Optional.of(members(body)) : Optional.empty();
    web.answers()
        .later(
            ctx,
            teams.setUp(
                name,
                stored -> new Queue(
                    name,
                    assignment.orElse(stored.assignment()),
                    seconds.isPresent()
                        ? Duration.ofSeconds(seconds.getAsLong())
                        : stored.acceptWithin(),
                    members.orElse(stored.members()))),
            saved -> web.answers().json(ctx, status, QueueItem.of(saved, admin)));
  }

  private Set<String> members(JsonFields body) {
    List<String> given = body.texts("members", Queue.MAX_MEMBERS, MAX_NAME);
    for (int i = 0; i < given.size(); i++) {
      if (accounts.find(given.get(i)).isEmpty()) {
        String field = "members[" + i + "]";
        throw Problem.invalid(field, field + " must be the user name of an agent");
      }
    }
    return Set.copyOf(given);
  }
}
