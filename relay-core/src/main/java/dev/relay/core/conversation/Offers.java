package dev.relay.core.conversation;

import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Offering;
import java.util.Optional;

/** The offers of a waiting conversation to the live agents of Relay's own desk, by the rules of {@link Team}. */
final class Offers {
  private final Draft draft;
  private final Context context;

  Offers(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** Offers the conversation to the agent whose turn it is, if its queue assigns conversations and somebody has room. */
  void make(Handling.Waiting waiting) {
    if (!context.teamDesk().equals(Optional.of(waiting.desk()))) {
      return;
    }
    Team team = context.team();
    team.offer(waiting.queue(), waiting.offering(), context.now()).ifPresent(offering -> {
      draft.handleBy(waiting.offered(offering));
      offering
          .current()
          .flatMap(offer -> team.member(offer.agent()))
          .ifPresent(member -> draft.save(member.presence().offered(context.now())));
    });
  }

  /** Ends the offer if it has passed or its agent can no longer answer. Whoever comes earlier in the queue is offered first. */
  void end(Handling.Waiting waiting) {
    Team team = context.team();
    Optional<Offering.End> end = team.endOf(waiting.queue(), waiting.offering(), context.now());
    if (end.isEmpty()) {
      return;
    }
    draft.handleBy(waiting.offered(waiting.offering().ended(end.get())));
    if (end.get() == Offering.End.MISSED) {
      waiting
          .offering()
          .current()
          .flatMap(offer -> team.member(offer.agent()))
          .ifPresent(member -> draft.save(member.presence().missed(context.now())));
    }
  }

  /** Ends the offer to an agent who declines. */
  void decline(Handling.Waiting waiting, String agent) {
    if (waiting.offering().isTo(agent)) {
      draft.handleBy(waiting.offered(waiting.offering().refused()));
      answered(agent);
    }
  }

  /** Forgives the offers that an agent has missed who has answered one. */
  void answered(String agent) {
    context
        .team()
        .member(agent)
        .map(Member::presence)
        .filter(presence -> !presence.answered().equals(presence))
        .ifPresent(presence -> draft.save(presence.answered()));
  }
}
