package dev.relay.twilio.setup;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.rest.AccountIds;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks an account for what Relay needs, and sets what Relay can set. Thread-safe; blocks. */
public final class AccountChecks {
  /** The events of TaskRouter that Relay needs. */
  private static final List<String> EVENTS = List.of(
      "task.created",
      "reservation.accepted",
      "reservation.wrapup",
      "reservation.completed",
      "task.canceled",
      "task.deleted",
      "task.system-deleted",
      "workflow.timeout");

  private static final String TWILIO = "Twilio";

  private final TwilioRestClient client;
  private final TwilioSettings settings;
  private final TwilioRestClient withToken;
  private final AccountIds ids;
  private final StudioPublishing studio;

  /** Creates the checks of an account; makes no calls. */
  public AccountChecks(TwilioConnection connection) {
    this.settings = connection.settings();
    this.client = connection.client();
    this.withToken = connection.clientWithToken();
    this.ids = connection.ids();
    this.studio = new StudioPublishing(settings, client, ids);
  }

  /** Checks everything, and changes what may be changed if Twilio can reach the public address. */
  public List<SetupFinding> run(Change wanted) {
    List<SetupFinding> findings = new ArrayList<>();
    Change change = isReachable() ? wanted : Change.NOTHING;
    if (!isReachable()) {
      findings.add(SetupFinding.wrong(
          "the public address " + settings.publicUrl(),
          "Twilio has to reach it from the internet: set RELAY_PUBLIC_URL to an https address"
              + (wanted == Change.NOTHING ? "" : "; nothing is set until then")));
    }
    try {
      String service = ids.chatService();
      findings.add(tried("the Conversations service " + service, () -> {
        var unused = Service.fetcher(service).fetch(client);
      }));
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      findings.add(
          SetupFinding.wrong(failure.concernsAll() ? "Twilio" : "Flex's configuration", advice(e)));
      // Every further call would fail alike, each after its time-out.
      return findings;
    }
    if (findings.get(findings.size() - 1).what().equals(TWILIO)) {
      return findings;
    }
    if (settings.apiKey().isPresent()) {
      findings.add(tried("the Auth Token, which proves webhooks", () -> {
        var unused = Service.fetcher(ids.chatService()).fetch(withToken);
      }));
    }
    findings.add(found("Flex's configuration", () -> FlexConfiguration.finding(settings, client)));
    findings.addAll(tasks(change));
    if (settings.routing() == TwilioSettings.Routing.STUDIO) {
      findings.add(found(StudioPublishing.WHAT, () -> studio.finding(change != Change.NOTHING)));
    }
    findings.addAll(new SenderSetup(client, settings, ids).look(change));
    if (!isReachable()) {
      // With this address set-up changes nothing.
      findings.removeIf(it -> it.state() == SetupFinding.State.TO_CHANGE);
    }
    return findings;
  }

  /** Checks the workflow and the workspace's event callback; the workspace alone if it is wrong, since all else follows from it. */
  private List<SetupFinding> tasks(Change change) {
    String workspace;
    try {
      workspace = ids.workspace();
    } catch (TwilioException e) {
      return List.of(SetupFinding.wrong("the workspace", advice(e)));
    }
    SetupFinding callback = found("the workspace " + workspace, () -> callback(change));
    if (callback.what().startsWith("the workspace")) {
      return List.of(callback);
    }
    return List.of(workflow(workspace), callback);
  }

  private SetupFinding workflow(String workspace) {
    String workflow;
    try {
      workflow = ids.workflow();
    } catch (TwilioException e) {
      String all = Workflow.reader(workspace).firstPage(client).getRecords().stream()
          .map(it -> it.getSid() + " (" + it.getFriendlyName() + ")")
          .collect(Collectors.joining(", "));
      return SetupFinding.wrong(
          "the workflow",
          "set RELAY_TWILIO_WORKFLOW_SID to the one for chats; the workspace has "
              + (all.isEmpty() ? "none" : all));
    }
    return tried("the workflow " + workflow, () -> {
      var unused = Workflow.fetcher(workspace, workflow).fetch(client);
    });
  }

  /** Checks whether Twilio can reach the public address: by https, or in a trial with Twilio's API on this machine too. */
  private boolean isReachable() {
    return settings.publicUrl().getScheme().equals("https")
        || (isHere(settings.publicUrl())
            && settings.addresses().base().filter(AccountChecks::isHere).isPresent());
  }

  private static boolean isHere(URI address) {
    return List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
  }

  private static SetupFinding found(String what, Supplier<SetupFinding> look) {
    try {
      return look.get();
    } catch (TwilioException e) {
      return SetupFinding.wrong(what, advice(e));
    }
  }

  private SetupFinding callback(Change change) {
    Workspace workspace = Workspace.fetcher(ids.workspace()).fetch(client);
    String wanted = settings.publicUrl() + WebhookRequest.FLEX;
    String url = Objects.requireNonNullElse(workspace.getEventCallbackUrl(), "").toString();
    TreeSet<String> events = new TreeSet<>();
    String filter = Objects.requireNonNullElse(workspace.getEventsFilter(), "");
    Arrays.stream(filter.split(",", -1)).filter(it -> !it.isBlank()).forEach(events::add);
    String what = "TaskRouter's event callback";
    boolean isRelays = url.endsWith(WebhookRequest.FLEX);
    if (!url.isEmpty() && !url.equals(wanted) && !(isRelays && change == Change.MOVED)) {
      return SetupFinding.wrong(
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
      return SetupFinding.fine(what);
    }
    if (change == Change.NOTHING) {
      return new SetupFinding(SetupFinding.State.TO_CHANGE, what, "setup sets it to " + wanted);
    }
    events.addAll(EVENTS);
    var unused = Workspace.updater(ids.workspace())
        .setEventCallbackUrl(wanted)
        .setEventsFilter(String.join(",", events))
        .update(client);
    return new SetupFinding(SetupFinding.State.CHANGED, what, "it is " + wanted + " now");
  }

  /** Returns the advice for something that goes to Relay at another address. */
  static String atAnotherAddress(String url) {
    return "it goes to Relay at another address (" + url
        + "): if it is this Relay's old address, run relay twilio setup --move";
  }

  /** Makes a call; returns what it shows. */
  private static SetupFinding tried(String what, Runnable call) {
    try {
      call.run();
      return SetupFinding.fine(what);
    } catch (TwilioException e) {
      return SetupFinding.wrong(TwilioFailure.of(e).concernsAll() ? TWILIO : what, advice(e));
    }
  }

  static String advice(TwilioException failure) {
    TwilioFailure what = TwilioFailure.of(failure);
    return switch (what.status()) {
      case 401 ->
        "Twilio refuses the account, key or token: check RELAY_TWILIO_ACCOUNT_SID and"
            + " RELAY_TWILIO_AUTH_TOKEN, or the API key if there is one";
      case 404 -> "the account has none: check its id in the settings";
      default -> what.reason();
    };
  }
}
