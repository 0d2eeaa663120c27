package dev.relay.twilio.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.studio.v2.Flow;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioNotReachedException;
import dev.relay.twilio.wire.Marks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The id of the Studio flow that customers' messages go through: that of the settings, else the account's flow whose description says that
 * Relay made it and which asks this Relay. Thread-safe; blocks.
 */
public final class StudioFlowId {
  private static final long PAGE = 100;

  private final TwilioSettings settings;
  private final TwilioRestClient client;
  private volatile Optional<String> known;

  public StudioFlowId(TwilioSettings settings, TwilioRestClient client) {
    this.settings = settings;
    this.client = client;
    this.known = settings.ids().studioFlow();
  }

  /** Returns the id; at the first time one call, and one more per flow until it is found. Fails if there is none. */
  String needed() {
    if (known.isEmpty()) {
      known = find();
    }
    return known.orElseThrow(() -> new TwilioNotReachedException(
        "the account has no Studio flow of Relay's making that asks " + settings.publicUrl()
            + ": run relay twilio setup",
        new IllegalStateException("no flow")));
  }

  /** Finds the flow that Relay made for its public address, those with its name first. */
  public Optional<String> find() {
    return listed().stream().filter(sid -> asksHere(definition(sid))).findFirst();
  }

  private List<String> listed() {
    return Flow.reader().setPageSize(PAGE).firstPage(client).getRecords().stream()
        .sorted(Comparator.comparing(it -> !StudioFlow.NAME.equals(it.getFriendlyName())))
        .map(it -> TwilioCalls.known(it.getSid()))
        .toList();
  }

  private JsonNode definition(String sid) {
    return Marks.valueOf(Flow.fetcher(sid).fetch(client).getDefinition());
  }

  private boolean asksHere(JsonNode definition) {
    return StudioFlow.isOurs(definition)
        && definition
            .toString()
            .contains("\"" + settings.publicUrl() + WebhookRequest.STUDIO + "\"");
  }
}
