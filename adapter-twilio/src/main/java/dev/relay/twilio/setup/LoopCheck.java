package dev.relay.twilio.setup;

import com.twilio.exception.TwilioException;
import com.twilio.rest.conversations.v1.service.Conversation;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.LoopMark;
import dev.relay.twilio.wire.WebhookForm;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that Twilio's webhooks reach the running Relay. A question is posted in a conversation whose webhook leads to the public address;
 * the Relay that receives the webhook, and accepts its signature, posts the answer there. Before that the address is called from here, which
 * tells what stands in the way if no answer comes. Thread-safe; blocks.
 */
public final class LoopCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LoopCheck.class);
  private static final String WHAT = "the way from Twilio to Relay";
  private static final String AUTHOR = "relay-doctor";
  /** Twilio closes the test's conversation after the shortest time that it allows, should it not be deleted. */
  private static final String CLOSED_AFTER = "PT10M";

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int NEWEST = 10;
  private static final int LESS_PATIENT = 4;
  private static final String SILENT =
      "Relay answers when it is called from here, but Twilio's webhook did not come: look for 11200"
          + " in Twilio's debugger, and at the firewall";

  private final TwilioConnection connection;
  private final TwilioSettings settings;
  private final TwilioCalls twilio;

  /** Creates the check of an account; makes no calls. */
  public LoopCheck(TwilioConnection connection) {
    this.connection = connection;
    this.settings = connection.settings();
    this.twilio = connection.conversations();
  }

  /**
   * Sends the test message and waits for it, at most the time-out of a call.
   *
   * @param mayBeStopped whether it is no fault if nothing answers at the public address
   */
  public SetupFinding prove(boolean mayBeStopped) {
    return prove(mayBeStopped, settings.limits().requestTimeout());
  }

  /**
   * Sends the test message and waits for it.
   *
   * @param mayBeStopped whether it is no fault if nothing answers at the public address
   * @param patience the longest wait; much less if the public address does not answer as Relay does
   */
  public SetupFinding prove(boolean mayBeStopped, Duration patience) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    LoopMark mark = new LoopMark(HexFormat.of().formatHex(random));
    SetupFinding otherwise = fromHere(mark, mayBeStopped);
    // Twilio may reach an address that cannot be reached from here, but that is rare.
    Duration wait = otherwise.advice().equals(SILENT) ? patience : patience.dividedBy(LESS_PATIENT);
    try {
      return isAnswered(mark, wait) ? SetupFinding.fine(WHAT) : otherwise;
    } catch (TwilioException e) {
      return SetupFinding.wrong(WHAT, AccountChecks.advice(e));
    }
  }

  private String url(LoopMark mark) {
    return settings.publicUrl()
        + WebhookRequest.CONVERSATIONS
        + "?"
        + LoopMark.PARAMETER
        + mark.token();
  }

  private boolean isAnswered(LoopMark mark, Duration patience) {
    String service = connection.ids().chatService();
    String sid = TwilioCalls.known(Conversation.creator(service)
        .setUniqueName("relay-loop-" + mark.token())
        .setFriendlyName("Relay, a test of its webhook")
        .setTimersClosed(CLOSED_AFTER)
        .create(connection.client())
        .getSid());
    try {
      twilio.addWebhook(sid, url(mark));
      var unused = twilio.postToFlow(sid, AUTHOR, "Does this come back?", mark.question());
      long end = System.nanoTime() + patience.toNanos();
      do {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
        if (twilio.newestMessages(sid, 0, NEWEST, 1).stream()
            .anyMatch(it -> mark.isAnswer(it.attributes()))) {
          return true;
        }
      } while (System.nanoTime() < end);
      return false;
    } finally {
      delete(service, sid);
    }
  }

  private void delete(String service, String sid) {
    try {
      boolean unused = Conversation.deleter(service, sid).delete(connection.client());
    } catch (TwilioException e) {
      LOG.debug("conversation {}: not deleted: {}", sid, TwilioFailure.of(e).reason());
    }
  }

  /** Calls the public address as Twilio does; returns what is wrong if the test message does not come back. */
  private SetupFinding fromHere(LoopMark mark, boolean mayBeStopped) {
    try {
      int status = called(mark);
      boolean isStopped = status >= 502 && status <= 504;
      return isStopped
          ? stopped(mayBeStopped, proxy(status))
          : SetupFinding.wrong(WHAT, reason(status));
    } catch (SSLException e) {
      return SetupFinding.wrong(
          WHAT,
          "the certificate of " + settings.publicUrl()
              + " is not accepted: Twilio needs a valid one of a known authority");
    } catch (IOException e) {
      return stopped(
          mayBeStopped,
          "nothing answers at " + settings.publicUrl() + " (" + e.getClass().getSimpleName()
              + "): is Relay running, and does the name lead to its proxy?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SetupFinding.wrong(WHAT, "interrupted");
    }
  }

  private static SetupFinding stopped(boolean mayBeStopped, String reason) {
    return mayBeStopped
        ? new SetupFinding(
            SetupFinding.State.LATER, WHAT, reason + " Start Relay, then run relay twilio doctor")
        : SetupFinding.wrong(WHAT, reason);
  }

  private static String proxy(int status) {
    return "the proxy answers " + status
        + ": Relay is not running, or the proxy does not reach it.";
  }

  private static String reason(int status) {
    return switch (status) {
      case 200, 204 -> SILENT;
      case 403 ->
        "the Relay that answers refuses the signature: it has another publicUrl or another Auth"
            + " Token than this configuration, or the proxy changes path or query";
      case 400 ->
        "the Relay that answers belongs to another account: compare RELAY_TWILIO_ACCOUNT_SID there";
      default ->
        "something else than Relay answers (" + status
            + "): the proxy must pass on /webhooks/twilio/ unchanged";
    };
  }

  private int called(LoopMark mark) throws IOException, InterruptedException {
    String url = url(mark);
    String body = "AccountSid=" + encoded(settings.accountSid()) + "&EventType=onLoopChecked";
    String signed = WebhookForm.parse(body).map(WebhookForm::signed).orElse("");
    HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(settings.limits().connectTimeout())
        .build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url))
        .timeout(settings.limits().requestTimeout())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header(
            "X-Twilio-Signature",
            WebhookForm.signature(WebhookForm.SHA1, settings.authToken(), url + signed))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
