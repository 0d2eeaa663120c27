package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.core.id.ConversationId;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.Links;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.TwilioWebhook;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Relay and Twilio together again where they have come apart: what is open at Twilio and no longer at this desk is closed,
 * and what this desk has and Twilio has closed without a word is reported. Nothing is done at first sight, since a handoff or an
 * ending may be on its way: only what two sweeps in a row have found is acted upon. Used by one thread; calls block.
 *
 * <p>Several instances on one store may sweep at the same time: each asks the store, to close twice does no harm, and an event
 * reported twice is applied once.
 */
final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  /** How many conversations a sweep reads at the most, in pages of a hundred. */
  static final int PAGES = 100;
  /** How much a sweep mends at the most, so that its calls stay few; the next one goes on. */
  private static final int MENDED = 100;

  private final Links links;
  private final TwilioCalls twilio;
  private final Closing closing;
  private final FlexCalls flex;
  private final Predicate<ConversationId> isAtDesk;
  private final Consumer<FlexEvent> report;
  private final String ownWebhooks;
  private Set<ConversationName> suspects = Set.of();
  private int mended;

  Reconciliation(
      Links links,
      TwilioCalls twilio,
      FlexCalls flex,
      Closing closing,
      Predicate<ConversationId> isAtDesk,
      Consumer<FlexEvent> report,
      TwilioSettings settings) {
    this.links = links;
    this.twilio = twilio;
    this.flex = flex;
    this.closing = closing;
    this.isAtDesk = isAtDesk;
    this.report = report;
    this.ownWebhooks = settings.publicUrl() + TwilioWebhook.CONVERSATIONS;
  }

  /** Compares all once: a call for each hundred that are open, and a few for each that has to be mended. */
  void sweep() {
    Set<ConversationName> found = new HashSet<>();
    mended = 0;
    Map<ConversationName, TwilioCalls.Found> open = new HashMap<>();
    Map<ConversationId, Integer> newest = new HashMap<>();
    twilio.openConversations(
        PAGES,
        page -> page.forEach(one -> ConversationName.parse(one.uniqueName()).ifPresent(name -> {
          open.put(name, one);
          newest.merge(name.conversation(), name.generation(), Math::max);
        })));
    open.forEach((name, one) -> {
      boolean isFollowed = newest.getOrDefault(name.conversation(), 0) > name.generation();
      if (!one.withVirtualAgent() && (isFollowed || !isAtDesk.test(name.conversation()))) {
        found.add(name);
        mend(name, () -> closeThere(name, one));
      }
    });
    for (Link link : links.all()) {
      if (link.isUsable()
          && !open.containsKey(link.name())
          && isAtDesk.test(link.name().conversation())) {
        found.add(link.name());
        mend(link.name(), () -> askFor(link));
      } else if (isUnheard(link, open)) {
        found.add(link.name());
        mend(link.name(), () -> askForTask(link));
      }
    }
    suspects = found;
  }

  private void mend(ConversationName name, Runnable how) {
    if (!suspects.contains(name) || mended >= MENDED) {
      return;
    }
    mended++;
    try {
      how.run();
    } catch (TwilioException e) {
      LOG.warn("{}: not reconciled: {}", name, TwilioFailure.of(e).reason());
    }
  }

  private void closeThere(ConversationName name, TwilioCalls.Found one) {
    List<String> urls = twilio.webhookUrls(one.sid());
    boolean isElsewhere =
        !urls.isEmpty() && urls.stream().noneMatch(it -> it.startsWith(ownWebhooks));
    if (isElsewhere) {
      LOG.warn("{}: left open, since its webhook goes to another Relay", name);
      return;
    }
    Link link = links
        .find(name.conversation())
        .filter(it -> it.name().equals(name))
        .orElseGet(() -> new Link(name, one.sid(), one.handoff(), Instant.EPOCH));
    LOG.info("{}: closed, since Relay has it here no more", name);
    closing.close(link);
  }

  private void askFor(Link link) {
    Optional<TwilioCalls.Found> there = twilio.conversation(link.sid());
    if (there.isEmpty()) {
      report.accept(new FlexEvent.ConversationGone(link.name()));
    } else if (there.get().closed()) {
      report.accept(new FlexEvent.ConversationClosed(link.name()));
    }
  }

  /** Whether it was offered from here, and nobody has been heard of since: its task may be gone without a word. */
  private static boolean isUnheard(Link link, Map<ConversationName, TwilioCalls.Found> open) {
    return link.isUsable()
        && link.isReady()
        && link.wasNeverServed()
        && open.containsKey(link.name());
  }

  private void askForTask(Link link) {
    if (!flex.hasLiveTask(link.name())) {
      report.accept(new FlexEvent.TaskGone(
          link.name(),
          new FlexEvent.TaskRef("lost-" + link.name(), "", "", Optional.empty(), Optional.empty()),
          "its task is gone"));
    }
  }
}
