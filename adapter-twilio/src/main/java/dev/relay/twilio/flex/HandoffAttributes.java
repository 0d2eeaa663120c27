package dev.relay.twilio.flex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.text.Cut;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.PhoneNumber;
import dev.relay.twilio.wire.SingleLine;
import dev.relay.twilio.wire.TaskAttributes;
import java.util.Optional;

/** Builds the attributes of a handoff's task, which agents and workflows see. */
final class HandoffAttributes {
  private static final int MAX_DISPLAY_NAME = 250;

  private HandoffAttributes() {}

  static ObjectNode of(
      TwilioSettings settings,
      ConversationName name,
      String handoffId,
      DeskOutbound.Handoff handoff) {
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
    attributes.put("case_subject", SingleLine.of(about.subject()));
    attributes.put(
        "case_url", settings.publicUrl() + "/desk#/cases/" + about.number().value());
    attributes.put("queue", handoff.queue().value());
    attributes.put("channel", handoff.customer().channel().value());
    attributes.put("language", handoff.customer().locale().toLanguageTag());
    attributes.put("reason", handoff.reason());
    number(settings, handoff.customer()).ifPresent(it -> attributes.put("customerAddress", it));
    return attributes;
  }

  /** Returns the number of a customer of one of the account's senders, if agents may see it: the attribute that Flex shows and calls. */
  private static Optional<String> number(TwilioSettings settings, Customer customer) {
    boolean isSenders = settings.senders().media().stream()
        .anyMatch(it -> it.id().equals(customer.channel().value()));
    return isSenders && settings.senders().showsNumbers()
        ? PhoneNumber.in(customer.externalId())
        : Optional.empty();
  }

  /** Returns the customer's display name, cut to the length that Twilio accepts. */
  static String displayName(DeskOutbound.Handoff handoff) {
    return Cut.to(SingleLine.of(handoff.customer().displayName()), MAX_DISPLAY_NAME);
  }
}
