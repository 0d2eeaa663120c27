package dev.relay.twilio.flex;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.conversation.Adoption;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.Links;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Finds conversations that agents ended while Relay was away: Twilio tells of them once, and to nobody. Calls block.
 */
final class MissedEnds {
  /** A conversation that is older than this is closed by Relay's own time limit for silence. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  private static final int PAGES = 2;

  private final Links links;
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final Predicate<ConversationId> mayHaveEnded;
  private final BiFunction<Link, List<FlexEvent.Message>, Boolean> report;
  private final InstantSource clock;

  /**
   * With whether this desk has a conversation and no handoff of it is under way, and who reports one that was found closed with its
   * newest messages, and says whether that will be done.
   */
  MissedEnds(
      Links links,
      Adoption adoption,
      TwilioCalls twilio,
      Predicate<ConversationId> mayHaveEnded,
      BiFunction<Link, List<FlexEvent.Message>, Boolean> report,
      InstantSource clock) {
    this.links = links;
    this.adoption = adoption;
    this.twilio = twilio;
    this.mayHaveEnded = mayHaveEnded;
    this.report = report;
    this.clock = clock;
  }

  /**
   * Reports those that Relay takes for open still: a call for each hundred that are closed, and two or three more for each that is
   * reported. To be called once the open ones are known.
   */
  void report() {
    twilio.closedConversations(
        clock.instant().minus(LOOK_BACK),
        Reconciliation.PAGES,
        page -> page.forEach(found -> ConversationName.parse(found.uniqueName())
            .filter(this::isMissed)
            .ifPresent(name -> report(name, found))));
  }

  private boolean isMissed(ConversationName name) {
    return links.find(name.conversation()).isEmpty() && mayHaveEnded.test(name.conversation());
  }

  private void report(ConversationName name, TwilioCalls.Found found) {
    if (twilio.conversation(name.next().toString()).isPresent()) {
      // Another took its place, perhaps by another instance: its end is no end of Relay's
      // conversation.
      return;
    }
    List<FlexEvent.Message> newestFirst =
        twilio.newestMessages(found.sid(), 0, TwilioCalls.PAGE, PAGES);
    Link link = adoption.adopt(name, found, 0);
    Adoption.remember(link, newestFirst);
    if (!report.apply(link, newestFirst)) {
      // It is found again.
      links.forget(name.conversation());
    }
  }
}
