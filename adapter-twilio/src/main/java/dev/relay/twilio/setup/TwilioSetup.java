package dev.relay.twilio.setup;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.rest.Transport;
import dev.relay.twilio.rest.TwilioClients;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.TwilioWebhook;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Checks a Twilio account for what Relay needs, and sets what Relay can set: where TaskRouter's events
 * and people's messages go. Thread-safe; blocks.
 * Behind {@code relay twilio doctor} and {@code relay twilio setup}.
 */
public final class TwilioSetup {
  /** The events of TaskRouter that Relay needs. */
  private static final List<String> EVENTS = List.of(
      "task.created",
      "reservation.accepted",
      "reservation.wrapup",
      "reservation.completed",
      "task.canceled",
      "task.deleted",
      "workflow.timeout");

  private final TwilioRestClient client;
  private final TwilioSettings settings;
  private final TwilioRestClient withToken;
  private final StudioPublishing studio;

  /** For an account; makes no calls. */
  public TwilioSetup(TwilioSettings settings, InstantSource clock) {
    this.settings = settings;
    Transport transport = new Transport(
        settings.limits().connectTimeout(), settings.limits().requestTimeout(), clock);
    this.client = TwilioClients.of(settings, transport);
    this.withToken = TwilioClients.withToken(settings, transport);
    this.studio = new StudioPublishing(settings, client);
  }

  /**
   * One thing that was looked at.
   *
   * @param state how it is
   * @param what what was looked at
   * @param advice what is wrong and what to do; empty where all is well
   */
  public record Finding(State state, String what, String advice) {
    /** How a thing is. */
    public enum State {
      /** As it must be. */
      FINE,
      /** Changed just now. */
      CHANGED,
      /** Setup would change it. */
      TO_CHANGE,
      /** Somebody has to do something. */
      WRONG
    }
  }

  /** What may be changed at Twilio. */
  enum Change {
    /** Nothing. */
    NOTHING,
    /** What goes nowhere. */
    UNSET,
    /** That, and what goes to Relay at another address. */
    MOVED
  }

  /** Looks, and changes nothing: four calls, three more with Studio, and two or more where there are senders. */
  public List<Finding> check() {
    return look(Change.NOTHING);
  }

  /**
   * Looks, sets where TaskRouter's events and people's messages go if that is not so yet, and with Studio publishes the flow. Harmless
   * if repeated once the new flow's id is in the settings. Sets nothing where Twilio could not reach the public address.
   */
  public List<Finding> apply() {
    return look(Change.UNSET);
  }

  /** The same, and brings here what goes to Relay at another address: after the public address has changed. */
  public List<Finding> move() {
    return look(Change.MOVED);
  }

  private List<Finding> look(Change wanted) {
    List<Finding> findings = new ArrayList<>();
    Change change = isReachable() ? wanted : Change.NOTHING;
    if (!isReachable()) {
      findings.add(wrong(
          "the public address " + settings.publicUrl(),
          "Twilio has to reach it from the internet: set RELAY_PUBLIC_URL to an https address"
              + (wanted == Change.NOTHING ? "" : "; nothing is set until then")));
    }
    String service = "the Conversations service " + settings.chatServiceSid();
    try {
      var unused = Service.fetcher(settings.chatServiceSid()).fetch(client);
      findings.add(new Finding(Finding.State.FINE, service, ""));
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      findings.add(wrong(failure.concernsAll() ? "Twilio" : service, advice(e)));
      if (failure.concernsAll()) {
        // Every further call would say the same, each after its time.
        return findings;
      }
    }
    if (settings.apiKey().isPresent()) {
      tried(findings, "the Auth Token, which proves webhooks", () -> {
        var unused = Service.fetcher(settings.chatServiceSid()).fetch(withToken);
      });
    }
    findings.add(found("Flex's configuration", () -> FlexConfiguration.finding(settings, client)));
    tried(findings, "the workflow " + settings.workflowSid(), () -> {
      var unused =
          Workflow.fetcher(settings.workspaceSid(), settings.workflowSid()).fetch(client);
    });
    findings.add(found("the workspace " + settings.workspaceSid(), () -> callback(change)));
    if (settings.routing() == TwilioSettings.Routing.STUDIO) {
      findings.add(found(StudioPublishing.WHAT, () -> studio.finding(change != Change.NOTHING)));
    }
    findings.addAll(new SenderSetup(client, settings).look(change));
    if (!isReachable()) {
      // With this address setup does none of it.
      findings.removeIf(it -> it.state() == Finding.State.TO_CHANGE);
    }
    return findings;
  }

  /** By https, or where Twilio's interfaces are on this machine, too: then it is a trial. */
  private boolean isReachable() {
    return settings.publicUrl().getScheme().equals("https")
        || (isHere(settings.publicUrl())
            && settings.addresses().base().filter(TwilioSetup::isHere).isPresent());
  }

  private static boolean isHere(URI address) {
    return List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
  }

  private static Finding found(String what, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (TwilioException e) {
      return wrong(what, advice(e));
    }
  }

  private Finding callback(Change change) {
    Workspace workspace = Workspace.fetcher(settings.workspaceSid()).fetch(client);
    String wanted = settings.publicUrl() + TwilioWebhook.FLEX;
    String url = Objects.requireNonNullElse(workspace.getEventCallbackUrl(), "").toString();
    TreeSet<String> events = new TreeSet<>();
    String filter = Objects.requireNonNullElse(workspace.getEventsFilter(), "");
    Arrays.stream(filter.split(",", -1)).filter(it -> !it.isBlank()).forEach(events::add);
    String what = "TaskRouter's event callback";
    boolean isRelays = url.endsWith(TwilioWebhook.FLEX);
    if (!url.isEmpty() && !url.equals(wanted) && !(isRelays && change == Change.MOVED)) {
      return wrong(
          what,
          isRelays
              ? atAnotherAddress(url)
              : "it goes elsewhere (" + url
                  + "), and there can be only one: take it out in Twilio's"
                  + " console, under TaskRouter, the workspace, Settings, or let that receiver pass"
                  + " the events on to " + wanted);
    }
    // Without a filter all events are sent.
    boolean complete = events.isEmpty() || events.containsAll(EVENTS);
    if (url.equals(wanted) && complete) {
      return new Finding(Finding.State.FINE, what, "");
    }
    if (change == Change.NOTHING) {
      return new Finding(Finding.State.TO_CHANGE, what, "setup sets it to " + wanted);
    }
    events.addAll(EVENTS);
    var unused = Workspace.updater(settings.workspaceSid())
        .setEventCallbackUrl(wanted)
        .setEventsFilter(String.join(",", events))
        .update(client);
    return new Finding(Finding.State.CHANGED, what, "it is " + wanted + " now");
  }

  /** What to do about something that goes to Relay, but not to this address. */
  static String atAnotherAddress(String url) {
    return "it goes to Relay at another address (" + url
        + "): where that is this Relay's old one, run relay twilio setup --move";
  }

  private static void tried(List<Finding> findings, String what, Runnable call) {
    try {
      call.run();
      findings.add(new Finding(Finding.State.FINE, what, ""));
    } catch (TwilioException e) {
      findings.add(wrong(what, advice(e)));
    }
  }

  static String advice(TwilioException failure) {
    TwilioFailure what = TwilioFailure.of(failure);
    return switch (what.status()) {
      case 401 ->
        "Twilio refuses the account, key or token: check RELAY_TWILIO_ACCOUNT_SID and"
            + " RELAY_TWILIO_AUTH_TOKEN, or the API key where there is one";
      case 404 -> "the account has none: check its id in the settings";
      default -> what.reason();
    };
  }

  static Finding wrong(String what, String advice) {
    return new Finding(Finding.State.WRONG, what, advice);
  }
}
