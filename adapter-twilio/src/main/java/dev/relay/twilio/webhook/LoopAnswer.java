package dev.relay.twilio.webhook;

import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.LoopMark;
import dev.relay.twilio.wire.Sid;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the doctor's test message, so that the doctor, which runs as another process, sees at Twilio that its webhook has come here.
 * Called with signed webhooks only. Thread-safe.
 */
public final class LoopAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(LoopAnswer.class);
  private static final String AUTHOR = "Relay";

  private final TwilioConnection connection;

  public LoopAnswer(TwilioConnection connection) {
    this.connection = connection;
  }

  /** Receives the fields of a webhook whose query names a test. One call to Twilio if it is the question. */
  public CompletableFuture<Outcome> receive(String query, Map<String, String> fields) {
    String token = query.substring(LoopMark.PARAMETER.length());
    String conversation = fields.getOrDefault("ConversationSid", "");
    boolean isOurs = LoopMark.isToken(token)
        && fields.getOrDefault("AccountSid", "").equals(connection.settings().accountSid());
    if (!isOurs) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    LoopMark mark = new LoopMark(token);
    boolean isQuestion = fields.getOrDefault("EventType", "").equals("onMessageAdded")
        && Sid.CONVERSATION.matches(conversation)
        && mark.isQuestion(fields.getOrDefault("Attributes", ""));
    if (!isQuestion) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    return CompletableFuture.supplyAsync(() -> {
      var unused = connection
          .conversations()
          .post(conversation, AUTHOR, "This Relay has received the webhook.", mark.answer());
      LOG.info("the doctor's test message has come back through Twilio");
      return Outcome.STORED;
    });
  }
}
