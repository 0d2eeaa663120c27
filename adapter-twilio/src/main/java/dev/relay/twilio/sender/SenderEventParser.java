package dev.relay.twilio.sender;

import dev.relay.core.text.Cut;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.rest.AccountIds;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Sid;
import dev.relay.twilio.wire.SingleLine;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parser of webhooks about conversations with customers. Twilio may add fields at any time; unknown ones are ignored. */
final class SenderEventParser {
  private static final Set<String> LOST = Set.of("failed", "undelivered");
  private static final int MAX_NAME = 100;

  private final String account;
  private final AccountIds ids;
  private final TwilioSettings.Senders senders;
  private final TwilioSender.Medium medium;

  SenderEventParser(TwilioConnection connection, TwilioSender.Medium medium) {
    this.account = connection.settings().accountSid();
    this.ids = connection.ids();
    this.senders = connection.settings().senders();
    this.medium = medium;
  }

  /**
   * The result of parsing.
   *
   * @param refused the outcome if there is no event
   * @param event the event
   */
  record Read(Optional<Outcome> refused, Optional<SenderEvent> event) {
    private static Read of(SenderEvent event) {
      return new Read(Optional.empty(), Optional.of(event));
    }

    private static Read refused(Outcome outcome) {
      return new Read(Optional.of(outcome), Optional.empty());
    }
  }

  Read read(Map<String, String> fields) {
    String conversation = fields.getOrDefault("ConversationSid", "");
    boolean ours = fields.getOrDefault("AccountSid", "").equals(account)
        && (!fields.containsKey("ChatServiceSid")
            || ids.mayBeChatService(fields.getOrDefault("ChatServiceSid", "")));
    if (!ours || !Sid.CONVERSATION.matches(conversation)) {
      return Read.refused(Outcome.MALFORMED);
    }
    return switch (fields.getOrDefault("EventType", "")) {
      case "" -> Read.refused(Outcome.MALFORMED);
      case "onMessageAdded" -> message(conversation, fields);
      case "onDeliveryUpdated" -> receipt(conversation, fields);
      case "onConversationStateUpdated" ->
        fields.getOrDefault("StateTo", "").equals("closed")
            ? Read.of(new SenderEvent.Closed(conversation))
            : Read.refused(Outcome.IGNORED);
      default -> Read.refused(Outcome.IGNORED);
    };
  }

  private Read message(String conversation, Map<String, String> fields) {
    Optional<FlexEvent.Message> message = FlexEvent.Message.parse(fields);
    if (message.isEmpty() || message.get().author().isEmpty()) {
      return Read.refused(Outcome.MALFORMED);
    }
    String author = message.get().author();
    // Whatever the source is called, a customer's address and no mark of Relay's make a customer's
    // message. Agents,
    // bots and other programs write under names of their own, and a sender with a name instead of a
    // number cannot be answered.
    boolean isCustomers = medium.isCustomerAddress(author)
        && !senders.names(medium, author)
        && !message.get().isOurs();
    if (!isCustomers) {
      return Read.refused(Outcome.IGNORED);
    }
    Optional<String> name = Optional.ofNullable(fields.get("ProfileName"))
        .map(SingleLine::of)
        .filter(it -> !it.isEmpty())
        .map(it -> Cut.to(it, MAX_NAME));
    return Read.of(new SenderEvent.Wrote(
        conversation, message.get(), name, Optional.ofNullable(fields.get("OptOutType"))));
  }

  private static Read receipt(String conversation, Map<String, String> fields) {
    String message = fields.getOrDefault("MessageSid", "");
    if (!Sid.MESSAGE.matches(message) || !fields.containsKey("Status")) {
      return Read.refused(Outcome.MALFORMED);
    }
    if (!LOST.contains(fields.get("Status"))) {
      return Read.refused(Outcome.IGNORED);
    }
    String code = fields.getOrDefault("ErrorCode", "");
    return Read.of(new SenderEvent.NotDelivered(
        conversation, message, code.matches("\\d{1,9}") ? Integer.parseInt(code) : 0));
  }
}
