package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.testkit.Eventually;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A customer and an agent who write to each other as fast as they can, and remember which messages were acknowledged. */
final class Talk implements AutoCloseable {
  private final String name;
  private final Client customer;
  private final Client agent;
  private final EventStream chat;
  private final String conversation;
  private final Side customerSide = new Side("c");
  private final Side agentSide = new Side("a");

  private Talk(String name, Client customer, Client agent, EventStream chat, String conversation) {
    this.name = name;
    this.customer = customer;
    this.agent = agent;
    this.chat = chat;
    this.conversation = conversation;
  }

  /** The messages of one side. Written by one thread at a time. */
  private static final class Side {
    private final String prefix;
    private final List<String> acknowledged = new ArrayList<>();
    private int next;

    Side(String prefix) {
      this.prefix = prefix;
    }

    String nextText() {
      next++;
      return prefix + next;
    }
  }

  /** Opens a live conversation. */
  static Talk open(String name, Supplier<URI> url, Client agent) {
    Client customer = Client.customer(url, name);
    EventStream chat = EventStream.open(customer, "/api/v1/chat/events");
    customer.press("talk_to_person", "person");
    chat.await("waiting", event -> event.data().path("state").asText().equals("waiting"));
    String conversation = "";
    for (JsonNode item :
        agent.get("/api/v1/conversations?state=waiting&limit=100").json().get("items")) {
      if (item.get("customer").get("displayName").asText().equals(name)) {
        conversation = item.get("id").asText();
      }
    }
    Client.Answer accepted =
        agent.send("POST", "/api/v1/conversations/" + conversation + "/accept", Map.of());
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
    return new Talk(name, customer, agent, chat, conversation);
  }

  /** Lets the customer write until stopped or until Relay has ended. */
  void customerWrites(AtomicBoolean stop) {
    write(customerSide, stop, text -> customer.say(text, "id-" + text));
  }

  /** Lets the agent write until stopped or until Relay has ended. */
  void agentWrites(AtomicBoolean stop) {
    write(
        agentSide,
        stop,
        text -> agent.send(
            "POST",
            "/api/v1/conversations/" + conversation + "/messages",
            Map.of("text", text, "clientMessageId", "id-" + text)));
  }

  /** Reconnects after a restart. */
  void reconnect() {
    chat.close();
    chat.connect();
  }

  int acknowledged() {
    return customerSide.acknowledged.size() + agentSide.acknowledged.size();
  }

  /** Waits until the customer sees all acknowledged messages, on a stream that continued over all restarts. */
  void awaitSeenByCustomer() {
    Eventually.holds(
        () -> name + ": everything acknowledged in the customer's stream",
        () -> seen("customer").containsAll(customerSide.acknowledged)
            && seen("agent").containsAll(agentSide.acknowledged));
  }

  /** Checks that both sides see all acknowledged messages exactly once and in order, and that no delivery is waiting. */
  void check() {
    awaitSeenByCustomer();
    assertOnceInOrder(seen("customer"), customerSide);
    assertOnceInOrder(seen("agent"), agentSide);
    Eventually.holds(
        () -> name + ": every message delivered",
        () -> transcript("customer").stream()
            .allMatch(entry -> entry.get("delivery").asText().equals("delivered")));
    assertOnceInOrder(texts(transcript("customer")), customerSide);
    assertOnceInOrder(texts(transcript("agent")), agentSide);
  }

  @Override
  public void close() {
    chat.close();
  }

  private interface Send {
    Client.Answer send(String text);
  }

  private void write(Side side, AtomicBoolean stop, Send send) {
    while (!stop.get()) {
      String text = side.nextText();
      int status;
      try {
        do {
          status = send.send(text).status();
        } while (status == 503 && !stop.get());
      } catch (Client.Unreachable e) {
        return;
      }
      if (status == 202) {
        side.acknowledged.add(text);
      }
    }
  }

  private List<String> seen(String author) {
    return chat.messages().stream()
        .filter(event -> event.author().equals(author))
        .map(EventStream.Event::text)
        .toList();
  }

  private List<JsonNode> transcript(String author) {
    List<JsonNode> entries = new ArrayList<>();
    String after = "0";
    while (true) {
      JsonNode page = agent
          .get("/api/v1/conversations/" + conversation + "?limit=100&after=" + after)
          .json()
          .get("transcript");
      if (page.isEmpty()) {
        return entries;
      }
      for (JsonNode entry : page) {
        after = entry.get("id").asText();
        if (entry.get("author").asText().equals(author)
            && entry.get("kind").asText().equals("message")) {
          entries.add(entry);
        }
      }
    }
  }

  private static List<String> texts(List<JsonNode> entries) {
    return entries.stream().map(entry -> entry.get("text").asText()).toList();
  }

  private void assertOnceInOrder(List<String> texts, Side side) {
    List<Integer> numbers =
        texts.stream().map(text -> Integer.parseInt(text.substring(1))).toList();
    assertThat(numbers).as("%s, in order", name).isSorted();
    assertThat(texts).as("%s, once", name).doesNotHaveDuplicates().containsAll(side.acknowledged);
  }
}
