package dev.relay.testkit.simulation;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;

/** Short descriptions of events, for histories. */
final class Wording {
  private Wording() {}

  static String of(Event event) {
    String name = event.getClass().getSimpleName();
    if (event instanceof CustomerEvent fromCustomer) {
      return name + " " + fromCustomer.origin().key().key() + details(fromCustomer);
    }
    if (event instanceof DeskEvent fromDesk) {
      return name + " " + fromDesk.key().map(EventKey::key).orElse("(no key)") + " in conversation "
          + fromDesk.conversation() + details(fromDesk);
    }
    return event.toString();
  }

  private static String details(CustomerEvent event) {
    if (event instanceof CustomerEvent.CustomerWrote wrote) {
      return " '" + wrote.body().text() + "'";
    }
    return event instanceof CustomerEvent.CustomerPressed pressed ? " " + pressed.button() : "";
  }

  private static String details(DeskEvent event) {
    if (event instanceof DeskEvent.AgentWrote wrote) {
      return " '" + wrote.body().text() + "'";
    }
    if (event instanceof DeskEvent.AgentJoined joined) {
      return " by " + nameOf(joined.agent()) + " at " + joined.desk();
    }
    return event instanceof DeskEvent.AgentEnded ended
        ? " by " + nameOf(ended.agent()) + ", case " + ended.caseStatus()
        : "";
  }

  private static String nameOf(Participant agent) {
    return agent.id();
  }
}
