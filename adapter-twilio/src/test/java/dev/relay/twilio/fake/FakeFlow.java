package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A Studio flow. Guarded by the fake's lock. */
final class FakeFlow {
  /** The account's task channel for chats. */
  static final String TASK_CHANNEL = "TC" + "f".repeat(32);

  final String sid;
  String friendlyName;
  JsonNode definition = Json.object();
  String status = "published";
  int revision = 1;

  FakeFlow(String sid, String friendlyName) {
    this.sid = sid;
    this.friendlyName = friendlyName;
  }

  Optional<JsonNode> state(String name) {
    for (JsonNode state : definition.path("states")) {
      if (state.path("name").asText().equals(name)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  ObjectNode json(String account) {
    ObjectNode json = Json.object();
    json.put("sid", sid)
        .put("account_sid", account)
        .put("friendly_name", friendlyName)
        .put("status", status)
        .put("revision", revision)
        .put("valid", true)
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("webhook_url", "https://webhooks.twilio.com/v1/Flows/" + sid)
        .put("url", "https://studio.twilio.com/v2/Flows/" + sid);
    json.set("definition", definition);
    json.putArray("errors");
    json.putArray("warnings");
    json.putNull("commit_message");
    json.putObject("links");
    return json;
  }
}
