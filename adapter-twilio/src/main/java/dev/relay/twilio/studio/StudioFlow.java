package dev.relay.twilio.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.StudioAttributes;
import dev.relay.twilio.wire.TaskAttributes;

/**
 * The Studio flow that customers' messages go through: it sends to Flex if the conversation's attributes ask for agents, else asks Relay for the answer, and reports failures to Relay.
 */
public final class StudioFlow {
  /** The flow's name in Twilio's console. */
  public static final String NAME = "Relay";
  /** Marks a flow that Relay made. If you change the flow manually, remove this, and Relay will not overwrite it. */
  static final String MADE_BY_RELAY = "Made by Relay:";

  static final String SPLIT = "person_asked_for";
  static final String SEND_TO_FLEX = "send_to_flex";
  static final String ASK_RELAY = "ask_relay";
  static final String REPORT_FLEX = "report_send_to_flex";
  static final String REPORT_ASKING = "report_ask_relay";

  private static final String RELAY = "trigger.conversation.ChannelAttributes.relay.";
  private static final String JSON = "application/json;charset=utf-8";
  /** The lifetime of a task in seconds: a day, as long as Twilio keeps a silent conversation. */
  private static final String TASK_TIMEOUT = "86400";

  private StudioFlow() {}

  /** Returns the definition for an account; the task channel's id begins with {@code TC}. */
  public static ObjectNode definition(
      TwilioSettings settings, String workflowSid, String taskChannelSid) {
    String url = settings.publicUrl() + WebhookRequest.STUDIO;
    ObjectNode flow = Marks.object();
    flow.put(
        "description",
        MADE_BY_RELAY
            + " asks Relay's virtual agent, or sends to Flex where a person was asked for");
    ArrayNode states = flow.putArray("states");
    states.add(trigger());
    states.add(split());
    states.add(sendToFlex(workflowSid, taskChannelSid));
    states.add(request(ASK_RELAY, url, question(), 320, 500, REPORT_ASKING));
    states.add(request(REPORT_FLEX, url, report(SEND_TO_FLEX), -160, 800, ""));
    states.add(request(REPORT_ASKING, url, report(ASK_RELAY), 320, 800, ""));
    flow.put("initial_state", "Trigger");
    flow.putObject("flags").put("allow_concurrent_calls", true);
    return flow;
  }

  /** Checks whether Relay made a definition. */
  public static boolean isOurs(JsonNode definition) {
    return definition.path("description").asText("").startsWith(MADE_BY_RELAY);
  }

  private static ObjectNode state(String name, String type, int x, int y) {
    ObjectNode state = Marks.object();
    state.put("name", name).put("type", type);
    state.putArray("transitions");
    state.putObject("properties").putObject("offset").put("x", x).put("y", y);
    return state;
  }

  private static ObjectNode on(ObjectNode state, String event, String next) {
    ObjectNode transition = ((ArrayNode) state.path("transitions")).addObject();
    if (!next.isEmpty()) {
      transition.put("next", next);
    }
    return transition.put("event", event);
  }

  private static ObjectNode properties(ObjectNode state) {
    return (ObjectNode) state.path("properties");
  }

  private static ObjectNode trigger() {
    ObjectNode state = state("Trigger", "trigger", 0, 0);
    on(state, "incomingMessage", "");
    on(state, "incomingCall", "");
    on(state, "incomingConversationMessage", SPLIT);
    on(state, "incomingRequest", "");
    on(state, "incomingParent", "");
    return state;
  }

  private static ObjectNode split() {
    String route = "{{" + RELAY + "route}}";
    ObjectNode state = state(SPLIT, "split-based-on", 80, 230);
    on(state, "noMatch", ASK_RELAY);
    ObjectNode condition =
        on(state, "match", SEND_TO_FLEX).putArray("conditions").addObject();
    condition
        .put("friendly_name", "A person was asked for")
        .put("type", "equal_to")
        .put("value", StudioAttributes.LIVE_AGENT)
        .putArray("arguments")
        .add(route);
    properties(state).put("input", route);
    return state;
  }

  private static ObjectNode sendToFlex(String workflow, String taskChannel) {
    ObjectNode state = state(SEND_TO_FLEX, "send-to-flex", -160, 500);
    on(state, "callComplete", "");
    on(state, "failedToEnqueue", REPORT_FLEX);
    on(state, "callFailure", REPORT_FLEX);
    StringBuilder attributes = new StringBuilder("{");
    field(attributes, TaskAttributes.CONVERSATION, "conversation");
    field(attributes, TaskAttributes.HANDOFF, "handoff");
    StudioAttributes.TASK_FIELDS.forEach(name -> field(attributes, name, "task." + name));
    properties(state)
        .put("workflow", workflow)
        .put("channel", taskChannel)
        .put("attributes", attributes.append('}').toString())
        .put("priority", "0")
        .put("timeout", TASK_TIMEOUT);
    return state;
  }

  private static ObjectNode request(
      String name, String url, String body, int x, int y, String onFailure) {
    ObjectNode state = state(name, "make-http-request", x, y);
    on(state, "success", "");
    on(state, "failed", onFailure);
    properties(state)
        .put("method", "POST")
        .put("content_type", JSON)
        .put("add_twilio_auth", false)
        .put("url", url)
        .put("body", body);
    return state;
  }

  private static String question() {
    return aboutTrigger() + ",\"action\":\"answer\"}";
  }

  private static String report(String widget) {
    return aboutTrigger() + ",\"action\":\"failed\",\"widget\":\"" + widget + "\"}";
  }

  /** Returns the beginning of a request's body: the conversation, and the message that started the flow. */
  private static String aboutTrigger() {
    StringBuilder body = new StringBuilder("{");
    field(body, "conversation", "conversation");
    return body + ",\"message\":{{trigger.conversation.MessageSid | to_json}}";
  }

  private static void field(StringBuilder json, String name, String variable) {
    json.append(json.length() == 1 ? "" : ",")
        .append('"')
        .append(name)
        .append("\":{{")
        .append(RELAY)
        .append(variable)
        .append(" | to_json}}");
  }
}
