package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.core.id.ConversationId;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles Relay and Twilio: conversations that are open at Twilio and no longer at this desk are closed, and conversations that
 * Twilio has closed without Relay's knowledge are reported. Only differences that two sweeps in a row have found are acted upon, since a
 * handoff or an ending may be under way. Used by one thread; blocks.
 *
 * <p>Several instances on one store may sweep at the same time: each asks the store, closing twice is harmless, and an event reported
 * twice is applied once.
 */
final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  /** The most pages that a sweep reads, of a hundred conversations each. */
  static final int PAGES = 100;
  /** The most differences that a sweep repairs, so that it makes few calls; the next one continues. */
  private static final int REPAIRS = 100;

  private final ConversationLinks links;
  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final Closing closing;
  private final DeskReporter reporter;
  private final FlexInbound inbound;
  private final String ownWebhooks;
  private Set<ConversationName> suspects = Set.of();
  private int repairs;

  Reconciliation(
      ConversationLinks links,
      TwilioConnection connection,
      Closing closing,
      DeskReporter reporter,
      FlexInbound inbound) {
    this.links = links;
    this.twilio = connection.conversations();
    this.flex = connection.flex();
    this.closing = closing;
    this.reporter = reporter;
    this.inbound = inbound;
    this.ownWebhooks = connection.settings().publicUrl() + WebhookRequest.CONVERSATIONS;
  }

  /** Retries closing the conversations that could not be closed. */
  void finishClosing() {
    closing.finish();
  }

  /** Compares all conversations once: one call per hundred that are open, and a few for each difference. */
  void sweep() {
    Set<ConversationName> found = new HashSet<>();
    repairs = 0;
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
      if (!one.withVirtualAgent() && (isFollowed || !reporter.isHere(name.conversation()))) {
        found.add(name);
        repair(name, () -> closeThere(name, one));
      }
    });
    for (ConversationLink link : links.all()) {
      if (link.isUsable()
          && !open.containsKey(link.name())
          && reporter.isHere(link.name().conversation())) {
        found.add(link.name());
        repair(link.name(), () -> askFor(link));
      } else if (isUnheard(link, open)) {
        found.add(link.name());
        repair(link.name(), () -> askForTask(link));
      }
    }
    suspects = found;
  }

  private void repair(ConversationName name, Runnable how) {
    if (!suspects.contains(name) || repairs >= REPAIRS) {
      return;
    }
    repairs++;
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
      LOG.warn("{}: left open, since its webhook leads to another Relay", name);
      return;
    }
    ConversationLink link = links
        .find(name.conversation())
        .filter(it -> it.name().equals(name))
        .orElseGet(() -> new ConversationLink(name, one.sid(), one.handoff(), Instant.EPOCH));
    LOG.info("{}: closed, since it is no longer at this desk", name);
    closing.close(link);
  }

  private void askFor(ConversationLink link) {
    Optional<TwilioCalls.Found> there = twilio.conversation(link.sid());
    if (there.isEmpty()) {
      var unused = inbound.report(new FlexEvent.ConversationGone(link.name()));
    } else if (there.get().closed()) {
      var unused = inbound.report(new FlexEvent.ConversationClosed(link.name()));
    }
  }

  /** Checks whether a conversation was offered by this instance and no agent has been reported since: its task may be gone. */
  private static boolean isUnheard(
      ConversationLink link, Map<ConversationName, TwilioCalls.Found> open) {
    return link.isUsable()
        && link.isReady()
        && link.wasNeverServed()
        && open.containsKey(link.name());
  }

  private void askForTask(ConversationLink link) {
    if (!flex.hasLiveTask(link.name())) {
      var unused = inbound.report(FlexEvent.TaskGone.lost(link.name()));
    }
  }
}
