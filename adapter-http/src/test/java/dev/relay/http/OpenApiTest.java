package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AgentAccount;
import dev.relay.http.access.RouteTable;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class OpenApiTest {
  private final OpenAPI described = new OpenAPIV3Parser().read(OpenApi.FILE.toString());

  @Test
  void every_route_is_described_and_everything_described_is_a_route() {
    try (TestServer relay = new TestServer()) {
      Set<String> routes = new TreeSet<>();
      relay.server.routes().forEach(route -> routes.add(route.method() + " " + route.path()));

      assertThat(operations().keySet()).containsExactlyInAnyOrderElementsOf(routes);
    }
  }

  @Test
  void the_description_states_who_may_use_each_route() {
    Map<String, Operation> operations = operations();
    try (TestServer relay = new TestServer()) {
      for (RouteTable.Route route : relay.server.routes()) {
        Set<String> schemes = new TreeSet<>();
        Operation operation =
            operations.getOrDefault(route.method() + " " + route.path(), new Operation());
        if (operation.getSecurity() != null) {
          operation.getSecurity().forEach(choice -> schemes.addAll(choice.keySet()));
        }
        schemes.remove("twilioSignature");

        switch (route.access()) {
          case PUBLIC -> assertThat(schemes).as(route.toString()).isEmpty();
          case CUSTOMER -> assertThat(schemes).as(route.toString()).containsExactly("chatToken");
          case AGENT -> assertThat(schemes).as(route.toString()).contains("agentSession");
        }
        if (route.access() == RouteTable.Access.AGENT) {
          assertThat(schemes.contains("csrf"))
              .as(route.toString())
              .isEqualTo(!route.method().name().equals("GET"));
        }
      }
    }
  }

  @Test
  void the_description_states_the_roles_of_each_route_for_agents_and_of_no_other() {
    try (TestServer relay = new TestServer()) {
      for (RouteTable.Route route : relay.server.routes()) {
        List<String> roles = Arrays.stream(AgentAccount.Role.values())
            .filter(role -> route.least().filter(role::includes).isPresent())
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .toList();

        assertThat(OpenApi.roles(route.method().name(), route.path()))
            .as(route.toString())
            .isEqualTo(roles);
      }
    }
  }

  @Test
  void every_refusal_that_any_route_can_answer_is_named() {
    operations().forEach((name, operation) -> {
      Set<String> refusals = new TreeSet<>(Set.of("400", "404", "405", "414", "417", "429", "503"));
      if (operation.getRequestBody() != null) {
        refusals.addAll(Set.of("408", "413", "415"));
      }
      assertThat(operation.getResponses().keySet()).as(name).containsAll(refusals);
    });
  }

  private Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    described
        .getPaths()
        .forEach((path, item) -> item.readOperationsMap()
            .forEach((method, operation) -> operations.put(method + " " + path, operation)));
    return operations;
  }
}
