package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.StoreException;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Queue;
import dev.relay.core.team.Team.QueueChange;
import dev.relay.core.team.Team.Status;
import dev.relay.core.team.Team.Teams;
import dev.relay.http.live.PresenceWatch;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who is there, by choice and by event streams, and the customers of those who are not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class PresenceTest {
  private static final String ME = "/api/v1/agents/me/presence";

  private final TestServer relay = new TestServer();
  private final PresenceWatch watch = relay.server.presence();

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void agents_choose_whether_they_are_there_and_their_colleagues_see_it() {
    Http ann = relay.agent("ann", Role.AGENT);
    Http bob = relay.agent("bob", Role.VIEWER);
    assertThat(ann.get(ME).json().get("status").textValue()).isEqualTo("offline");

    assertThat(ann.put(ME, "{\"status\":\"away\"}").json().get("status").textValue())
        .isEqualTo("away");

    assertThat(ann.put(ME, "{\"status\":\"asleep\"}").status()).isEqualTo(400);
    JsonNode team = bob.get("/api/v1/team").json().get("items");
    assertThat(team.findValuesAsText("username"))
        .as("a viewer takes part in no conversation")
        .containsExactly("ann");
    assertThat(team.get(0).get("status").textValue()).isEqualTo("away");
  }

  @Test
  void whoever_opens_the_desk_is_online_and_offline_a_minute_after_the_last_window_is_gone() {
    Http ann = relay.agent("ann", Role.AGENT);
    try (EventReader events = ann.events("/api/v1/desk/events")) {
      events.awaitCount("summary", 1);
      watch.check();
      awaitStatus(Status.ONLINE);
      ann.put(ME, "{\"status\":\"away\"}");
      watch.check();
      awaitStatus(Status.AWAY);
    }
    relay
        .store
        .tokens()
        .of(AccessToken.Kind.AGENT_SESSION, "ann")
        .forEach(token -> relay.web.live().closeSession(token.hash()));
    Eventually.holds(
        "the stream has ended", () -> relay.web.live().connectedAgents().isEmpty());

    watch.check();
    relay.clock.advance(PresenceWatch.GRACE.minusSeconds(30));
    watch.check();
    awaitStatus(Status.AWAY);
    relay.clock.advance(Duration.ofSeconds(30));
    watch.check();

    awaitStatus(Status.OFFLINE);
  }

  @Test
  void whoever_chooses_to_be_offline_with_the_desk_open_stays_offline() {
    Http ann = relay.agent("ann", Role.AGENT);
    try (EventReader events = ann.events("/api/v1/desk/events")) {
      events.awaitCount("summary", 1);
      watch.check();
      awaitStatus(Status.ONLINE);
      ann.put(ME, "{\"status\":\"offline\"}");

      watch.check();
      relay.clock.advance(PresenceWatch.GRACE);
      watch.check();

      awaitStatus(Status.OFFLINE);
    }
  }

  @Test
  void a_status_that_could_not_be_stored_is_stored_by_the_next_check() {
    relay.agent("ann", Role.AGENT);
    FailingTeams teams = new FailingTeams(relay.relay.teams());
    PresenceWatch unlucky = new PresenceWatch(teams, relay.store, relay.web.live(), relay.clock);
    unlucky.seen("ann");
    unlucky.check();
    relay.clock.advance(PresenceWatch.GRACE);

    unlucky.check();
    unlucky.check();

    assertThat(teams.wanted).containsExactly(Status.OFFLINE, Status.OFFLINE);
  }

  @Test
  void a_clock_that_was_ahead_keeps_nobody_online() {
    relay.agent("ann", Role.AGENT);
    FailingTeams teams = new FailingTeams(relay.relay.teams());
    PresenceWatch set = new PresenceWatch(teams, relay.store, relay.web.live(), relay.clock);
    relay.clock.advance(Duration.ofHours(1));
    set.seen("ann");
    relay.clock.advance(Duration.ofHours(-1));
    set.check();
    assertThat(teams.wanted).isEmpty();

    relay.clock.advance(PresenceWatch.GRACE);
    set.check();

    assertThat(teams.wanted).containsExactly(Status.OFFLINE);
  }

  @Test
  void the_team_is_shown_with_the_queues_that_the_reader_sees() {
    Http ann = relay.agent("ann", Role.AGENT);
    Http bob = relay.agent("bob", Role.AGENT);
    Http admin = relay.agent("root", Role.ADMIN);
    admin.post("/api/v1/queues", "{\"name\":\"billing\",\"members\":[\"bob\"]}");

    assertThat(queuesOf("bob", ann)).isEqualTo("[\"default\"]");
    assertThat(queuesOf("bob", bob)).isEqualTo("[\"billing\",\"default\"]");
    assertThat(queuesOf("bob", admin)).isEqualTo("[\"billing\",\"default\"]");
    assertThat(queuesOf("ann", admin)).isEqualTo("[\"default\"]");
  }

  @Test
  void an_offer_is_shown_with_its_end_and_only_its_agent_accepts_or_declines_it() {
    Http ann = relay.agent("ann", Role.AGENT);
    Http bob = relay.agent("bob", Role.AGENT);
    Http admin = relay.agent("root", Role.ADMIN);
    admin.patch("/api/v1/queues/default", "{\"assignment\":\"round_robin\",\"acceptSeconds\":60}");
    ann.put(ME, "{\"status\":\"online\"}");
    Http customer = relay.customer("Ada");
    customer.post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    String path = "/api/v1/conversations/" + awaitOffer("ann", ann).get("id").textValue();
    bob.put(ME, "{\"status\":\"online\"}");

    assertThat(bob.post(path + "/accept", "").status()).isEqualTo(409);
    assertThat(bob.post(path + "/decline", "").json().get("offer").get("agent").textValue())
        .as("Bob declines what he is not offered")
        .isEqualTo("ann");
    assertThat(ann.post(path + "/decline", "").status()).isEqualTo(200);
    assertThat(Instant.parse(awaitOffer("bob", bob).get("offer").get("until").textValue()))
        .isAfter(relay.clock.instant());
    Http.Answer accepted = bob.post(path + "/accept", "");

    assertThat(accepted.json().get("agent").get("username").textValue()).isEqualTo("bob");
    assertThat(accepted.json().get("offer").isNull()).isTrue();
  }

  @Test
  void who_is_away_because_three_offers_passed_can_tell_it_until_they_choose() {
    Http ann = relay.agent("ann", Role.AGENT);
    Http admin = relay.agent("root", Role.ADMIN);
    admin.patch("/api/v1/queues/default", "{\"assignment\":\"round_robin\",\"acceptSeconds\":20}");
    ann.put(ME, "{\"status\":\"online\"}");
    for (String name : List.of("Ada", "Ben", "Cem")) {
      relay
          .customer(name)
          .post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    }
    Eventually.holds("all three are offered", () -> offersTo("ann", ann) == 3);
    assertThat(ann.get(ME).json().get("missedOffers").booleanValue()).isFalse();

    relay.clock.advance(Duration.ofSeconds(21));

    Eventually.holds(
        "she is away", () -> ann.get(ME).json().get("status").textValue().equals("away"));
    assertThat(ann.get(ME).json().get("missedOffers").booleanValue()).isTrue();
    JsonNode chosen = ann.put(ME, "{\"status\":\"away\"}").json();
    assertThat(chosen.get("missedOffers").booleanValue()).isFalse();
  }

  private static long offersTo(String username, Http agent) {
    long found = 0;
    for (JsonNode item : agent.get("/api/v1/conversations").json().get("items")) {
      found += item.path("offer").path("agent").asText().equals(username) ? 1 : 0;
    }
    return found;
  }

  private static String queuesOf(String username, Http reader) {
    for (JsonNode member : reader.get("/api/v1/team").json().get("items")) {
      if (member.get("username").textValue().equals(username)) {
        return member.get("queues").toString();
      }
    }
    throw new AssertionError(username + " is not shown");
  }

  private static JsonNode awaitOffer(String to, Http agent) {
    List<JsonNode> found = new ArrayList<>();
    Eventually.holds("the conversation is offered to " + to, () -> {
      for (JsonNode item : agent.get("/api/v1/conversations").json().get("items")) {
        if (item.path("offer").path("agent").asText().equals(to)) {
          found.add(item);
        }
      }
      return !found.isEmpty();
    });
    return found.get(0);
  }

  @Test
  void a_supervisor_sees_the_customers_whom_an_absent_agent_has_left_alone() {
    Http ann = relay.agent("ann", Role.AGENT);
    Http sue = relay.agent("sue", Role.SUPERVISOR);
    ann.put(ME, "{\"status\":\"online\"}");
    Http customer = relay.customer("Ada");
    customer.post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    String id =
        ann.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    ann.post("/api/v1/conversations/" + id + "/accept", "");
    customer.post("/api/v1/chat/messages", "{\"text\":\"hello?\",\"clientMessageId\":\"2\"}");
    assertThat(leftAlone(sue)).isEmpty();

    ann.put(ME, "{\"status\":\"away\"}");
    assertThat(leftAlone(sue)).as("only just").isEmpty();
    relay.clock.advance(Duration.ofMinutes(6));

    assertThat(leftAlone(sue).findValuesAsText("id")).contains(id);
    ann.post("/api/v1/conversations/" + id + "/messages", "{\"text\":\"here\"}");
    assertThat(leftAlone(sue)).as("the customer has an answer").isEmpty();
  }

  private static JsonNode leftAlone(Http supervisor) {
    return supervisor.get("/api/v1/team/left-alone").json().get("items");
  }

  /** The watch does not wait for the commit; another write ends after it. */
  private void awaitStatus(Status status) {
    relay.store.write(transaction -> true);
    relay.relay.teams().release("ann").join();
    Status now = relay
        .store
        .read(queries -> queries.team().member("ann"))
        .orElseThrow()
        .presence()
        .status();
    assertThat(now).isEqualTo(status);
  }

  /** Teams in which no status can be stored. */
  private static final class FailingTeams implements Teams {
    private final Teams real;
    private final List<Status> wanted = new ArrayList<>();

    FailingTeams(Teams real) {
      this.real = real;
    }

    @Override
    public CompletableFuture<Optional<Presence>> become(
        String agent, Set<Status> from, Status status) {
      wanted.add(status);
      return CompletableFuture.failedFuture(new StoreException("the disk is full"));
    }

    @Override
    public Set<QueueName> queues() {
      return real.queues();
    }

    @Override
    public boolean isStaffed(QueueName queue) {
      return real.isStaffed(queue);
    }

    @Override
    public CompletableFuture<Queue> setUp(QueueName queue, QueueChange change) {
      return real.setUp(queue, change);
    }

    @Override
    public CompletableFuture<Boolean> release(String agent) {
      return real.release(agent);
    }

    @Override
    public CompletableFuture<Integer> seen(String agent, Set<Long> mentions) {
      return real.seen(agent, mentions);
    }
  }
}
