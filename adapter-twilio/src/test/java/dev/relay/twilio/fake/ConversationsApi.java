package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.fake.FakeConversation.FakeMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conversations v1 as far as Relay uses it. */
final class ConversationsApi {
  private static final int MAX_HOOKS = 5;
  private static final long MEGABYTE = 1024 * 1024;
  /** The largest file by medium, in MB. */
  private static final Map<String, Integer> LARGEST_FILE =
      Map.of("sms", 5, "whatsapp", 16, "messenger", 25);

  private static final int MAX_ATTRIBUTES = 4 * 1024;
  private static final int MAX_CONVERSATION_ATTRIBUTES = 16 * 1024;

  private final World world;
  private final PhoneApi phones;

  ConversationsApi(World world) {
    this.world = world;
    this.phones = new PhoneApi(world);
  }

  ApiAnswer answer(ApiRequest request) {
    String[] path = request.path().substring(1).split("/", -1);
    if (path.length == 3 && path[2].equals(world.account.chatService())) {
      return service();
    }
    if (path[1].equals("Configuration")) {
      return phones.configuration(path, request);
    }
    // v1/Services/{IS}/Conversations|Users/{…}/{…}/{…}
    if (path.length < 4 || !path[2].equals(world.account.chatService())) {
      throw new ApiAnswer.Problem(404, 20404, "no such service");
    }
    boolean post = request.method().equals("POST");
    if (path[3].equals("Users") && path.length == 5) {
      return user(path[4], request, post);
    }
    if (path[3].equals("ParticipantConversations")) {
      return page(
          request,
          "conversations",
          phones.conversationsOf(request.parameter("Address").orElse("")));
    }
    if (!path[3].equals("Conversations")) {
      throw new ApiAnswer.Problem(404, 20404, "no such resource");
    }
    if (path.length == 4) {
      return post ? create(request) : list(request);
    }
    FakeConversation conversation = world.conversation(path[4]);
    if (path.length == 5 && request.method().equals("DELETE")) {
      world.conversations.remove(conversation.sid);
      return ApiAnswer.nothing();
    }
    if (path.length == 5) {
      return post ? change(conversation, request) : ok(200, json(conversation));
    }
    return switch (path[5]) {
      case "Participants" ->
        post ? participant(conversation, request) : participants(conversation, request);
      case "Webhooks" ->
        path.length == 7
            ? unhook(conversation, path[6])
            : post ? hook(conversation, request) : hooks(conversation);
      case "Messages" ->
        path.length == 6
            ? (post ? message(conversation, request) : messages(conversation, request))
            : message(conversation, path[6], request);
      default -> throw new ApiAnswer.Problem(404, 20404, "no such resource");
    };
  }

  private ApiAnswer service() {
    ObjectNode json = Json.object();
    json.put("account_sid", world.account.sid())
        .put("sid", world.account.chatService())
        .put("friendly_name", "Flex Chat Service")
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://conversations.twilio.com/v1/Services");
    json.putObject("links");
    return ok(200, json);
  }

  private JsonNode json(FakeConversation conversation) {
    return conversation.json(world.account.sid(), world.account.chatService());
  }

  private static ApiAnswer ok(int status, JsonNode body) {
    return ApiAnswer.json(status, body);
  }

  private ApiAnswer create(ApiRequest request) {
    String name = request.text("UniqueName");
    if (!name.isEmpty() && world.find(name).isPresent()) {
      throw new ApiAnswer.Problem(409, 50353, "a conversation with that name is there");
    }
    FakeConversation conversation = new FakeConversation(
        world.sids.next("CH"),
        name,
        request.text("FriendlyName"),
        request.field("Attributes").orElse("{}"),
        request.text("Timers.Inactive"),
        request.text("Timers.Closed"));
    world.conversations.put(conversation.sid, conversation);
    return ok(201, json(conversation));
  }

  private ApiAnswer list(ApiRequest request) {
    String state = request.parameter("State").orElse("");
    List<JsonNode> found = world.conversations.values().stream()
        .filter(it -> state.isEmpty() || it.state.equals(state))
        .sorted(Comparator.comparing(it -> it.sid))
        .map(this::json)
        .collect(Collectors.toList());
    return page(request, "conversations", found);
  }

  private ApiAnswer change(FakeConversation conversation, ApiRequest request) {
    if (conversation.isClosed()) {
      throw new ApiAnswer.Problem(400, 50377, "the conversation is closed");
    }
    String state = request.field("State").orElse(conversation.state);
    if (!state.equals(conversation.state)) {
      if (request.isWebhookEnabled()) {
        world.stateChanged(conversation, state, "API");
      } else {
        conversation.state = state;
      }
    }
    String attributes = request.field("Attributes").orElse(conversation.attributes);
    if (attributes.length() > MAX_CONVERSATION_ATTRIBUTES) {
      throw new ApiAnswer.Problem(400, 50402, "the attributes are too long");
    }
    conversation.attributes = attributes;
    return ok(200, json(conversation));
  }

  private ApiAnswer user(String identity, ApiRequest request, boolean post) {
    if (!world.userNames.containsKey(identity)) {
      throw new ApiAnswer.Problem(404, 20404, "no such user");
    }
    if (post) {
      request.field("FriendlyName").ifPresent(name -> world.userNames.put(identity, name));
    }
    ObjectNode json = Json.object();
    json.put("sid", "US" + "0".repeat(32))
        .put("account_sid", world.account.sid())
        .put("chat_service_sid", world.account.chatService())
        .put("identity", identity)
        .put("friendly_name", world.userNames.get(identity))
        .put("attributes", "{}")
        .putNull("role_sid")
        .put("is_online", false)
        .put("is_notifiable", false)
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://conversations.twilio.com/v1/Users/" + identity);
    json.putObject("links");
    return ok(200, json);
  }

  private ApiAnswer participant(FakeConversation conversation, ApiRequest request) {
    if (request.field("MessagingBinding.Address").isPresent()) {
      return ok(201, phones.join(conversation, request));
    }
    String identity = request.text("Identity");
    if (conversation.participants.containsKey(identity)) {
      throw new ApiAnswer.Problem(409, 50433, "the participant is there");
    }
    String sid = world.sids.next("MB");
    conversation.participants.put(identity, sid);
    world.userNames.putIfAbsent(identity, identity);
    return ok(201, json(conversation, identity, sid));
  }

  private ApiAnswer participants(FakeConversation conversation, ApiRequest request) {
    List<JsonNode> all = new ArrayList<>();
    conversation.participants.forEach(
        (identity, sid) -> all.add(json(conversation, identity, sid)));
    all.addAll(phones.participants(conversation));
    return page(request, "participants", all);
  }

  private ObjectNode json(FakeConversation conversation, String identity, String sid) {
    ObjectNode json = Json.object();
    json.put("account_sid", world.account.sid())
        .put("chat_service_sid", world.account.chatService())
        .put("conversation_sid", conversation.sid)
        .put("sid", sid)
        .put("identity", identity)
        .put("attributes", "{}")
        .putNull("messaging_binding")
        .putNull("role_sid")
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://conversations.twilio.com/v1/Participants/" + sid)
        .putNull("last_read_message_index")
        .putNull("last_read_timestamp");
    return json;
  }

  private ApiAnswer hook(FakeConversation conversation, ApiRequest request) {
    if (conversation.hooks.size() >= MAX_HOOKS) {
      throw new ApiAnswer.Problem(400, 50361, "too many webhooks");
    }
    if (request.text("Target").equals("studio")
        && !world.flows.containsKey(request.text("Configuration.FlowSid"))) {
      throw new ApiAnswer.Problem(400, 50359, "no such flow");
    }
    FakeConversation.Hook hook = new FakeConversation.Hook(
        world.sids.next("WH"),
        request.text("Target"),
        request.text("Configuration.Url"),
        request.text("Configuration.FlowSid"),
        request.form().getOrDefault("Configuration.Filters", List.of()));
    conversation.hooks.add(hook);
    return ok(201, json(conversation, hook));
  }

  private static ApiAnswer unhook(FakeConversation conversation, String sid) {
    if (!conversation.hooks.removeIf(it -> it.sid().equals(sid))) {
      throw new ApiAnswer.Problem(404, 20404, "no such webhook");
    }
    return ApiAnswer.nothing();
  }

  private ApiAnswer hooks(FakeConversation conversation) {
    ArrayNode list = Json.array();
    conversation.hooks.forEach(it -> list.add(json(conversation, it)));
    ObjectNode page = Json.object();
    page.set("webhooks", list);
    page.set("meta", meta("webhooks", list.size(), Optional.empty()));
    return ok(200, page);
  }

  private ObjectNode json(FakeConversation conversation, FakeConversation.Hook hook) {
    ObjectNode json = Json.object();
    json.put("sid", hook.sid())
        .put("account_sid", world.account.sid())
        .put("chat_service_sid", world.account.chatService())
        .put("conversation_sid", conversation.sid)
        .put("target", hook.target())
        .put("url", "https://conversations.twilio.com/v1/Webhooks/" + hook.sid())
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE);
    ObjectNode configuration = json.putObject("configuration");
    if (hook.isStudio()) {
      configuration.put("flow_sid", hook.flow());
    } else {
      configuration.put("url", hook.url()).put("method", "post");
    }
    hook.filters().forEach(configuration.putArray("filters")::add);
    return json;
  }

  /**
   * Refuses files that are larger than a medium of the conversation's participants delivers: 50512, "the size of the attachment is not
   * acceptable for this conversation", with the limits of error 11751 and, for Messenger, of Meta.
   */
  private static void refuseLarge(
      FakeConversation conversation, List<FakeConversation.Media> files) {
    long largest = files.stream().mapToLong(it -> it.content().length).max().orElse(0);
    boolean isTooLarge = conversation.bindings.values().stream()
        .anyMatch(it -> largest > MEGABYTE * LARGEST_FILE.getOrDefault(it.type(), 150));
    if (isTooLarge) {
      throw new ApiAnswer.Problem(400, 50512, "the size of the attachment is not acceptable");
    }
  }

  private ApiAnswer message(FakeConversation conversation, ApiRequest request) {
    String attributes = request.field("Attributes").orElse("{}");
    if (attributes.length() > MAX_ATTRIBUTES) {
      throw new ApiAnswer.Problem(400, 50402, "the attributes are too long");
    }
    JsonNode unused = Json.parse(attributes);
    List<FakeConversation.Media> files = request
        .field("MediaSid")
        .map(sid -> Optional.ofNullable(world.media.get(sid))
            .map(List::of)
            .orElseThrow(() -> new ApiAnswer.Problem(400, 50412, "no such file")))
        .orElse(List.of());
    refuseLarge(conversation, files);
    FakeMessage message = world.post(
        conversation,
        request.field("Author").orElse("system"),
        request.text("Body"),
        attributes,
        files,
        "API",
        request.isWebhookEnabled());
    return ok(201, json(conversation, message));
  }

  private ObjectNode json(FakeConversation conversation, FakeMessage message) {
    return message.json(world.account.sid(), world.account.chatService(), conversation.sid);
  }

  private ApiAnswer messages(FakeConversation conversation, ApiRequest request) {
    List<JsonNode> all = new ArrayList<>();
    conversation.messages.forEach(it -> all.add(json(conversation, it)));
    if (request.parameter("Order").orElse("asc").equals("desc")) {
      Collections.reverse(all);
    }
    return page(request, "messages", all);
  }

  private ApiAnswer message(FakeConversation conversation, String sid, ApiRequest request) {
    FakeMessage message = conversation
        .message(sid)
        .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such message"));
    if (request.method().equals("GET")) {
      return ok(200, json(conversation, message));
    }
    if (conversation.isClosed()) {
      throw new ApiAnswer.Problem(400, 50377, "the conversation is closed");
    }
    if (request.method().equals("DELETE")) {
      conversation.messages.remove(message);
      return ApiAnswer.nothing();
    }
    request.field("Body").ifPresent(body -> message.body = body);
    if (request.isWebhookEnabled()) {
      world.notifyOf(conversation, "onMessageUpdated", message, "API");
    }
    return ok(200, json(conversation, message));
  }

  private ApiAnswer page(ApiRequest request, String key, List<JsonNode> all) {
    int size = Integer.parseInt(request.parameter("PageSize").orElse("50"));
    int number = Integer.parseInt(request.parameter("Page").orElse("0"));
    int begin = Math.min(all.size(), number * size);
    int end = Math.min(all.size(), begin + size);
    ObjectNode page = Json.object();
    all.subList(begin, end).forEach(page.putArray(key)::add);
    Optional<String> next = end < all.size()
        ? Optional.of("https://conversations.twilio.com" + request.path() + "?PageSize=" + size
            + "&Page=" + (number + 1)
            + request.parameter("Order").map(it -> "&Order=" + it).orElse("")
            + request.parameter("StartDate").map(it -> "&StartDate=" + it).orElse("")
            + request.parameter("State").map(it -> "&State=" + it).orElse(""))
        : Optional.empty();
    page.set("meta", meta(key, size, next));
    return ok(200, page);
  }

  static ObjectNode meta(String key, int size, Optional<String> next) {
    ObjectNode meta = Json.object();
    meta.put("page", 0)
        .put("page_size", size)
        .put("first_page_url", "https://conversations.twilio.com/v1")
        .putNull("previous_page_url")
        .put("url", "https://conversations.twilio.com/v1")
        .put("key", key);
    next.ifPresentOrElse(
        url -> meta.put("next_page_url", url), () -> meta.putNull("next_page_url"));
    return meta;
  }
}
