package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server with the queues default and billing: Ann, Bob and the viewers work in the first one, Dan only in the second one. */
final class TwoQueues implements AutoCloseable {
  static final String CONVERSATIONS = "/api/v1/conversations/";

  final TestServer relay = new TestServer(
      settings -> settings,
      builder -> builder.settings(Settings.builder()
          .queue(QueueName.DEFAULT)
          .queue(new QueueName("billing"))
          .build()));
  final Http admin = relay.agent("root");
  final Http ann = relay.agent("ann", Role.AGENT);
  final Http bob = relay.agent("bob", Role.AGENT);
  final Http dan = relay.agent("dan", Role.AGENT);

  /** @param viewers the user names of further members of the default queue, who only read */
  TwoQueues(String... viewers) {
    List.of(viewers).forEach(name -> relay.addAgent(name, Role.VIEWER));
    String members = Stream.concat(Stream.of("ann", "bob"), Stream.of(viewers))
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(","));
    assertThat(admin
            .patch("/api/v1/queues/default", "{\"members\":[" + members + "]}")
            .status())
        .isEqualTo(200);
  }

  /** Lets Ann accept the conversation of a customer who asks for a person; returns its id. */
  String acceptedByAnn(Http customer) {
    String id = relay.waiting(customer, admin);
    assertThat(ann.post(CONVERSATIONS + id + "/accept", "").status()).isEqualTo(200);
    return id;
  }

  @Override
  public void close() {
    relay.close();
  }
}
