package dev.relay.testkit.simulation;

import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A virtual agent whose answers name their turn and attempt, and which fails in every way that the contract allows. */
final class SimulatedVirtualAgent implements VirtualAgent {
  private final World world;
  private int attempts;

  SimulatedVirtualAgent(World world) {
    this.world = world;
  }

  @Override
  public String displayName(Locale locale) {
    return "Robot";
  }

  @Override
  public Answer answer(Turn turn) {
    world.passedOn().withQuestion(turn);
    Answer answer = attempt(turn);
    world
        .history()
        .add("robot", "is asked " + turn.id() + " -> " + answer.getClass().getSimpleName());
    return answer;
  }

  private Answer attempt(Turn turn) {
    Chance chance = world.chance();
    attempts++;
    if (world.isTroubled() && chance.percent(world.scenario().farSideTrouble())) {
      switch (chance.between(0, 4)) {
        case 0 -> throw new IllegalStateException("simulated: the robot broke");
        case 1 -> {
          return new Answer.Failed("simulated: no answer", Optional.empty());
        }
        case 2 -> {
          return new Answer.Failed(
              "simulated: too many", Optional.of(chance.millisBetween(0, 5_000)));
        }
        default -> world.agenda().pass(chance.millisBetween(1, 15_000));
      }
    }
    List<MessageBody> replies = new ArrayList<>();
    for (int reply = 0; reply < chance.between(1, 2); reply++) {
      replies.add(
          MessageBody.text("answer to " + turn.id() + " try " + attempts + " part " + reply));
    }
    return chance.percent(15)
        ? new Answer.HandOver(
            Answer.HandOverReason.VIRTUAL_AGENT, chance.percent(50) ? replies : List.of())
        : new Answer.Replied(replies, chance.of(List.of(Answer.Outcome.values())), 0.8);
  }
}
