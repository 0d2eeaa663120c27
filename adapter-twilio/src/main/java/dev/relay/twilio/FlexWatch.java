package dev.relay.twilio;

import com.twilio.exception.TwilioException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what no webhook told: after a restart in all open conversations, and now and then in silent ones with agents. Calls
 * block: it has a thread of its own, so that many silent conversations hold up none in which something happens.
 */
final class FlexWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FlexWatch.class);
  private static final int RECOVERY_PAGES = 10;

  private final Links links;
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final Sequences sequences;
  private final Reports reports;
  private final TwilioSettings.Limits limits;
  private final InstantSource clock;
  private final MissedEnds missedEnds;

  FlexWatch(
      Links links,
      Adoption adoption,
      TwilioCalls twilio,
      Sequences sequences,
      Reports reports,
      TwilioSettings.Limits limits,
      InstantSource clock,
      MissedEnds missedEnds) {
    this.links = links;
    this.adoption = adoption;
    this.twilio = twilio;
    this.sequences = sequences;
    this.reports = reports;
    this.limits = limits;
    this.clock = clock;
    this.missedEnds = missedEnds;
  }

  void heard(Link link) {
    link.heard(clock.instant());
  }

  /** Reads all open conversations of Relay's, then looks for missed ends: a call for each hundred, and one or more for each. */
  void recover() {
    for (TwilioCalls.Found found : twilio.openConversations()) {
      Optional<ConversationName> name = ConversationName.parse(found.uniqueName());
      if (name.isPresent() && links.find(name.get().conversation()).isEmpty()) {
        Link unused = adoption.adopt(name.get(), found, RECOVERY_PAGES);
      }
    }
    missedEnds.report();
  }

  /** Reads conversations with an agent of which nothing was heard for a while: two calls for each. */
  void look() {
    Instant since = clock.instant().minus(limits.watchEvery());
    for (Link link : links.all()) {
      if (link.isUsable() && !link.agents().isEmpty() && link.isSilentSince(since)) {
        link.heard(clock.instant());
        look(link);
      }
    }
  }

  private void look(Link link) {
    try {
      adoption.read(link, 1);
      if (twilio.conversation(link.sid()).map(TwilioCalls.Found::closed).orElse(true)) {
        var unused = sequences.add(
            link.name().conversation(),
            () -> reports.report(new FlexEvent.ConversationClosed(link.name())));
      }
    } catch (TwilioException e) {
      LOG.debug("{}: not read: {}", link.name(), TwilioFailure.of(e).reason());
    } catch (RuntimeException e) {
      LOG.warn("{}: not read", link.name(), e);
    }
  }
}
