package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.relay.core.access.AccessStore.AgentAccounts.Replacement;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Calls every route as every kind of client that must not use it: a route added later is denied by default, or fails here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessMatrixTest {
  private final TestServer relay = new TestServer();
  private final Map<String, Http> strangers = new LinkedHashMap<>();
  private Http customer = relay.http();
  private Http agent = relay.http();

  @BeforeAll
  void somebody_of_each_kind() {
    customer = relay.customer("Ana");
    agent = relay.agent("alice");
    strangers.put("nobody", relay.http());
    strangers.put("a wrong token", relay.http().bearer("rc_wrong"));
    strangers.put("an empty token", relay.http().bearer(""));
    strangers.put("another scheme", relay.http().header("Authorization", "Basic YTpi"));
    strangers.put("a wrong cookie", relay.http().cookie("relay_session=rs_wrong"));
    strangers.put("an over-long cookie", relay.http().cookie("relay_session=" + "x".repeat(4_000)));
    strangers.put("a logged-out agent", loggedOut());
    strangers.put("a disabled agent", disabled());
    strangers.put("an agent with an expired session", expired(Duration.ofDays(8)));
    strangers.put("an agent after a long pause", expired(Duration.ofHours(13)));
    strangers.put("a customer whose session was revoked", revokedCustomer());
    strangers.put("a one-time link as a token", passwordLink());
  }

  @AfterAll
  void stop() {
    relay.close();
  }

  @TestFactory
  Stream<DynamicTest> no_stranger_gets_in() {
    return denied(RouteTable.Access.PUBLIC, strangers);
  }

  @TestFactory
  Stream<DynamicTest> no_customer_gets_in_as_an_agent() {
    return relay.server.routes().stream()
        .filter(route -> route.access() == RouteTable.Access.AGENT)
        .flatMap(route ->
            methods(route).stream().map(method -> denied(method, route, "a customer", customer)));
  }

  @TestFactory
  Stream<DynamicTest> no_agent_gets_in_as_a_customer() {
    return relay.server.routes().stream()
        .filter(route -> route.access() == RouteTable.Access.CUSTOMER)
        .flatMap(route ->
            methods(route).stream().map(method -> denied(method, route, "an agent", agent)));
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_changed_without_the_csrf_token_or_from_another_site() {
    Map<String, Http> forged = new LinkedHashMap<>();
    forged.put("no token", agent.without(Authentication.CSRF_HEADER));
    forged.put("a wrong token", agent.header(Authentication.CSRF_HEADER, "wrong"));
    forged.put("another site", agent.header("Origin", "https://evil.example"));
    forged.put("no origin", agent.header("Origin", "null"));
    forged.put("a site named alike", agent.header("Origin", "http://127.0.0.1.evil.example"));
    forged.put("a fetch across sites", agent.header("Sec-Fetch-Site", "cross-site"));
    List<DynamicTest> tests = new ArrayList<>();
    for (RouteTable.Route route : relay.server.routes()) {
      if (route.access() == RouteTable.Access.AGENT && !route.method().name().equals("GET")) {
        forged.forEach((who, http) -> tests.add(dynamicTest(
            route + " with " + who,
            () ->
                assertThat(request(http, route.method().name(), route).status()).isEqualTo(403))));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> those_who_may_are_let_in() {
    return relay.server.routes().stream()
        .filter(route -> route.access() != RouteTable.Access.PUBLIC)
        .filter(route -> !route.path().endsWith("/logout"))
        .map(route -> dynamicTest("let in to " + route, () -> {
          Http who = route.access() == RouteTable.Access.AGENT ? agent : customer;
          int status = route.path().endsWith("/events")
              ? stream(who, route.path())
              : request(who, route.method().name(), route).status();
          assertThat(status).isNotIn(401, 403);
        }));
  }

  /** The roles of each operation are those of docs/openapi.yaml; an operation without roles fails. */
  @TestFactory
  Stream<DynamicTest> each_role_may_use_the_routes_that_the_description_names_and_no_others() {
    Map<AgentAccount.Role, Http> agents = new EnumMap<>(AgentAccount.Role.class);
    for (AgentAccount.Role role : AgentAccount.Role.values()) {
      agents.put(role, relay.agent("role-" + role.name().toLowerCase(Locale.ROOT), role));
    }
    return relay.server.routes().stream()
        .filter(route -> route.access() == RouteTable.Access.AGENT)
        .filter(route -> !route.path().endsWith("/logout"))
        .flatMap(route -> agents.entrySet().stream()
            .map(each -> dynamicTest(route + " as " + each.getKey(), () -> {
              boolean mayUse = OpenApi.roles(route.method().name(), route.path())
                  .contains(each.getKey().name().toLowerCase(Locale.ROOT));
              Http who = each.getValue();

              if (route.path().endsWith("/events")) {
                assertThat(stream(who, route.path()) != 403).isEqualTo(mayUse);
                return;
              }
              for (String method : methods(route)) {
                Http.Answer answer = request(who, method, route);
                assertThat(answer.status() != 403).as(method).isEqualTo(mayUse);
              }
            })));
  }

  private Stream<DynamicTest> denied(RouteTable.Access except, Map<String, Http> people) {
    List<DynamicTest> tests = new ArrayList<>();
    for (RouteTable.Route route : relay.server.routes()) {
      if (route.access() != except) {
        for (String method : methods(route)) {
          people.forEach((who, http) -> tests.add(denied(method, route, who, http)));
        }
      }
    }
    return tests.stream();
  }

  private DynamicTest denied(String method, RouteTable.Route route, String who, Http http) {
    return dynamicTest(method + " " + route.path() + " as " + who, () -> {
      Http.Answer answer = request(http, method, route);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      if (!method.equals("HEAD")) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      }
    });
  }

  private static List<String> methods(RouteTable.Route route) {
    String method = route.method().name();
    return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
  }

  private static Http.Answer request(Http http, String method, RouteTable.Route route) {
    String path = route.path().replaceAll("\\{[^}]+}", "1");
    byte[] body = method.equals("GET") || method.equals("HEAD") || method.equals("DELETE")
        ? new byte[0]
        : new byte[] {'{', '}'};
    return http.send(method, path, "application/json", body);
  }

  private static int stream(Http http, String path) {
    try (EventReader reader = http.events(path)) {
      return reader.status();
    }
  }

  private Http loggedOut() {
    Http gone = relay.agent("gone");
    assertThat(gone.post("/api/v1/agents/logout", "").status()).isEqualTo(204);
    return gone;
  }

  private Http disabled() {
    Http disabled = relay.agent("disabled");
    AgentAccount account = relay.store.accounts().find("disabled").orElseThrow();
    AgentAccount refused = account.withDisabled(true);
    assertThat(relay.store.accounts().replace(account, refused)).isEqualTo(Replacement.DONE);
    return disabled;
  }

  /** Opens a session and ages it by that time without a request. */
  private Http expired(Duration ago) {
    String token = "rs_expired" + ago;
    relay
        .store
        .tokens()
        .add(new AccessToken(
            Secrets.hash(token),
            AccessToken.Kind.AGENT_SESSION,
            "alice",
            Map.of("csrf", "c"),
            relay.clock.instant().minus(ago),
            relay
                .clock
                .instant()
                .minus(ago.compareTo(Duration.ofDays(7)) > 0 ? Duration.ZERO : ago),
            relay.clock.instant().minus(ago).plus(Sessions.AGENT_LONGEST)));
    return relay.http().cookie("relay_session=" + token).header("X-CSRF-Token", "c");
  }

  private Http revokedCustomer() {
    Http revoked = relay.customer("Rob");
    String token = revoked.headers().getOrDefault("Authorization", "").substring(7);
    assertThat(relay.store.tokens().revoke(Secrets.hash(token))).isTrue();
    return revoked;
  }

  private Http passwordLink() {
    String link = new AgentPasswords(relay.store, new java.security.SecureRandom(), relay.clock)
        .createLink("alice");
    return relay.http().bearer(link.substring(link.indexOf('#') + 1));
  }
}
