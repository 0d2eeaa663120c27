package dev.relay.twilio.flex;

import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.Duration;
import java.util.List;

/** Finds conversations that agents ended while Relay was not running: Twilio reports an end once. Blocks. */
final class MissedEnds {
  /** Older conversations are closed by Relay's own time limit for silence. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  private static final int PAGES = 2;

  private final ConversationLinks links;
  private final ConversationFinder finder;
  private final TwilioConnection connection;
  private final Handoffs handoffs;
  private final DeskReporter reporter;
  private final FlexInbound inbound;

  MissedEnds(
      ConversationLinks links,
      ConversationFinder finder,
      TwilioConnection connection,
      Handoffs handoffs,
      DeskReporter reporter,
      FlexInbound inbound) {
    this.links = links;
    this.finder = finder;
    this.connection = connection;
    this.handoffs = handoffs;
    this.reporter = reporter;
    this.inbound = inbound;
  }

  /**
   * Reports the closed conversations that Relay still takes for open: one call per hundred that are closed, and two or three for each
   * that is reported. To be called once the open conversations are known.
   */
  void report() {
    connection
        .conversations()
        .closedConversations(
            connection.clock().instant().minus(LOOK_BACK),
            Reconciliation.PAGES,
            page -> page.forEach(found -> ConversationName.parse(found.uniqueName())
                .filter(this::isMissed)
                .ifPresent(name -> report(name, found))));
  }

  private boolean isMissed(ConversationName name) {
    // A handoff that is under way makes the next Twilio conversation.
    return links.find(name.conversation()).isEmpty()
        && !handoffs.isUnderWay(name.conversation())
        && reporter.isHere(name.conversation());
  }

  private void report(ConversationName name, TwilioCalls.Found found) {
    if (connection.conversations().conversation(name.next().toString()).isPresent()) {
      // Another conversation took its place, perhaps by another instance.
      return;
    }
    List<FlexEvent.Message> newestFirst =
        connection.conversations().newestMessages(found.sid(), 0, TwilioCalls.PAGE, PAGES);
    ConversationLink link = finder.adopt(name, found, 0);
    ConversationFinder.remember(link, newestFirst);
    if (!inbound.endedMeanwhile(link, newestFirst)) {
      // It will be found again.
      links.forget(name.conversation());
    }
  }
}
