package dev.relay.twilio.studio;

import com.twilio.exception.TwilioException;
import dev.relay.core.id.ConversationId;
import dev.relay.core.text.Cut;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.rest.TwilioOutcomeUnknownException;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.SingleLine;
import dev.relay.twilio.wire.StudioAttributes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The Twilio conversations in which the virtual agent answers, each with the webhook that starts the Studio flow. Every step can be repeated. Called for one question of a conversation at a time. Thread-safe; blocks.
 */
final class StudioConversations {
  private final ConversationLinks links = new ConversationLinks();
  private final ConversationFinder finder;
  private final TwilioCalls twilio;
  private final StudioFlowId flow;
  private final InstantSource clock;

  StudioConversations(TwilioConnection connection) {
    this.twilio = connection.conversations();
    this.flow = new StudioFlowId(connection.settings(), connection.client());
    this.clock = connection.clock();
    this.finder = new ConversationFinder(links, connection, (link, messages) -> {});
  }

  /** The author of a question. */
  record Writer(String identity, String displayName) {}

  /**
   * Finds or makes the open Twilio conversation of one of Relay's: no call if it is remembered, four if it is new. Empty if its attributes ask for agents.
   *
   * @param handoffs the conversation's earlier handoffs, oldest first: the virtual agent has the conversation back
   */
  Optional<ConversationLink> open(
      ConversationId conversation, Writer writer, String turn, List<String> handoffs) {
    String newest = handoffs.isEmpty() ? "" : handoffs.get(handoffs.size() - 1);
    Optional<ConversationLink> known = links.find(conversation);
    boolean isCurrent = known
        .filter(link -> link.isUsable() && link.isReady() && link.isAfter(newest))
        .isPresent();
    if (isCurrent) {
      return known;
    }
    Optional<ConversationLink> here = known.isPresent() && !known.get().isAfter(newest)
        ? search(conversation, writer, turn, handoffs)
        : findOrMake(conversation, writer, turn, handoffs, known);
    here.ifPresent(link -> link.after(newest));
    return here;
  }

  private Optional<ConversationLink> findOrMake(
      ConversationId conversation,
      Writer writer,
      String turn,
      List<String> handoffs,
      Optional<ConversationLink> known) {
    ConversationName next = known
        .map(link -> link.isUsable() ? link.name() : link.name().next())
        .orElseGet(() -> ConversationName.first(conversation));
    Optional<ConversationLink> made = make(next, writer, turn);
    return made.isPresent()
        ? made.map(link -> setUp(link, writer, true))
        : search(conversation, writer, turn, handoffs);
  }

  /** Returns the newest conversation at Twilio if the virtual agent may answer in it, else makes the next one. */
  private Optional<ConversationLink> search(
      ConversationId conversation, Writer writer, String turn, List<String> handoffs) {
    links.forget(conversation);
    ConversationLink found =
        finder.search(conversation).orElseThrow(() -> lost(ConversationName.first(conversation)));
    if (found.isUsable()) {
      String attributes = twilio.attributes(found.sid()).orElse("");
      if (!StudioAttributes.route(attributes).equals(StudioAttributes.LIVE_AGENT)) {
        return Optional.of(setUp(found, writer, false));
      }
      if (!handoffs.contains(StudioAttributes.handoff(attributes))) {
        links.forget(conversation);
        return Optional.empty();
      }
      // A handoff that Relay gave up: the next conversation takes its place, and the watch closes
      // this one.
    }
    ConversationName next = found.name().next();
    return Optional.of(setUp(make(next, writer, turn).orElseThrow(() -> lost(next)), writer, true));
  }

  private static TwilioOutcomeUnknownException lost(ConversationName name) {
    return new TwilioOutcomeUnknownException(
        "the conversation was there and is not", new IllegalStateException(name.toString()));
  }

  /** Makes a conversation; empty if the name is taken. */
  private Optional<ConversationLink> make(ConversationName name, Writer writer, String turn) {
    try {
      String title = Cut.to(SingleLine.of(writer.displayName()), 250);
      String sid = twilio.makeConversation(name, title, StudioAttributes.ofBot(name, turn));
      return Optional.of(links.keep(new ConversationLink(name, sid, turn, clock.instant())));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).code() == TwilioFailure.NAME_TAKEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ConversationLink setUp(ConversationLink link, Writer writer, boolean fresh) {
    twilio.addParticipant(link.sid(), writer.identity());
    twilio.nameUser(writer.identity(), Cut.to(SingleLine.of(writer.displayName()), 250));
    if (fresh || twilio.studioHooks(link.sid()).isEmpty()) {
      String unused = twilio.addStudioHook(link.sid(), flow.needed());
    }
    link.ready();
    return link;
  }

  /** Forgets a conversation, so that it is read from Twilio before it is used again. */
  void forget(ConversationId conversation) {
    links.forget(conversation);
  }
}
