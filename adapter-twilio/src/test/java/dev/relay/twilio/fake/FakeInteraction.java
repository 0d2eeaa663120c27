package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A Flex interaction with its one channel and its tasks. Guarded by the fake's lock. */
final class FakeInteraction {
  final String sid;
  final String channel;
  final String conversation;
  final List<FakeTask> tasks = new ArrayList<>();
  String status = "active";

  FakeInteraction(String sid, String channel, String conversation) {
    this.sid = sid;
    this.channel = channel;
    this.conversation = conversation;
  }

  boolean isOpen() {
    return !status.equals("closed") && !status.equals("failed");
  }

  ObjectNode json(JsonNode channelAsked, JsonNode routing) {
    ObjectNode json = Json.object();
    json.put("sid", sid);
    json.set("channel", channelAsked);
    json.set("routing", routing);
    json.put("url", "https://flex-api.twilio.com/v1/Interactions/" + sid);
    json.putObject("links");
    json.putNull("interaction_context_sid");
    json.putNull("webhook_ttid");
    return json;
  }

  ObjectNode channelJson() {
    ObjectNode json = Json.object();
    json.put("sid", channel)
        .put("interaction_sid", sid)
        .put("type", "web")
        .put("status", status)
        .putNull("error_code")
        .putNull("error_message")
        .put("url", "https://flex-api.twilio.com/v1/Interactions/" + sid + "/Channels/" + channel);
    json.putObject("links");
    return json;
  }

  /** A task in TaskRouter: waits for an agent, or is with one. Guarded by the fake's lock. */
  static final class FakeTask {
    final String sid;
    final ObjectNode attributes;
    String status = "pending";
    String worker = "";
    String reservation = "";

    FakeTask(String sid, ObjectNode attributes) {
      this.sid = sid;
      this.attributes = attributes;
    }

    boolean isOffered() {
      return status.equals("pending") || status.equals("assigned");
    }

    ObjectNode json(String account, String workspace, boolean withAttributes) {
      ObjectNode json = Json.object();
      json.put("account_sid", account)
          .put("age", 1)
          .put("assignment_status", status)
          .put("date_created", FakeTwilio.DATE)
          .put("date_updated", FakeTwilio.DATE)
          .put("priority", 0)
          .putNull("reason")
          .put("sid", sid)
          .put("task_channel_unique_name", "chat")
          .put("timeout", 86400)
          .put("workspace_sid", workspace)
          .put("url", "https://taskrouter.twilio.com/v1/Workspaces/" + workspace + "/Tasks/" + sid);
      if (withAttributes) {
        json.put("attributes", attributes.toString());
      } else {
        json.putNull("attributes");
      }
      json.putObject("links");
      return json;
    }
  }
}
