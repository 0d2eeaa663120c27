package dev.relay.http.desk;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.BusinessHours;
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
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The routes for queues: who works in them, and how their conversations are assigned. */
public final class QueueRoutes {
  private static final String PATH = "/api/v1/queues";
  private static final int MAX_NAME = 50;

  private final Team.Teams teams;
  private final Store store;
  private final AgentAccounts accounts;
  private final Settings settings;
  private final Web web;
  private final InstantSource clock;

  /** @param settings what only the configuration says about queues */
  public QueueRoutes(
      Team.Teams teams,
      Store store,
      AgentAccounts accounts,
      Settings settings,
      Web web,
      InstantSource clock) {
    this.teams = teams;
    this.store = store;
    this.accounts = accounts;
    this.settings = settings;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, PATH, this::list);
    routes.agent(Role.ADMIN, HandlerType.POST, PATH, this::add);
    routes.agent(Role.ADMIN, HandlerType.PATCH, PATH + "/{name}", this::change);
  }

  /**
   * A queue.
   *
   * @param mine whether the reader sees and takes what is in it
   * @param configured what the configuration says about it
   * @param version another text whenever its assignment changes; members are added and removed one by one
   */
  record QueueItem(
      String name,
      String assignment,
      long acceptSeconds,
      List<String> members,
      boolean mine,
      Configured configured,
      String version) {}

  /**
   * What the configuration says about a queue, and only the configuration can change.
   *
   * @param desk its desk; null for the default desk
   * @param hours its business hours; null if it is always open
   * @param open whether it is open now
   * @param opensAt when it opens again; null if it is open or never opens
   * @param waitSeconds how long a customer waits in it until the virtual agent takes over again
   */
  record Configured(
      @Nullable String desk,
      @Nullable Hours hours,
      boolean open,
      @Nullable String opensAt,
      long waitSeconds) {}

  /**
   * Business hours.
   *
   * @param days the spans of each day, such as {@code 09:00-17:30}; a day that is missing is closed
   */
  record Hours(String zone, Map<String, List<String>> days) {
    static Hours of(BusinessHours hours) {
      Map<String, List<String>> days = new LinkedHashMap<>();
      for (DayOfWeek day : DayOfWeek.values()) {
        List<BusinessHours.Span> spans = hours.open().getOrDefault(day, List.of());
        if (!spans.isEmpty()) {
          days.put(Texts.lower(day), spans.stream().map(Hours::span).toList());
        }
      }
      return new Hours(hours.zone().getId(), days);
    }

    private static String span(BusinessHours.Span span) {
      boolean lastsAllDay = span.to().equals(LocalTime.MIDNIGHT) || span.to().equals(LocalTime.MAX);
      return span.from() + "-" + (lastsAllDay ? "24:00" : span.to());
    }
  }

  private QueueItem item(Queue queue, AgentIdentity reader) {
    return new QueueItem(
        queue.name().value(),
        Texts.lower(queue.assignment()),
        queue.acceptWithin().toSeconds(),
        queue.members().stream().sorted().toList(),
        reader.is(Role.SUPERVISOR) || queue.isOpenTo(reader.username()),
        configured(queue.name()),
        versionOf(queue));
  }

  private static String versionOf(Queue queue) {
    return Texts.lower(queue.assignment()) + "-" + queue.acceptWithin().toSeconds();
  }

  private Configured configured(QueueName queue) {
    Instant now = clock.instant();
    Optional<BusinessHours> hours = Optional.ofNullable(settings.businessHours().get(queue));
    boolean isOpen = settings.isStaffed(queue, now);
    return new Configured(
        Optional.ofNullable(settings.desks().get(queue)).map(PortId::value).orElse(null),
        hours.map(Hours::of).orElse(null),
        isOpen,
        isOpen
            ? null
            : hours
                .flatMap(it -> it.nextOpeningAfter(now))
                .map(Instant::toString)
                .orElse(null),
        settings.conversations().queueTimeout().toSeconds());
  }

  private void list(Context ctx, AgentIdentity agent) {
    Team setUp = store.read(queries -> new Team(queries.queues(), List.of()));
    List<QueueItem> items = teams.queues().stream()
        .sorted(Comparator.comparing(QueueName::value))
        .map(name -> item(setUp.queue(name), agent))
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
    JsonFields body = web.requests()
        .fields(
            ctx,
            "assignment",
            "acceptSeconds",
            "members",
            "addMembers",
            "removeMembers",
            "version");
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
        body.has("members") ? Optional.of(agents(body, "members")) : Optional.empty();
    Set<String> added = agents(body, "addMembers");
    Set<String> removed = agents(body, "removeMembers");
    Optional<String> version = body.optionalText("version", 1, 100);
    AtomicBoolean isFull = new AtomicBoolean();
    AtomicBoolean isOutdated = new AtomicBoolean();
    web.answers()
        .later(
            ctx,
            teams.setUp(name, stored -> {
              Set<String> next = changed(members.orElse(stored.members()), added, removed);
              // Only the transaction has the present members; a change that fails in it would be
              // reported as a defect.
              isFull.set(next.size() > Queue.MAX_MEMBERS);
              isOutdated.set(version.isPresent() && !version.get().equals(versionOf(stored)));
              return isFull.get() || isOutdated.get()
                  ? stored
                  : new Queue(
                      name,
                      assignment.orElse(stored.assignment()),
                      seconds.isPresent()
                          ? Duration.ofSeconds(seconds.getAsLong())
                          : stored.acceptWithin(),
                      next);
            }),
            saved -> {
              if (isOutdated.get()) {
                throw Problem.conflict(
                    "changed-meanwhile",
                    "somebody else changed this queue at the same time; try again");
              }
              if (isFull.get()) {
                throw full();
              }
              web.answers().json(ctx, status, item(saved, admin));
            });
  }

  private static Problem full() {
    return Problem.conflict(
            "queue-full",
            "a queue has at most " + Queue.MAX_MEMBERS + " members; remove others first")
        .with("field", "addMembers");
  }

  /** Adds and removes members within the transaction, so that admins who change the same queue at once lose nobody. */
  private static Set<String> changed(Set<String> members, Set<String> added, Set<String> removed) {
    Set<String> next = new HashSet<>(members);
    next.addAll(added);
    next.removeAll(removed);
    return next;
  }

  private Set<String> agents(JsonFields body, String list) {
    List<String> given = body.texts(list, Queue.MAX_MEMBERS, MAX_NAME);
    for (int i = 0; i < given.size(); i++) {
      if (accounts.find(given.get(i)).isEmpty()) {
        String field = list + "[" + i + "]";
        throw Problem.invalid(field, field + " must be the user name of an agent");
      }
    }
    return Set.copyOf(given);
  }
}
