package dev.relay.twilio.setup;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.flexapi.v1.Configuration;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.TwilioSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares Flex's own configuration with the settings. */
final class FlexConfiguration {
  private static final String WHAT = "Flex's configuration";

  private FlexConfiguration() {}

  /** Checks whether Flex uses the service, the workspace and the instance of the settings. One call. */
  static SetupFinding finding(TwilioSettings settings, TwilioRestClient client) {
    Configuration flex = Configuration.fetcher().fetch(client);
    TwilioSettings.Ids given = settings.ids();
    List<String> faults = new ArrayList<>();
    // In newer accounts the Flex service and the chat service are the same one.
    given
        .chatService()
        .filter(it -> !it.equals(flex.getChatServiceInstanceSid())
            && !it.equals(flex.getFlexServiceInstanceSid()))
        .ifPresent(it -> faults.add(
            "Flex uses the Conversations service " + shown(flex.getChatServiceInstanceSid())
                + ", so set RELAY_TWILIO_CHAT_SERVICE_SID to it (not " + it + ") or remove it"));
    given
        .workspace()
        .filter(it -> !it.equals(flex.getTaskrouterWorkspaceSid()))
        .ifPresent(
            it -> faults.add("Flex uses the workspace " + shown(flex.getTaskrouterWorkspaceSid())
                + ", so set RELAY_TWILIO_WORKSPACE_SID to it (not " + it + ") or remove it"));
    given
        .instance()
        .filter(it -> !it.equals(flex.getFlexInstanceSid()))
        .ifPresent(it -> faults.add("this is the Flex instance " + shown(flex.getFlexInstanceSid())
            + ", so set RELAY_TWILIO_INSTANCE_SID to it (not " + it + ")"));
    return faults.isEmpty()
        ? SetupFinding.fine(WHAT)
        : new SetupFinding(SetupFinding.State.WRONG, WHAT, String.join("; ", faults));
  }

  private static String shown(@Nullable String sid) {
    return Objects.requireNonNullElse(sid, "none");
  }
}
