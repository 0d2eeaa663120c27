package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.port.Watched;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds events whose webhooks were lost: after a restart in all open conversations, and in every round in silent ones with agents. Used
 * by one thread; blocks.
 */
final class FlexWatch implements Watched {
  private static final Logger LOG = LoggerFactory.getLogger(FlexWatch.class);
  private static final int RECOVERY_PAGES = 10;
  /** Every so many rounds all conversations are compared with Relay's. */
  private static final int SWEEP_EACH = 10;
  /** A sweep acts on what two in a row have found: during an outage Relay may have passed its conversations to another desk. */
  private static final int SWEEPS_AFTER_OUTAGE = 2;
  /** Closed conversations are many. They are read every hour, for ends that another instance received and could not store. */
  private static final Duration MISSED_ENDS_EVERY = Duration.ofHours(1);

  private final ConversationLinks links;
  private final ConversationFinder finder;
  private final TwilioConnection connection;
  private final Reconciliation reconciliation;
  private final MissedEnds missedEnds;
  private final FlexInbound inbound;
  private int rounds;
  private int endedOutages;
  private int sweepsDue;
  private Instant nextMissedEnds;

  FlexWatch(
      ConversationLinks links,
      ConversationFinder finder,
      TwilioConnection connection,
      Reconciliation reconciliation,
      MissedEnds missedEnds,
      FlexInbound inbound) {
    this.links = links;
    this.finder = finder;
    this.connection = connection;
    this.reconciliation = reconciliation;
    this.missedEnds = missedEnds;
    this.inbound = inbound;
    this.nextMissedEnds = now().plus(connection.limits().settlesAfter());
  }

  private Instant now() {
    return connection.clock().instant();
  }

  /** Reads all open conversations of Relay's: one call per hundred, and one or more for each. */
  @Override
  public void recover() {
    connection
        .conversations()
        .openConversations(Reconciliation.PAGES, page -> page.forEach(this::adopt));
    reconciliation.sweep();
  }

  private void adopt(TwilioCalls.Found found) {
    Optional<ConversationName> name = ConversationName.parse(found.uniqueName());
    boolean isNews = name.isPresent()
        && links
            .find(name.get().conversation())
            .filter(it -> it.name().generation() >= name.get().generation())
            .isEmpty();
    if (isNews) {
      ConversationLink unused = finder.adopt(name.get(), found, RECOVERY_PAGES);
    }
  }

  /** Looks once for everything that may have been missed. */
  @Override
  public void round() {
    reconciliation.finishClosing();
    look();
    rounds++;
    if (inbound.endedOutages() != endedOutages) {
      endedOutages = inbound.endedOutages();
      sweepsDue = SWEEPS_AFTER_OUTAGE;
    }
    if (sweepsDue > 0 || rounds % SWEEP_EACH == 0) {
      reconciliation.sweep();
      sweepsDue = Math.max(0, sweepsDue - 1);
    }
    Instant now = now();
    if (!now.isBefore(nextMissedEnds)) {
      // If it fails, the next round tries again.
      missedEnds.find();
      nextMissedEnds = now.plus(MISSED_ENDS_EVERY);
    }
    missedEnds.report();
  }

  /** Reads conversations with an agent that have been silent for a while: two calls each. */
  private void look() {
    Instant since = now().minus(connection.limits().watchEvery());
    for (ConversationLink link : links.all()) {
      boolean isServed = !link.agents().isEmpty() || link.isBetweenAgents();
      if (link.isUsable() && isServed && link.isSilentSince(since)) {
        link.heard(now());
        look(link);
      }
    }
  }

  private void look(ConversationLink link) {
    try {
      Optional<TwilioCalls.Found> found = connection.conversations().conversation(link.sid());
      if (found.isPresent()) {
        finder.read(link, 1);
      }
      if (found.map(TwilioCalls.Found::closed).orElse(true)) {
        var unused = inbound.report(
            found.isPresent()
                ? new FlexEvent.ConversationClosed(link.name())
                : new FlexEvent.ConversationGone(link.name()));
      } else if (link.isBetweenAgents() && !connection.flex().hasOtherTask(link.sid(), "")) {
        var unused = inbound.report(FlexEvent.TaskGone.lost(link.name()));
      }
    } catch (TwilioException e) {
      LOG.debug("{}: not read: {}", link.name(), TwilioFailure.of(e).reason());
    } catch (RuntimeException e) {
      LOG.warn("{}: not read", link.name(), e);
    }
  }
}
