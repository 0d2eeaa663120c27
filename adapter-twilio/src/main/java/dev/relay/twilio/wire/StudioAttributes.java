package dev.relay.twilio.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.text.Cut;
import java.util.List;

/**
 * The attributes of a Twilio conversation that a Studio flow reads:
 * {@code {"relay":{"delivery":…,"conversation":"relay-17-1","route":"virtual_agent"}}}, and with the route {@code live_agent} the
 * handoff and, below {@code task}, what agents see of the case.
 */
public final class StudioAttributes {
  /** The virtual agent answers. */
  static final String VIRTUAL_AGENT = "virtual_agent";
  /** Agents answer. */
  public static final String LIVE_AGENT = "live_agent";

  /** What agents see of the case, in the order of the flow's attributes. */
  public static final List<String> TASK_FIELDS = List.of(
      "name",
      "customerName",
      "case_number",
      "case_kind",
      "case_priority",
      "case_subject",
      "case_url",
      "queue",
      "channel",
      "language",
      "reason");

  /** Send to Flex takes 1,024 characters; some are left for the two ids and for how Twilio writes JSON. */
  static final int MAX_TASK = 880;

  private static final int MAX_NAME = 80;
  private static final int MAX_SUBJECT = 240;
  private static final List<String> SHORTENED = List.of(
      "reason", "case_subject", "customerName", "name", "queue", "case_url", "channel", "language");
  private static final ObjectMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private StudioAttributes() {}

  /** Returns the attributes of a conversation while the virtual agent answers. */
  public static String ofBot(ConversationName name, String turn) {
    return of(name, turn, VIRTUAL_AGENT).toString();
  }

  /** Returns the attributes of a conversation for which live agents are requested. */
  public static String ofHandoff(ConversationName name, String handoff, ObjectNode task) {
    ObjectNode root = of(name, handoff, LIVE_AGENT);
    ((ObjectNode) root.path("relay")).put("handoff", handoff).set("task", bounded(task));
    return root.toString();
  }

  private static ObjectNode of(ConversationName name, String delivery, String route) {
    ObjectNode root = Marks.object();
    root.putObject("relay")
        .put("delivery", delivery)
        .put("part", 1)
        .put("parts", 1)
        .put("conversation", name.toString())
        .put("route", route);
    return root;
  }

  /** Returns the route in a conversation's attributes; empty if there is none. */
  public static String route(String attributes) {
    return Marks.json(attributes).path("relay").path("route").asText("");
  }

  /** Returns the handoff in a conversation's attributes; empty if there is none. */
  public static String handoff(String attributes) {
    return Marks.json(attributes).path("relay").path("handoff").asText("");
  }

  /** Shortens the fields of a task until they fit; a field that cannot usefully be shortened is left empty. */
  public static ObjectNode bounded(ObjectNode task) {
    ObjectNode bounded = Marks.object();
    for (String field : TASK_FIELDS) {
      bounded.set(field, task.path(field).isMissingNode() ? bounded.textNode("") : task.get(field));
    }
    shorten(bounded, "name", MAX_NAME);
    shorten(bounded, "customerName", MAX_NAME);
    shorten(bounded, "case_subject", MAX_SUBJECT);
    for (String field : SHORTENED) {
      // Half of an address leads nowhere.
      boolean whole = field.equals("case_url");
      while (length(bounded) > MAX_TASK && !bounded.path(field).asText().isEmpty()) {
        shorten(bounded, field, whole ? 0 : bounded.path(field).asText().length() / 2);
      }
    }
    return bounded;
  }

  private static void shorten(ObjectNode task, String field, int max) {
    task.put(field, Cut.to(task.path(field).asText(), max));
  }

  private static int length(ObjectNode task) {
    try {
      return ASCII.writeValueAsString(task).length();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}
