package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Status;
import dev.relay.core.team.Team.Teams;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.PresenceWatch;
import dev.relay.http.view.DeskViews;
import dev.relay.http.view.Views;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routes for who is there, and for the customers of those who are not. */
public final class PresenceRoutes {
  private static final String ME = "/api/v1/agents/me/presence";
  /** The time after which the customers of an agent who is not online are listed as left alone. */
  private static final Duration ABSENT_AFTER = Duration.ofMinutes(5);

  private static final int MOST_HELD = 100;
  private static final int LATEST = 20;

  private final Teams teams;
  private final PresenceWatch watch;
  private final Store store;
  private final Web web;
  private final InstantSource clock;

  public PresenceRoutes(
      Teams teams, PresenceWatch watch, Store store, Web web, InstantSource clock) {
    this.teams = teams;
    this.watch = watch;
    this.store = store;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, ME, this::read);
    routes.agent(Role.AGENT, HandlerType.PUT, ME, this::change);
    routes.agent(Role.VIEWER, HandlerType.GET, "/api/v1/team", this::team);
    routes.agent(Role.SUPERVISOR, HandlerType.GET, "/api/v1/team/left-alone", this::leftAlone);
  }

  record PresenceView(String status, String since, boolean missedOffers) {
    static PresenceView of(Presence presence) {
      return new PresenceView(
          Texts.lower(presence.status()), presence.since().toString(), presence.isAwayByMisses());
    }
  }

  record TeamMember(
      String username,
      String displayName,
      String status,
      String since,
      long load,
      int capacity,
      List<String> queues) {
    static TeamMember of(Member member, List<String> queues) {
      return new TeamMember(
          member.id(),
          member.agent().nameForColleagues(),
          Texts.lower(member.presence().status()),
          member.presence().since().toString(),
          member.load(),
          member.capacity(),
          queues);
    }
  }

  private void read(Context ctx, AgentIdentity agent) {
    Presence presence = store
        .read(queries -> queries.team().member(agent.username()))
        .map(Member::presence)
        .orElseThrow(PresenceRoutes::gone);
    web.answers().json(ctx, 200, PresenceView.of(presence));
  }

  private void change(Context ctx, AgentIdentity agent) throws IOException {
    Status status = web.requests().fields(ctx, "status").oneOf("status", Status.values());
    watch.seen(agent.username());
    web.answers()
        .later(
            ctx,
            teams.become(agent.username(), EnumSet.allOf(Status.class), status),
            presence -> web.answers()
                .json(ctx, 200, PresenceView.of(presence.orElseThrow(PresenceRoutes::gone))));
  }

  /** Lists the agents of the queues that the reader may see, with these queues. */
  private void team(Context ctx, AgentIdentity reader) {
    List<QueueName> queues =
        teams.queues().stream().sorted(Comparator.comparing(QueueName::value)).toList();
    List<TeamMember> items = store.read(queries -> {
      Team team = queries.team();
      Team.Scope scope = reader.scope(queries);
      return team.members().stream()
          .filter(Member::works)
          .map(member -> TeamMember.of(
              member,
              queues.stream()
                  .filter(scope::sees)
                  .filter(queue -> team.queue(queue).isOpenTo(member.id()))
                  .map(QueueName::value)
                  .toList()))
          .filter(member -> !member.queues().isEmpty())
          .toList();
    });
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  /** Lists the conversations of agents who have not been online for a while, if the customer had the last word. */
  private void leftAlone(Context ctx, AgentIdentity supervisor) {
    Instant before = clock.instant().minus(ABSENT_AFTER);
    List<Views.ConversationItem> items = store.read(queries -> queries.members().stream()
        .filter(member -> member.load() > 0)
        .filter(member -> member.presence().status() != Status.ONLINE
            && member.presence().since().isBefore(before))
        .flatMap(member -> held(member, queries).stream())
        .filter(conversation -> isUnanswered(conversation, queries))
        .map(conversation -> DeskViews.item(queries, conversation))
        .toList());
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  private static List<Conversation> held(Member member, Queries queries) {
    return queries.conversations(
        new ConversationFilter(
            Set.of(ConversationState.LIVE), Optional.of(member.id()), Optional.empty(), false),
        Optional.empty(),
        MOST_HELD);
  }

  private static boolean isUnanswered(Conversation conversation, Queries queries) {
    return TranscriptEntry.asSeen(queries.latestEntries(conversation.id(), LATEST)).stream()
        .map(TranscriptEntry::content)
        .filter(EntryContent.Said.class::isInstance)
        .map(content -> ((EntryContent.Said) content).author().role())
        .reduce((first, second) -> second)
        .filter(role -> role == Participant.Role.CUSTOMER)
        .isPresent();
  }

  private static Problem gone() {
    return Problem.notFound("no such agent");
  }
}
