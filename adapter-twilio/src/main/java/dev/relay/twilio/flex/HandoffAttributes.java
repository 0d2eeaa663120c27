package dev.relay.twilio.flex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.text.Cut;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.TaskAttributes;
import java.net.URI;

/** Builds the attributes of a handoff's task, which agents and workflows see. */
final class HandoffAttributes {
  private static final int MAX_DISPLAY_NAME = 250;

  private HandoffAttributes() {}

  static ObjectNode of(
      URI publicUrl, ConversationName name, String handoffId, DeskOutbound.Handoff handoff) {
    SupportCase about = handoff.supportCase();
    String displayName = displayName(handoff);
    ObjectNode attributes = Marks.object();
    attributes.put(TaskAttributes.CONVERSATION, name.toString());
    attributes.put(TaskAttributes.HANDOFF, handoffId);
    attributes.put("name", displayName);
    attributes.put("customerName", displayName);
    attributes.put("case_number", about.number().value());
    attributes.put("case_kind", about.kind().name());
    attributes.put("case_priority", about.priority().name());
    attributes.put("case_subject", about.subject());
    attributes.put("case_url", publicUrl + "/desk#/cases/" + about.number().value());
    attributes.put("queue", handoff.queue().value());
    attributes.put("channel", handoff.customer().channel().value());
    attributes.put("language", handoff.customer().locale().toLanguageTag());
    attributes.put("reason", handoff.reason());
    return attributes;
  }

  /** Returns the customer's display name, cut to the length that Twilio accepts. */
  static String displayName(DeskOutbound.Handoff handoff) {
    return Cut.to(handoff.customer().displayName(), MAX_DISPLAY_NAME);
  }
}
