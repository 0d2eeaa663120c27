package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A conversation at the fake Twilio. Guarded by the fake's lock. */
final class FakeConversation {
  final String sid;
  final String uniqueName;
  final String friendlyName;
  final String timerInactive;
  final String timerClosed;
  final Map<String, String> participants = new LinkedHashMap<>();
  final Map<String, Binding> bindings = new LinkedHashMap<>();
  final List<Hook> hooks = new ArrayList<>();
  final List<FakeMessage> messages = new ArrayList<>();
  String attributes;
  String state = "active";
  int nextIndex;

  /** A participant who writes by phone or page. */
  record Binding(String sid, String type, String address, String proxy) {
    ObjectNode json() {
      return Json.object().put("type", type).put("address", address).put("proxy_address", proxy);
    }
  }

  /** A webhook of the conversation. */
  record Hook(String sid, String target, String url, String flow, List<String> filters) {
    /** Creates a webhook that calls an address. */
    static Hook calling(String sid, String url, List<String> filters) {
      return new Hook(sid, "webhook", url, "", filters);
    }

    boolean isStudio() {
      return target.equals("studio");
    }
  }

  FakeConversation(
      String sid,
      String uniqueName,
      String friendlyName,
      String attributes,
      String timerInactive,
      String timerClosed) {
    this.sid = sid;
    this.uniqueName = uniqueName;
    this.friendlyName = friendlyName;
    this.attributes = attributes;
    this.timerInactive = timerInactive;
    this.timerClosed = timerClosed;
  }

  boolean isClosed() {
    return state.equals("closed");
  }

  Optional<FakeMessage> message(String messageSid) {
    return messages.stream().filter(it -> it.sid.equals(messageSid)).findFirst();
  }

  ObjectNode json(String account, String service) {
    ObjectNode json = Json.object();
    json.put("account_sid", account)
        .put("chat_service_sid", service)
        .putNull("messaging_service_sid")
        .put("sid", sid)
        .put("friendly_name", friendlyName)
        .put("attributes", attributes)
        .put("state", state)
        .put("date_created", FakeTwilio.DATE)
        .put("date_updated", FakeTwilio.DATE)
        .put("url", "https://conversations.twilio.com/v1/Conversations/" + sid);
    if (uniqueName.isEmpty()) {
      json.putNull("unique_name");
    } else {
      json.put("unique_name", uniqueName);
    }
    json.putObject("timers");
    json.putObject("links");
    json.putObject("bindings");
    return json;
  }

  /** A message at the fake Twilio. Guarded by the fake's lock. */
  static final class FakeMessage {
    final String sid;
    final int index;
    final String author;
    final String attributes;
    final List<Media> media;
    String body;

    FakeMessage(
        String sid, int index, String author, String body, String attributes, List<Media> media) {
      this.sid = sid;
      this.index = index;
      this.author = author;
      this.body = body;
      this.attributes = attributes;
      this.media = media;
    }

    ObjectNode json(String account, String service, String conversation) {
      ObjectNode json = Json.object();
      json.put("account_sid", account)
          .put("chat_service_sid", service)
          .put("conversation_sid", conversation)
          .put("sid", sid)
          .put("index", index)
          .put("author", author)
          .put("body", body)
          .put("attributes", attributes)
          .putNull("participant_sid")
          .put("date_created", FakeTwilio.DATE)
          .put("date_updated", FakeTwilio.DATE)
          .put("url", "https://conversations.twilio.com/v1/Messages/" + sid)
          .putNull("content_sid");
      json.putNull("delivery");
      json.putObject("links");
      if (media.isEmpty()) {
        json.putNull("media");
      } else {
        ArrayNode list = json.putArray("media");
        media.forEach(it -> list.addObject()
            .put("sid", it.sid())
            .put("filename", it.fileName())
            .put("content_type", it.contentType())
            .put("size", it.content().length));
      }
      return json;
    }
  }

  /** A file. */
  @SuppressWarnings("ArrayRecordComponent")
  record Media(String sid, String fileName, String contentType, byte[] content) {}
}
