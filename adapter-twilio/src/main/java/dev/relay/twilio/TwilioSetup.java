package dev.relay.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

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
  private final StudioPublishing studio;

  /** For an account; makes no calls. */
  public TwilioSetup(TwilioSettings settings, InstantSource clock) {
    this.settings = settings;
    this.client = TwilioClients.of(
        settings,
        new Transport(
            settings.limits().connectTimeout(), settings.limits().requestTimeout(), clock));
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

  /** Looks, and changes nothing: four calls, three more with Studio, and two or more where there are senders. */
  public List<Finding> check() {
    return look(false);
  }

  /**
   * Looks, sets where TaskRouter's events and people's messages go if that is not so yet, and with Studio publishes the flow. Harmless
   * if repeated once the new flow's id is in the settings.
   */
  public List<Finding> apply() {
    return look(true);
  }

  private List<Finding> look(boolean change) {
    List<Finding> findings = new ArrayList<>();
    if (!settings.publicUrl().toString().startsWith("https://")) {
      findings.add(wrong(
          "the public address " + settings.publicUrl(),
          "Twilio has to reach it from the internet: set RELAY_PUBLIC_URL to an https address"));
    }
    tried(findings, "the Conversations service " + settings.chatServiceSid(), () -> {
      var unused = Service.fetcher(settings.chatServiceSid()).fetch(client);
    });
    tried(findings, "the workflow " + settings.workflowSid(), () -> {
      var unused =
          Workflow.fetcher(settings.workspaceSid(), settings.workflowSid()).fetch(client);
    });
    try {
      findings.add(FlexConfiguration.finding(settings, client));
    } catch (TwilioException e) {
      findings.add(wrong("Flex's configuration", advice(e)));
    }
    try {
      findings.add(callback(change));
    } catch (TwilioException e) {
      findings.add(wrong("the workspace " + settings.workspaceSid(), advice(e)));
    }
    if (settings.routing() == TwilioSettings.Routing.STUDIO) {
      try {
        findings.add(studio.finding(change));
      } catch (TwilioException e) {
        findings.add(wrong(StudioPublishing.WHAT, advice(e)));
      }
    }
    findings.addAll(new SenderSetup(client, settings).look(change));
    return findings;
  }

  private Finding callback(boolean change) {
    Workspace workspace = Workspace.fetcher(settings.workspaceSid()).fetch(client);
    String wanted = settings.publicUrl() + TwilioWebhook.FLEX;
    String url = Objects.requireNonNullElse(workspace.getEventCallbackUrl(), "").toString();
    TreeSet<String> events = new TreeSet<>();
    String filter = Objects.requireNonNullElse(workspace.getEventsFilter(), "");
    Arrays.stream(filter.split(",", -1)).filter(it -> !it.isBlank()).forEach(events::add);
    String what = "TaskRouter's event callback";
    if (!url.isEmpty() && !url.equals(wanted)) {
      return wrong(
          what,
          "it goes elsewhere (" + url
              + "), and there can be only one: take it out there, or let that"
              + " receiver pass the events on to " + wanted);
    }
    // Without a filter all events are sent.
    boolean complete = events.isEmpty() || events.containsAll(EVENTS);
    if (url.equals(wanted) && complete) {
      return new Finding(Finding.State.FINE, what, "");
    }
    if (!change) {
      return new Finding(Finding.State.TO_CHANGE, what, "setup sets it to " + wanted);
    }
    events.addAll(EVENTS);
    var unused = Workspace.updater(settings.workspaceSid())
        .setEventCallbackUrl(wanted)
        .setEventsFilter(String.join(",", events))
        .update(client);
    return new Finding(Finding.State.CHANGED, what, "it is " + wanted + " now");
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
        "Twilio refuses the account, key or token: check RELAY_TWILIO_ACCOUNT_SID and its secrets";
      case 404 -> "the account has none: check its id in the settings";
      default -> what.reason();
    };
  }

  static Finding wrong(String what, String advice) {
    return new Finding(Finding.State.WRONG, what, advice);
  }
}
