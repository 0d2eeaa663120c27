package dev.relay.testkit.simulation;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;

/** Observer that records an engine's reports in the history. */
final class EngineWatch implements RelayObserver {
  private final World world;
  private final String engine;

  EngineWatch(World world, String engine) {
    this.world = world;
    this.engine = engine;
  }

  @Override
  public void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {
    note("applied " + eventType + " to " + conversation + ": " + before + " to " + after);
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    note("moved the handoff of " + conversation + " from " + from + " to " + to + ": " + reason);
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    note("refused " + eventType + ": " + refusal.code());
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    note("parked " + lane + ": " + reason);
  }

  @Override
  public void fenced(LaneKey lane) {
    note("was fenced in " + lane);
  }

  @Override
  public void broken(String where, Throwable cause) {
    note("broken: " + where + ": " + cause);
    if (!String.valueOf(cause.getMessage()).startsWith("simulated: ")) {
      world.verdict().fail(Check.ENGINE_NEVER_BREAKS, where + ": " + cause);
    }
  }

  private void note(String what) {
    world.history().add(engine, what);
  }
}
