package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds conversations that agents ended while Relay was not running: Twilio reports an end once. Blocks. */
final class MissedEnds {
  private static final Logger LOG = LoggerFactory.getLogger(MissedEnds.class);
  /** Older conversations are closed by Relay's own time limit for silence. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  private static final int PAGES = 2;

  private final ConversationLinks links;
  /** Those whose ends wait to be stored, which takes long while Twilio or the store is unavailable. */
  private final Set<ConversationName> beingReported = ConcurrentHashMap.newKeySet();

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
   * Looks for closed conversations that Relay still takes for open: one call per hundred that are closed, and one for each that is
   * found. {@link #report} reports them. To be called once the open conversations are known.
   */
  void find() {
    connection
        .conversations()
        .closedConversations(
            connection.clock().instant().minus(LOOK_BACK),
            Reconciliation.PAGES,
            page -> page.forEach(found -> ConversationName.parse(found.uniqueName())
                .filter(this::isMissed)
                .ifPresent(name -> adopt(name, found))));
  }

  private boolean isMissed(ConversationName name) {
    return links.find(name.conversation()).isEmpty() && isOpen(name);
  }

  /** Checks whether Relay takes a conversation for open. A handoff that is under way makes the next Twilio conversation. */
  private boolean isOpen(ConversationName name) {
    return !handoffs.isUnderWay(name.conversation()) && reporter.isHere(name.conversation());
  }

  private void adopt(ConversationName name, TwilioCalls.Found found) {
    if (!isFollowed(name)) {
      ConversationLink unused = finder.adopt(name, found, 0);
    }
  }

  /** Checks whether another conversation took a conversation's place, perhaps by another instance. One call. */
  private boolean isFollowed(ConversationName name) {
    return connection.conversations().conversation(name.next().toString()).isPresent();
  }

  /**
   * Reports the conversations that were found closed and that Relay still takes for open: two or three calls for each. They need not
   * have been found by {@link #find}: after a start, a late webhook or a change by the customer finds its conversation closed as well,
   * and says nothing of the end.
   */
  void report() {
    for (ConversationLink link : links.all()) {
      if (link.isFoundClosed() && isOpen(link.name()) && beingReported.add(link.name())) {
        report(link);
      }
    }
  }

  private void report(ConversationLink link) {
    Optional<CompletableFuture<Void>> reported = Optional.empty();
    try {
      if (isFollowed(link.name())) {
        Optional<ConversationLink> unused = finder.search(link.name().conversation());
        return;
      }
      List<FlexEvent.Message> newestFirst =
          connection.conversations().newestMessages(link.sid(), 0, TwilioCalls.PAGE, PAGES);
      ConversationFinder.remember(link, newestFirst);
      reported = inbound.endedMeanwhile(link, newestFirst);
    } catch (TwilioException e) {
      LOG.debug(
          "{}: its end is reported later: {}", link.name(), TwilioFailure.of(e).reason());
    } finally {
      var unused = reported
          .orElseGet(DeskReporter::done)
          .whenComplete((done, failure) -> beingReported.remove(link.name()));
    }
  }
}
