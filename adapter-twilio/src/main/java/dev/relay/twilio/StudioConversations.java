package dev.relay.twilio;

import com.twilio.exception.TwilioException;
import dev.relay.core.conversation.ConversationId;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The Twilio conversations in which the virtual agent answers, each with the webhook that starts the Studio flow. Every step can be
 * repeated. Called for one question of a conversation at a time; thread-safe; blocks.
 */
final class StudioConversations {
  private final Links links = new Links();
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final String flow;
  private final InstantSource clock;

  StudioConversations(TwilioCalls twilio, String flow, InstantSource clock) {
    this.twilio = twilio;
    this.flow = flow;
    this.clock = clock;
    this.adoption = new Adoption(links, twilio, clock, (link, messages) -> {});
  }

  /** Who writes. */
  record Writer(String identity, String displayName) {}

  /**
   * The open conversation of one of Relay's, found or made: no call where it is remembered, four where it is new. Empty where
   * agents are asked for in it.
   */
  Optional<Link> open(ConversationId conversation, Writer writer, String turn) {
    Optional<Link> known = links.find(conversation);
    if (known.filter(link -> link.isUsable() && link.isReady()).isPresent()) {
      return known;
    }
    ConversationName next = known
        .map(link -> link.isUsable() ? link.name() : link.name().next())
        .orElseGet(() -> ConversationName.first(conversation));
    Optional<Link> made = make(next, writer, turn);
    if (made.isPresent()) {
      return Optional.of(setUp(made.get(), writer, true));
    }
    links.forget(conversation);
    Link found = adoption.search(conversation).orElseThrow(() -> lost(next));
    if (!found.isUsable()) {
      return Optional.of(setUp(
          make(found.name().next(), writer, turn).orElseThrow(() -> lost(next)), writer, true));
    }
    String route = twilio.attributes(found.sid()).map(StudioAttributes::route).orElse("");
    if (route.equals(StudioAttributes.LIVE_AGENT)) {
      links.forget(conversation);
      return Optional.empty();
    }
    return Optional.of(setUp(found, writer, false));
  }

  private static TwilioOutcomeUnknownException lost(ConversationName name) {
    return new TwilioOutcomeUnknownException(
        "the conversation was there and is not", new IllegalStateException(name.toString()));
  }

  /** A new conversation; empty where the name is taken. */
  private Optional<Link> make(ConversationName name, Writer writer, String turn) {
    try {
      String title = StudioAttributes.cut(writer.displayName(), 250);
      String sid = twilio.makeConversation(name, title, StudioAttributes.ofBot(name, turn));
      return Optional.of(links.keep(new Link(name, sid, turn, clock.instant())));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).code() == TwilioFailure.NAME_TAKEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Link setUp(Link link, Writer writer, boolean fresh) {
    twilio.addParticipant(link.sid(), writer.identity());
    twilio.nameUser(writer.identity(), StudioAttributes.cut(writer.displayName(), 250));
    if (fresh || twilio.studioHooks(link.sid()).isEmpty()) {
      String unused = twilio.addStudioHook(link.sid(), flow);
    }
    link.ready();
    return link;
  }

  /** Reads it back from Twilio before it is used again. */
  void forget(ConversationId conversation) {
    links.forget(conversation);
  }
}
