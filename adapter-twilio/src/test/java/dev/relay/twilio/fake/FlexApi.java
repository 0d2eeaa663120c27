package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.fake.FakeInteraction.FakeTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flex Interactions and TaskRouter's tasks as far as Relay uses them. */
final class FlexApi {
  private static final Pattern EXPRESSION = Pattern.compile("([A-Za-z_]+) == \"([A-Za-z0-9-]+)\"");

  private final World world;

  FlexApi(World world) {
    this.world = world;
  }

  ApiAnswer interactions(ApiRequest request) {
    String[] path = request.path().substring(1).split("/", -1);
    if (path.length == 2 && path[1].equals("Configuration")) {
      return configuration();
    }
    // v1/Interactions/{KD}/Channels/{UO}/Invites
    boolean post = request.method().equals("POST");
    if (path.length == 2 && post) {
      return create(request);
    }
    FakeInteraction interaction = Optional.ofNullable(world.interactions.get(path[2]))
        .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such interaction"));
    if (path.length == 4) {
      ObjectNode page = Json.object();
      page.putArray("channels").add(interaction.channelJson());
      page.set("meta", ConversationsApi.meta("channels", 50, Optional.empty()));
      return ApiAnswer.json(200, page);
    }
    if (path.length == 5 && post) {
      close(interaction);
      return ApiAnswer.json(200, interaction.channelJson());
    }
    if (path.length == 6 && path[5].equals("Invites") && post) {
      if (!interaction.isOpen()) {
        throw new ApiAnswer.Problem(400, 45006, "the channel is closed");
      }
      FakeTask task = task(interaction, Json.parse(request.text("Routing")));
      ObjectNode json = Json.object();
      json.put("sid", world.sids.next("KG"))
          .put("interaction_sid", interaction.sid)
          .put("channel_sid", interaction.channel)
          .put("url", "https://flex-api.twilio.com/v1/Interactions/" + task.sid);
      json.set("routing", Json.parse(request.text("Routing")));
      return ApiAnswer.json(200, json);
    }
    throw new ApiAnswer.Problem(404, 20404, "no such resource");
  }

  private ApiAnswer create(ApiRequest request) {
    JsonNode channel = Json.parse(request.text("Channel"));
    JsonNode routing = Json.parse(request.text("Routing"));
    String sid = channel.path("properties").path("media_channel_sid").asText();
    if (!channel.path("type").asText().equals("web")) {
      throw new ApiAnswer.Problem(400, 45001, "no such type of channel");
    }
    FakeConversation conversation = world.conversation(sid);
    if (conversation.isClosed()) {
      throw new ApiAnswer.Problem(400, 45354, "the conversation is closed");
    }
    FakeInteraction interaction =
        new FakeInteraction(world.sids.next("KD"), world.sids.next("UO"), sid);
    world.interactions.put(interaction.sid, interaction);
    FakeTask unused = task(interaction, routing);
    return ApiAnswer.json(200, interaction.json(channel, routing));
  }

  private ApiAnswer configuration() {
    ObjectNode json = Json.object();
    json.put("account_sid", world.account.sid())
        .put("status", "ok")
        .put("chat_service_instance_sid", world.flexService)
        .put("flex_service_instance_sid", world.flexService)
        .put("taskrouter_workspace_sid", world.flexWorkspace)
        .put("flex_instance_sid", "GO" + "e".repeat(32))
        .put(
            "taskrouter_target_workflow_sid",
            world.flexWorkflow.isEmpty() ? null : world.flexWorkflow)
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://flex-api.twilio.com/v1/Configuration");
    return ApiAnswer.json(200, json);
  }

  /** Makes an interaction with a task of those attributes, as Studio's Send to Flex does. */
  void sendToFlex(FakeConversation conversation, ObjectNode attributes) {
    FakeInteraction interaction =
        new FakeInteraction(world.sids.next("KD"), world.sids.next("UO"), conversation.sid);
    world.interactions.put(interaction.sid, interaction);
    FakeTask unused = add(interaction, attributes);
  }

  private FakeTask task(FakeInteraction interaction, JsonNode routing) {
    JsonNode properties = routing.path("properties");
    if (!properties.path("workspace_sid").asText().equals(world.account.workspace())
        || !properties.path("workflow_sid").asText().startsWith("WW")
        || properties.path("task_channel_unique_name").asText().isEmpty()) {
      throw new ApiAnswer.Problem(400, 45004, "the routing is not complete");
    }
    ObjectNode attributes = Json.object();
    if (properties.path("attributes") instanceof ObjectNode given) {
      attributes.setAll(given);
    }
    return add(interaction, attributes);
  }

  /** Adds a task of an interaction; Flex writes its own attributes into it. */
  FakeTask add(FakeInteraction interaction, ObjectNode attributes) {
    attributes.put("flexInteractionSid", interaction.sid);
    attributes.put("flexInteractionChannelSid", interaction.channel);
    attributes.put("conversationSid", interaction.conversation);
    FakeTask task = new FakeTask(world.sids.next("WT"), attributes);
    interaction.tasks.add(task);
    world.taskEvent("task.created", task, "", "");
    return task;
  }

  /** Closes a channel and ends its tasks, which are cancelled if no agent has accepted them. */
  void close(FakeInteraction interaction) {
    if (!interaction.isOpen()) {
      throw new ApiAnswer.Problem(400, 45006, "the channel is closed");
    }
    interaction.status = "closed";
    for (FakeTask task : interaction.tasks) {
      if (task.status.equals("pending")) {
        task.status = "canceled";
        world.taskEvent("task.canceled", task, "", "channel closed");
      } else if (task.status.equals("assigned")) {
        task.status = "completed";
        world.taskEvent("reservation.completed", task, task.worker, "");
        world.taskEvent("task.completed", task, task.worker, "");
      }
    }
  }

  ApiAnswer tasks(ApiRequest request) {
    String[] path = request.path().substring(1).split("/", -1);
    if (path.length >= 3 && !path[2].equals(world.account.workspace())) {
      throw new ApiAnswer.Problem(404, 20404, "no such workspace");
    }
    if (path.length == 3) {
      return workspace(request);
    }
    if (path.length == 4 && path[3].equals("Workflows")) {
      return workflows();
    }
    if (path.length == 5 && path[3].equals("Workflows")) {
      return workflow(path[4]);
    }
    if (path.length == 5 && path[3].equals("TaskChannels")) {
      return taskChannel(path[4]);
    }
    // v1/Workspaces/{WS}/Tasks/{WT}
    if (path.length < 4 || !path[2].equals(world.account.workspace()) || !path[3].equals("Tasks")) {
      throw new ApiAnswer.Problem(404, 20404, "no such resource");
    }
    List<FakeTask> all = new ArrayList<>();
    world.interactions.values().forEach(it -> all.addAll(it.tasks));
    if (path.length == 5) {
      FakeTask task = all.stream()
          .filter(it -> it.sid.equals(path[4]))
          .findFirst()
          .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such task"));
      return ApiAnswer.json(200, json(task, true));
    }
    Matcher wanted =
        EXPRESSION.matcher(request.parameter("EvaluateTaskAttributes").orElse(""));
    if (!wanted.matches()) {
      throw new ApiAnswer.Problem(400, 20001, "not understood");
    }
    Collections.reverse(all);
    ArrayNode found = Json.array();
    all.stream()
        .filter(it -> it.attributes.path(wanted.group(1)).asText("").equals(wanted.group(2)))
        .forEach(it -> found.add(json(it, false)));
    ObjectNode page = Json.object();
    page.set("tasks", found);
    page.set("meta", ConversationsApi.meta("tasks", 50, Optional.empty()));
    return ApiAnswer.json(200, page);
  }

  private ApiAnswer workspace(ApiRequest request) {
    if (request.method().equals("POST")) {
      world.taskCallback = request.field("EventCallbackUrl").orElse(world.taskCallback);
      world.taskEvents = request.field("EventsFilter").orElse(world.taskEvents);
    }
    ObjectNode json = Json.object();
    json.put("account_sid", world.account.sid())
        .put("sid", world.account.workspace())
        .put("friendly_name", "Flex Task Assignment")
        .put("events_filter", world.taskEvents)
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://taskrouter.twilio.com/v1/Workspaces/" + world.account.workspace());
    if (world.taskCallback.isEmpty()) {
      json.putNull("event_callback_url");
    } else {
      json.put("event_callback_url", world.taskCallback);
    }
    json.putObject("links");
    return ApiAnswer.json(200, json);
  }

  private ApiAnswer taskChannel(String sidOrName) {
    if (!sidOrName.equals("chat") && !sidOrName.equals(FakeFlow.TASK_CHANNEL)) {
      throw new ApiAnswer.Problem(404, 20404, "no such task channel");
    }
    ObjectNode json = Json.object();
    json.put("account_sid", world.account.sid())
        .put("sid", FakeFlow.TASK_CHANNEL)
        .put("workspace_sid", world.account.workspace())
        .put("friendly_name", "Programmable Chat")
        .put("unique_name", "chat")
        .put("channel_optimized_routing", false)
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://taskrouter.twilio.com/v1/TaskChannels/" + FakeFlow.TASK_CHANNEL);
    json.putObject("links");
    return ApiAnswer.json(200, json);
  }

  private ApiAnswer workflows() {
    ObjectNode page = Json.object();
    ArrayNode list = page.putArray("workflows");
    list.add(workflowJson(world.account.workflow()));
    world.moreWorkflows.forEach(it -> list.add(workflowJson(it)));
    page.set("meta", ConversationsApi.meta("workflows", 50, Optional.empty()));
    return ApiAnswer.json(200, page);
  }

  private ApiAnswer workflow(String sid) {
    if (!sid.equals(world.account.workflow()) && !world.moreWorkflows.contains(sid)) {
      throw new ApiAnswer.Problem(404, 20404, "no such workflow");
    }
    return ApiAnswer.json(200, workflowJson(sid));
  }

  private ObjectNode workflowJson(String sid) {
    ObjectNode json = Json.object();
    json.put("account_sid", world.account.sid())
        .put("sid", sid)
        .put("workspace_sid", world.account.workspace())
        .put("friendly_name", "Assign to Anyone")
        .put("configuration", "{}")
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://taskrouter.twilio.com/v1/Workflows/" + sid);
    json.putObject("links");
    return json;
  }

  private JsonNode json(FakeTask task, boolean withAttributes) {
    return task.json(world.account.sid(), world.account.workspace(), withAttributes);
  }
}
