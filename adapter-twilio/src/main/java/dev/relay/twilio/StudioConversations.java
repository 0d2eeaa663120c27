package dev.relay.twilio;

import com.twilio.exception.TwilioException;
import dev.relay.core.agent.Turn;
import dev.relay.core.delivery.DeliveryId;
import dev.relay.core.delivery.Destination;
import dev.relay.core.delivery.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The Twilio conversations in which the virtual agent serves by way of a Studio flow. Each is made once. Thread-safe. */
final class StudioConversations {
  private static final int MAX_DISPLAY_NAME = 250;

  private final Links links = new Links();
  private final TwilioCalls twilio;
  private final Adoption adoption;
  private final InstantSource clock;
  private final String flow;

  StudioConversations(TwilioCalls twilio, TwilioSettings settings, InstantSource clock) {
    this.twilio = twilio;
    this.clock = clock;
    this.flow = flowOf(settings);
    this.adoption = new Adoption(links, twilio, clock, (link, messages) -> {});
  }

  /** The flow, without which nothing is routed by Studio. */
  static String flowOf(TwilioSettings settings) {
    return settings
        .studioFlowSid()
        .orElseThrow(() -> new IllegalArgumentException(
            "routing by Studio needs a flow: run relay twilio setup, which publishes one, and set"
                + " RELAY_TWILIO_STUDIO_FLOW_SID to the id that it prints"));
  }

  /**
   * The conversation of a turn, with the flow on it; no call where it is remembered, four where it is new.
   *
   * @param said what the customer said in that turn
   */
  Link of(Turn turn, EntryContent.Said said) {
    forgetWhereHandedOver(turn);
    Optional<Link> known = links.find(turn.conversation());
    if (known.isPresent() && known.get().isUsable()) {
      return known.get().isReady() ? known.get() : setUp(known.get(), said, false);
    }
    ConversationName name = known
        .map(link -> link.name().next())
        .orElseGet(() -> ConversationName.first(turn.conversation()));
    Optional<Link> made = create(name, turn);
    return made.isPresent() ? setUp(made.get(), said, true) : setUp(found(turn), said, false);
  }

  /** Agents had it meanwhile: their Twilio conversation is over, or will be in a moment. */
  private void forgetWhereHandedOver(Turn turn) {
    Optional<Instant> handedOver = turn.history().stream()
        .filter(it -> it.content() instanceof EntryContent.HandoffRequested)
        .map(TranscriptEntry::at)
        .reduce((earlier, later) -> later);
    Optional<Link> known = links.find(turn.conversation());
    if (handedOver.isPresent()
        && known.isPresent()
        && !known.get().since().isAfter(handedOver.get())) {
      links.forget(turn.conversation());
    }
  }

  private Optional<Link> create(ConversationName name, Turn turn) {
    try {
      String sid = twilio.createConversation(
          name, "Relay " + name, Marks.routed(turn.id(), name, Optional.empty()));
      return Optional.of(links.keep(new Link(name, sid, turn.id(), clock.instant())));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).code() == TwilioFailure.NAME_TAKEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The newest that Twilio has, or the one after that where it is closed or agents serve it. */
  private Link found(Turn turn) {
    links.forget(turn.conversation());
    ConversationName name = ConversationName.first(turn.conversation());
    while (name.generation() < ConversationName.MAX_GENERATION) {
      Optional<TwilioCalls.Found> found = twilio.conversation(name.toString());
      if (found.isPresent() && !found.get().closed() && !found.get().forAgents()) {
        return adoption.adopt(name, found.get(), 1);
      }
      if (found.isEmpty()) {
        return create(name, turn).orElseThrow(StudioConversations::takenMeanwhile);
      }
      name = name.next();
    }
    throw new IllegalStateException(
        "conversation " + turn.conversation() + " has used up its names at Twilio");
  }

  private static TwilioNotReachedException takenMeanwhile() {
    return new TwilioNotReachedException(
        "the conversation's name was taken meanwhile", new IllegalStateException("name taken"));
  }

  private Link setUp(Link link, EntryContent.Said said, boolean fresh) {
    String identity = Handoffs.identity(said.author().id());
    twilio.addParticipant(link.sid(), identity);
    twilio.nameUser(identity, bounded(said.author().displayName()));
    if (fresh || twilio.studioHooks(link.sid()).isEmpty()) {
      twilio.addStudioHook(link.sid(), flow);
    }
    link.ready();
    return link;
  }

  /** What the customer said in a turn; empty where its history does not hold it. */
  static Optional<EntryContent.Said> saidIn(Turn turn) {
    LaneKey lane = new LaneKey(turn.conversation(), Destination.VIRTUAL_AGENT);
    return turn.history().stream()
        .filter(entry -> entry.destination() == Destination.VIRTUAL_AGENT
            && DeliveryId.of(lane, entry.sequence()).value().equals(turn.id()))
        .map(TranscriptEntry::content)
        .filter(EntryContent.Said.class::isInstance)
        .map(EntryContent.Said.class::cast)
        .findFirst();
  }

  private static String bounded(String text) {
    return text.length() > MAX_DISPLAY_NAME ? text.substring(0, MAX_DISPLAY_NAME) : text;
  }
}
