package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.fake.FakeConversation.FakeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The state of the fake Twilio. Callers hold its lock. */
final class World {
  private static final int MAX_FOR_PHONES = 1_600;

  final FakeTwilio.Account account;
  final Sids sids = new Sids();
  final WebhookSender webhooks;
  final Map<String, FakeConversation> conversations = new LinkedHashMap<>();
  final Map<String, String> userNames = new LinkedHashMap<>();
  final Map<String, FakeInteraction> interactions = new LinkedHashMap<>();
  final Map<String, FakeConversation.Media> media = new LinkedHashMap<>();
  final Map<String, ObjectNode> addresses = new LinkedHashMap<>();
  final Set<String> stopped = new LinkedHashSet<>();
  final Map<String, Integer> lost = new LinkedHashMap<>();
  int staleLists;
  int pairCode = 50416;
  String fileName = "photo.jpg";
  String fileType = "image/jpeg";
  String profileName = "";
  String optOutType = "";
  boolean refusesInReceipts;
  boolean holdsReceipts;
  final List<Runnable> heldReceipts = new ArrayList<>();
  int lateFiles;
  int redirects;
  String closedTimer = "P1D";
  final Map<String, FakeFlow> flows = new LinkedHashMap<>();
  private BiConsumer<FakeConversation, FakeMessage> studio = (conversation, message) -> {};
  String flexService;
  String flexWorkspace;
  String flexWorkflow = "";
  final List<String> moreWorkflows = new ArrayList<>();
  final List<String> numbers = new ArrayList<>();
  final List<String> whatsappSenders = new ArrayList<>();
  String taskCallback = "";
  String taskEvents = "";
  String mediaBase = "";
  Consumer<String> whenPosted = text -> {};

  World(FakeTwilio.Account account) {
    this.account = account;
    this.flexService = account.chatService();
    this.flexWorkspace = account.workspace();
    this.webhooks = new WebhookSender(account.authToken());
  }

  FakeConversation conversation(String sidOrName) {
    return find(sidOrName)
        .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such conversation"));
  }

  Optional<FakeConversation> find(String sidOrName) {
    return conversations.values().stream()
        .filter(it -> it.sid.equals(sidOrName) || it.uniqueName.equals(sidOrName))
        .findFirst();
  }

  /** Returns all Twilio conversations of one of Relay's, oldest first. */
  List<FakeConversation> conversationsOf(long relayConversation) {
    return conversations.values().stream()
        .filter(it -> it.uniqueName.startsWith("relay-" + relayConversation + "-"))
        .toList();
  }

  /** Adds a message and notifies the conversation's webhooks. */
  FakeMessage post(
      FakeConversation conversation,
      String author,
      String body,
      String attributes,
      List<FakeConversation.Media> files,
      String source,
      boolean notify) {
    if (conversation.isClosed()) {
      throw new ApiAnswer.Problem(400, 50377, "the conversation is closed");
    }
    if (body.getBytes(StandardCharsets.UTF_8).length > 32 * 1024) {
      throw new ApiAnswer.Problem(400, 50504, "the body is too long");
    }
    boolean fromOutside = conversation.bindings.containsKey(author) && !source.equals("API");
    if (!conversation.bindings.isEmpty() && !fromOutside) {
      if (body.length() > MAX_FOR_PHONES) {
        throw new ApiAnswer.Problem(400, 50504, "the body is too long for phones");
      }
      if (!refusesInReceipts
          && conversation.bindings.keySet().stream().anyMatch(stopped::contains)) {
        throw new ApiAnswer.Problem(400, 21610, "the customer has opted out");
      }
    }
    FakeMessage message =
        new FakeMessage(sids.next("IM"), conversation.nextIndex++, author, body, attributes, files);
    conversation.messages.add(message);
    whenPosted.accept(body);
    if (notify) {
      notifyOf(conversation, "onMessageAdded", message, source);
      studio.accept(conversation, message);
    }
    if (!fromOutside) {
      conversation.bindings.values().forEach(it -> receipt(conversation, message, it));
    }
    return message;
  }

  /** Sets the runner of Studio's flows. */
  void studio(BiConsumer<FakeConversation, FakeMessage> runner) {
    studio = runner;
  }

  /** Sends a message's event to the conversation's webhooks that ask for it. */
  void notifyOf(FakeConversation conversation, String type, FakeMessage message, String source) {
    Map<String, String> fields = event(conversation, type, source);
    fields.put("MessageSid", message.sid);
    fields.put("Index", Integer.toString(message.index));
    fields.put("DateCreated", FakeTwilio.DATE);
    fields.put("Body", message.body);
    fields.put("Author", message.author);
    fields.put("Attributes", message.attributes);
    if (type.equals("onMessageUpdated")) {
      fields.put("DateUpdated", FakeTwilio.DATE);
    }
    if (conversation.bindings.containsKey(message.author)) {
      putUnlessEmpty(fields, "ProfileName", profileName);
      putUnlessEmpty(fields, "OptOutType", optOutType);
    }
    if (!message.media.isEmpty()) {
      var list = Json.array();
      message.media.forEach(it -> list.addObject()
          .put("Sid", it.sid())
          .put("Filename", it.fileName())
          .put("ContentType", it.contentType())
          .put("Size", it.content().length));
      fields.put("Media", list.toString());
    }
    send(conversation, type, fields);
  }

  /** Reports whether a message has reached the customer to the webhooks that ask for it, also for messages posted by the API. */
  private void receipt(
      FakeConversation conversation, FakeMessage message, FakeConversation.Binding binding) {
    Map<String, String> fields = event(conversation, "onDeliveryUpdated", "API");
    Integer code =
        stopped.contains(binding.address()) ? Integer.valueOf(21610) : lost.get(binding.address());
    fields.put("MessageSid", message.sid);
    fields.put("ParticipantSid", binding.sid());
    fields.put("DeliveryReceiptSid", sids.next("DY"));
    fields.put("ChannelMessageSid", sids.next("SM"));
    fields.put("Status", code == null ? "delivered" : "undelivered");
    fields.put("ErrorCode", code == null ? "0" : code.toString());
    // Twilio reports each step, some of them twice or late.
    Map<String, String> late = new LinkedHashMap<>(fields);
    late.put("Status", "sent");
    late.put("ErrorCode", "0");
    if (holdsReceipts) {
      heldReceipts.add(() -> send(conversation, "onDeliveryUpdated", fields));
      return;
    }
    send(conversation, "onDeliveryUpdated", fields);
    send(conversation, "onDeliveryUpdated", late);
    send(conversation, "onDeliveryUpdated", fields);
  }

  private static void putUnlessEmpty(Map<String, String> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  /** Reports an event of a conversation that is about nothing else in it. */
  void notifyOf(FakeConversation conversation, String type, String source) {
    send(conversation, type, event(conversation, type, source));
  }

  void stateChanged(FakeConversation conversation, String to, String source) {
    Map<String, String> fields = event(conversation, "onConversationStateUpdated", source);
    fields.put("StateFrom", conversation.state);
    fields.put("StateTo", to);
    fields.put("Reason", "API");
    conversation.state = to;
    send(conversation, "onConversationStateUpdated", fields);
  }

  private Map<String, String> event(FakeConversation conversation, String type, String source) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AccountSid", account.sid());
    fields.put("EventType", type);
    fields.put("Source", source);
    fields.put("ConversationSid", conversation.sid);
    fields.put("ChatServiceSid", account.chatService());
    // Twilio adds fields at any time, and signs them.
    fields.put("FieldOfTomorrow", "yes & no");
    return fields;
  }

  private void send(FakeConversation conversation, String type, Map<String, String> fields) {
    for (FakeConversation.Hook hook : conversation.hooks) {
      if (!hook.isStudio() && hook.filters().contains(type)) {
        webhooks.send(hook.url(), fields);
      }
    }
  }

  /** Sends TaskRouter's event to the workspace's callback. */
  void taskEvent(String type, FakeInteraction.FakeTask task, String agent, String reason) {
    if (taskCallback.isEmpty()) {
      return;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AccountSid", account.sid());
    fields.put("EventType", type);
    fields.put("WorkspaceSid", account.workspace());
    fields.put("Sid", sids.next("EV"));
    fields.put("TaskSid", task.sid);
    fields.put("TaskAttributes", task.attributes.toString());
    if (!reason.isEmpty()) {
      fields.put("TaskCanceledReason", reason);
    }
    if (!agent.isEmpty()) {
      fields.put("ReservationSid", task.reservation);
      fields.put("WorkerSid", "WK" + "0".repeat(32));
      fields.put("WorkerName", agent);
      fields.put(
          "WorkerAttributes",
          Json.object()
              .put("contact_uri", "client:" + agent)
              .put("full_name", FakeTwilio.fullName(agent))
              .toString());
    }
    webhooks.send(taskCallback, fields);
  }

  /** Returns the newest open interaction of a conversation. */
  Optional<FakeInteraction> openInteraction(FakeConversation conversation) {
    List<FakeInteraction> open = openInteractions(conversation);
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
  }

  /** Returns the open interactions of a conversation, oldest first; a flow that runs twice makes two. */
  List<FakeInteraction> openInteractions(FakeConversation conversation) {
    return interactions.values().stream()
        .filter(it -> it.conversation.equals(conversation.sid) && it.isOpen())
        .toList();
  }
}
