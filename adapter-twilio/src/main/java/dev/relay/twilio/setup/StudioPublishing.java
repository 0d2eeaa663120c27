package dev.relay.twilio.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.studio.v2.Flow;
import com.twilio.rest.studio.v2.FlowValidate;
import com.twilio.rest.taskrouter.v1.workspace.TaskChannel;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.rest.AccountIds;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.studio.StudioFlow;
import dev.relay.twilio.studio.StudioFlowId;
import dev.relay.twilio.wire.Marks;
import java.util.Optional;

/** Checks whether the account's Studio flow is the one that Relay needs, and publishes it. Blocks. */
final class StudioPublishing {
  /** The name of the flow in findings. */
  static final String WHAT = "the Studio flow";

  private static final String COMMIT = "Published by relay twilio setup";

  private final TwilioSettings settings;
  private final TwilioRestClient client;
  private final AccountIds ids;

  StudioPublishing(TwilioSettings settings, TwilioRestClient client, AccountIds ids) {
    this.settings = settings;
    this.client = client;
    this.ids = ids;
  }

  /** Checks or publishes the flow: three or four calls. Never overwrites a flow that Relay did not make. */
  SetupFinding finding(boolean change) {
    Optional<String> channel = taskChannel();
    if (channel.isEmpty()) {
      return wrong("the workspace has no task channel " + settings.taskChannel()
          + ", which Flex makes for chats: is it the workspace of Flex?");
    }
    ObjectNode wanted = StudioFlow.definition(settings, ids.workflow(), channel.get());
    if (!isValid(wanted)) {
      return wrong("Twilio does not take Relay's flow: is Studio allowed in this account?");
    }
    Optional<String> flow =
        settings.ids().studioFlow().or(() -> new StudioFlowId(settings, client).find());
    return flow.isPresent() ? compare(flow.get(), wanted, change) : create(wanted, change);
  }

  private Optional<String> taskChannel() {
    try {
      return Optional.ofNullable(TaskChannel.fetcher(ids.workspace(), settings.taskChannel())
          .fetch(client)
          .getSid());
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isValid(ObjectNode wanted) {
    try {
      return Boolean.TRUE.equals(
          FlowValidate.updater(StudioFlow.NAME, FlowValidate.Status.PUBLISHED, wanted)
              .update(client)
              .getValid());
    } catch (TwilioException e) {
      // A flow that is not valid is answered with status 400.
      if (TwilioFailure.of(e).status() == 400) {
        return false;
      }
      throw e;
    }
  }

  private SetupFinding create(ObjectNode wanted, boolean change) {
    if (!change) {
      return new SetupFinding(SetupFinding.State.TO_CHANGE, WHAT, "setup publishes it");
    }
    Flow made = Flow.creator(StudioFlow.NAME, Flow.Status.PUBLISHED, wanted)
        .setCommitMessage(COMMIT)
        .create(client);
    return new SetupFinding(
        SetupFinding.State.CHANGED,
        WHAT,
        "it is published, and Relay finds it (RELAY_TWILIO_STUDIO_FLOW_SID="
            + TwilioCalls.known(made.getSid())
            + ")");
  }

  private SetupFinding compare(String sid, ObjectNode wanted, boolean change) {
    Flow there;
    try {
      there = Flow.fetcher(sid).fetch(client);
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isNotFound()) {
        return wrong("the account has no flow " + sid
            + ": take RELAY_TWILIO_STUDIO_FLOW_SID out and run relay twilio setup");
      }
      throw e;
    }
    JsonNode definition = Marks.valueOf(there.getDefinition());
    if (!StudioFlow.isOurs(definition)) {
      return wrong("the flow " + sid + " is not of Relay's making and is left alone: take"
          + " RELAY_TWILIO_STUDIO_FLOW_SID out and run relay twilio setup for one of its own, or see"
          + " that yours asks " + settings.publicUrl() + WebhookRequest.STUDIO);
    }
    if (definition.equals(wanted) && there.getStatus() == Flow.Status.PUBLISHED) {
      return SetupFinding.fine(WHAT);
    }
    if (!change) {
      return new SetupFinding(
          SetupFinding.State.TO_CHANGE, WHAT, "setup publishes the present definition in " + sid);
    }
    var unused = Flow.updater(sid, Flow.Status.PUBLISHED)
        .setDefinition(wanted)
        .setCommitMessage(COMMIT)
        .update(client);
    return new SetupFinding(
        SetupFinding.State.CHANGED, WHAT, "its present definition is published in " + sid);
  }

  private static SetupFinding wrong(String advice) {
    return new SetupFinding(SetupFinding.State.WRONG, WHAT, advice);
  }
}
