package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.fake.FakeConversation.Binding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations with phones: the customers' addresses, and the account's own. Callers hold the world's lock. */
final class PhoneApi {
  private static final String URL = "https://conversations.twilio.com/v1/Configuration/Addresses/";

  private final World world;

  PhoneApi(World world) {
    this.world = world;
  }

  /** Answers {@code v1/Configuration}, {@code v1/Configuration/Addresses} and {@code v1/Configuration/Addresses/{IG}}. */
  ApiAnswer configuration(String[] path, ApiRequest request) {
    boolean post = request.method().equals("POST");
    if (path.length == 2) {
      request.field("DefaultClosedTimer").ifPresent(timer -> world.closedTimer = timer);
      return ApiAnswer.json(200, account());
    }
    if (path.length == 3 && !post) {
      ObjectNode page = Json.object();
      ArrayNode list = page.putArray("address_configurations");
      world.addresses.values().stream()
          .filter(
              it -> it.path("type").asText().equals(request.parameter("Type").orElse("")))
          .forEach(list::add);
      page.set(
          "meta", ConversationsApi.meta("address_configurations", list.size(), Optional.empty()));
      return ApiAnswer.json(200, page);
    }
    if (path.length == 3) {
      boolean known = world.addresses.values().stream()
          .anyMatch(it -> it.path("address").asText().equals(request.text("Address")));
      if (known) {
        throw new ApiAnswer.Problem(409, 50368, "the address is configured");
      }
      ObjectNode made = Json.object()
          .put("sid", world.sids.next("IG"))
          .put("account_sid", world.account.sid())
          .put("type", request.text("Type"))
          .put("address", request.text("Address"))
          .put("friendly_name", request.text("FriendlyName"))
          .put("date_created", FakeTwilio.DATE)
          .put("date_updated", FakeTwilio.DATE)
          .putNull("address_country");
      made.put("url", URL + made.path("sid").asText());
      change(made, request);
      world.addresses.put(made.path("sid").asText(), made);
      return ApiAnswer.json(201, made);
    }
    ObjectNode found = Optional.ofNullable(world.addresses.get(path[3]))
        .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such address"));
    if (post) {
      change(found, request);
    }
    return ApiAnswer.json(200, found);
  }

  private JsonNode account() {
    ObjectNode json = Json.object()
        .put("account_sid", world.account.sid())
        .put("default_chat_service_sid", world.account.chatService())
        .putNull("default_messaging_service_sid")
        .putNull("default_inactive_timer")
        .put("url", "https://conversations.twilio.com/v1/Configuration");
    if (world.closedTimer.isEmpty()) {
      json.putNull("default_closed_timer");
    } else {
      json.put("default_closed_timer", world.closedTimer);
    }
    json.putObject("links");
    return json;
  }

  private static void change(ObjectNode address, ApiRequest request) {
    ObjectNode creation = address.withObject("/auto_creation");
    creation.put("enabled", request.text("AutoCreation.Enabled").equals("true"));
    Map<String, String> names = Map.of(
        "type", "AutoCreation.Type",
        "conversation_service_sid", "AutoCreation.ConversationServiceSid",
        "webhook_url", "AutoCreation.WebhookUrl",
        "studio_flow_sid", "AutoCreation.StudioFlowSid");
    names.forEach(
        (name, field) -> request.field(field).ifPresent(value -> creation.put(name, value)));
    // Twilio's examples show the method in capital letters, whatever was given.
    request
        .field("AutoCreation.WebhookMethod")
        .ifPresent(it -> creation.put("webhook_method", it.equals("post") ? "POST" : "GET"));
    List<String> filters = request.form().get("AutoCreation.WebhookFilters");
    if (filters != null) {
      filters.forEach(creation.putArray("webhook_filters")::add);
    }
  }

  /** Returns the conversations of a customer, as Twilio does: by their ids, not by their ages. */
  List<JsonNode> conversationsOf(String address) {
    List<JsonNode> found = new ArrayList<>();
    if (world.staleLists > 0) {
      world.staleLists--;
      return found;
    }
    int age = 0;
    for (FakeConversation conversation : world.conversations.values()) {
      Binding binding = conversation.bindings.get(address);
      if (binding != null) {
        found.add(json(conversation, binding, age));
      }
      age++;
    }
    found.sort(Comparator.comparing(it -> it.path("conversation_sid").asText()));
    return found;
  }

  private JsonNode json(FakeConversation conversation, Binding binding, int age) {
    ObjectNode json = Json.object()
        .put("account_sid", world.account.sid())
        .put("chat_service_sid", world.account.chatService())
        .put("participant_sid", binding.sid())
        .putNull("participant_user_sid")
        .putNull("participant_identity")
        .put("conversation_sid", conversation.sid)
        .put("conversation_friendly_name", conversation.friendlyName)
        .put("conversation_attributes", conversation.attributes)
        .put("conversation_date_created", date(age))
        .put("conversation_date_updated", date(age))
        .put("conversation_created_by", "system")
        .put("conversation_state", conversation.state);
    json.set("participant_messaging_binding", binding.json());
    json.putObject("conversation_timers");
    json.putObject("links");
    return json;
  }

  private static String date(int age) {
    return Instant.parse("2026-11-02T00:00:00Z").plusSeconds(age % 86_400).toString();
  }

  List<JsonNode> participants(FakeConversation conversation) {
    List<JsonNode> all = new ArrayList<>();
    conversation.bindings.values().forEach(it -> all.add(json(conversation, it)));
    return all;
  }

  /** A customer can be in one conversation with a sender at a time. */
  JsonNode join(FakeConversation conversation, ApiRequest request) {
    String address = request.text("MessagingBinding.Address");
    String proxy = request.text("MessagingBinding.ProxyAddress");
    Optional<FakeConversation> open = openOf(address, proxy);
    if (open.isPresent()) {
      // https://www.twilio.com/docs/api/errors/50416 and …/50437
      throw open.get() == conversation
          ? new ApiAnswer.Problem(409, 50437, "the participant is in this conversation")
          : new ApiAnswer.Problem(
              409,
              world.pairCode,
              "a binding for this participant and proxy address already exists");
    }
    Binding binding = new Binding(
        world.sids.next("MB"),
        address.contains(":") ? address.substring(0, address.indexOf(':')) : "sms",
        address,
        proxy);
    conversation.bindings.put(address, binding);
    return json(conversation, binding);
  }

  Optional<FakeConversation> openOf(String address, String proxy) {
    return world.conversations.values().stream()
        .filter(it -> !it.isClosed())
        .filter(it ->
            it.bindings.containsKey(address) && it.bindings.get(address).proxy().equals(proxy))
        .findFirst();
  }

  private JsonNode json(FakeConversation conversation, Binding binding) {
    ObjectNode json = Json.object()
        .put("account_sid", world.account.sid())
        .put("chat_service_sid", world.account.chatService())
        .put("conversation_sid", conversation.sid)
        .put("sid", binding.sid())
        .putNull("identity")
        .put("attributes", "{}")
        .putNull("role_sid")
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://conversations.twilio.com/v1/Participants/" + binding.sid())
        .putNull("last_read_message_index")
        .putNull("last_read_timestamp");
    json.set("messaging_binding", binding.json());
    return json;
  }
}
