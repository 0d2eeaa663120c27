package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.Adoption;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.Links;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what no webhook told: after a restart in all open conversations, and now and then in silent ones with agents. Calls
 * block: it has a thread of its own, so that many silent conversations hold up none in which something happens.
 */
final class FlexWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FlexWatch.class);
  private static final int RECOVERY_PAGES = 10;
  /** In each of so many rounds all conversations are compared with Relay's. */
  private static final int SWEEP_EACH = 10;
  /** Closed conversations are many: they are read each hour, for what another instance heard of and did not live to say. */
  private static final Duration MISSED_ENDS_EVERY = Duration.ofHours(1);

  private final Links links;
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final Closing closing;
  private final Reconciliation reconciliation;
  private final Consumer<FlexEvent> report;
  private final TwilioSettings.Limits limits;
  private final InstantSource clock;
  private final MissedEnds missedEnds;
  private int rounds;
  private Instant nextMissedEnds;

  FlexWatch(
      Links links,
      Adoption adoption,
      TwilioCalls twilio,
      Closing closing,
      Reconciliation reconciliation,
      MissedEnds missedEnds,
      Consumer<FlexEvent> report,
      TwilioSettings.Limits limits,
      InstantSource clock) {
    this.links = links;
    this.adoption = adoption;
    this.twilio = twilio;
    this.closing = closing;
    this.reconciliation = reconciliation;
    this.report = report;
    this.limits = limits;
    this.clock = clock;
    this.missedEnds = missedEnds;
    this.nextMissedEnds = clock.instant().plus(limits.settlesAfter());
  }

  void heard(Link link) {
    link.heard(clock.instant());
  }

  /** Reads all open conversations of Relay's: a call for each hundred, and one or more for each. */
  void recover() {
    twilio.openConversations(Reconciliation.PAGES, page -> page.forEach(this::adopt));
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
      Link unused = adoption.adopt(name.get(), found, RECOVERY_PAGES);
    }
  }

  /** One look at all that may have been missed. */
  void round() {
    closing.finish();
    look();
    rounds++;
    if (rounds % SWEEP_EACH == 0) {
      reconciliation.sweep();
    }
    Instant now = clock.instant();
    if (!now.isBefore(nextMissedEnds)) {
      // Where it fails, the next round tries again.
      missedEnds.report();
      nextMissedEnds = now.plus(MISSED_ENDS_EVERY);
    }
  }

  /** Reads conversations with an agent of which nothing was heard for a while: two calls for each. */
  private void look() {
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
      Optional<TwilioCalls.Found> found = twilio.conversation(link.sid());
      if (found.isPresent()) {
        adoption.read(link, 1);
      }
      if (found.map(TwilioCalls.Found::closed).orElse(true)) {
        report.accept(
            found.isPresent()
                ? new FlexEvent.ConversationClosed(link.name())
                : new FlexEvent.ConversationGone(link.name()));
      }
    } catch (TwilioException e) {
      LOG.debug("{}: not read: {}", link.name(), TwilioFailure.of(e).reason());
    } catch (RuntimeException e) {
      LOG.warn("{}: not read", link.name(), e);
    }
  }
}
