package dev.relay.twilio.flex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.exception.TwilioException;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.conversation.MessageParts;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.conversation.TranscriptText;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.LruCache;
import dev.relay.twilio.wire.SingleLine;
import dev.relay.twilio.wire.TaskAttributes;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Offers conversations to Flex's agents. Every step can be repeated: a second attempt finds what the first one made by the unique name,
 * by marks and by the task's attributes, and continues from there. Thread-safe; blocks.
 */
final class Handoffs {
  private static final int MAX_TITLE = 250;
  private static final int REMEMBERED = 20_000;
  private static final String IN_DOUBT = "Twilio may still act on the attempt before";

  private final ConversationLinks links;
  private final ConversationFinder finder;
  private final TwilioConnection connection;
  private final MessagePoster poster;
  private final Interactions interactions;
  private final Optional<StudioOffering> studio;
  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final Set<ConversationId> underWay =
      Collections.newSetFromMap(Collections.synchronizedMap(LruCache.of(REMEMBERED)));

  Handoffs(
      ConversationLinks links,
      ConversationFinder finder,
      TwilioConnection connection,
      MessagePoster poster,
      Interactions interactions,
      Optional<StudioOffering> studio) {
    this.links = links;
    this.finder = finder;
    this.connection = connection;
    this.poster = poster;
    this.interactions = interactions;
    this.studio = studio;
    this.twilio = connection.conversations();
    this.flex = connection.flex();
  }

  /** Checks whether Relay hands over a conversation for which agents have not been asked yet. */
  boolean isUnderWay(ConversationId conversation) {
    return underWay.contains(conversation);
  }

  /** Checks whether a Studio flow makes the tasks. */
  boolean usesStudio() {
    return studio.isPresent();
  }

  DeliveryResult deliver(DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    ConversationId conversation = delivery.conversation();
    underWay.add(conversation);
    DeliveryResult result = attempt(delivery, handoff);
    if (result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Rejected) {
      underWay.remove(conversation);
    }
    return result;
  }

  /** The Twilio conversation that a handoff finds. */
  private sealed interface Found {
    /** There is none. */
    record Nothing() implements Found {}

    /** It is open and can be used. */
    record Open(ConversationLink link) implements Found {}

    /** It was made for this handoff and has been closed since. */
    record ClosedMeanwhile(ConversationLink link) implements Found {}

    /** It was made for an earlier handoff and is closed: the next one takes its place. */
    record ClosedBefore(ConversationLink link) implements Found {}

    /** Classifies a conversation that cannot be used. */
    static Found closed(ConversationLink link, String handoffId) {
      return link.handoff().equals(handoffId) ? new ClosedMeanwhile(link) : new ClosedBefore(link);
    }
  }

  private DeliveryResult attempt(DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    ConversationName first = ConversationName.first(delivery.conversation());
    Optional<ConversationLink> known = links.find(delivery.conversation());
    // With Studio the virtual agent has made the conversation already, in most cases.
    boolean isProbablyNew = known.isEmpty() && delivery.attempt() <= 1 && studio.isEmpty();
    if (isProbablyNew) {
      Optional<DeliveryResult> made = offerNew(first, delivery, handoff);
      if (made.isPresent()) {
        return made.get();
      }
    }
    Found found = find(known, delivery);
    if (found instanceof Found.Open open) {
      try {
        return offerAgain(open.link(), delivery, handoff);
      } catch (TwilioException e) {
        if (!TwilioFailure.of(e).isClosed() && !isDeleted(open.link(), e)) {
          throw e;
        }
        // Closed or deleted meanwhile, perhaps by another instance.
        open.link().foundClosed();
        found = Found.closed(open.link(), delivery.id().value());
      }
    }
    if (found instanceof Found.ClosedMeanwhile) {
      return new DeliveryResult.Rejected("the conversation was closed before an agent took it");
    }
    ConversationName next =
        found instanceof Found.ClosedBefore before ? before.link().name().next() : first;
    return offerNew(next, delivery, handoff).orElseGet(() -> {
      links.forget(delivery.conversation());
      return DeliveryResult.retryLater("the conversation's name was taken meanwhile");
    });
  }

  private Found find(Optional<ConversationLink> known, DeskDelivery delivery) {
    boolean isCurrent = known
        .filter(link -> studio.isEmpty() || (link.isUsable() && !isFollowed(link)))
        .isPresent();
    return (isCurrent ? known : finder.search(delivery.conversation()))
        .<Found>map(link -> link.isUsable()
            ? new Found.Open(link)
            : Found.closed(link, delivery.id().value()))
        .orElseGet(Found.Nothing::new);
  }

  /** Makes a conversation and offers it; empty if its name is taken. */
  private Optional<DeliveryResult> offerNew(
      ConversationName name, DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    return create(name, delivery.id().value(), handoff)
        .map(link -> setUp(link, delivery, handoff, true));
  }

  /** Checks whether the virtual agent continues in the next one, after a handoff in this one was given up. One call. */
  private boolean isFollowed(ConversationLink link) {
    return twilio.conversation(link.name().next().toString()).isPresent();
  }

  /** Checks whether a call failed because somebody has deleted the conversation. One more call if that is possible. */
  boolean isDeleted(ConversationLink link, TwilioException failure) {
    return TwilioFailure.of(failure).isNotFound()
        && twilio.conversation(link.sid()).isEmpty();
  }

  /** Checks whether a handoff has reached agents. */
  LookUp lookUp(DeskDelivery delivery) {
    Optional<ConversationLink> link = finder.current(delivery.conversation());
    if (link.isEmpty()) {
      return new LookUp.NotFound();
    }
    if (flex.task(TaskAttributes.HANDOFF, delivery.id().value()).isPresent()) {
      studio.ifPresent(it -> it.stopFlow(link.get()));
      link.get().ready();
      underWay.remove(delivery.conversation());
      return new LookUp.Found(Optional.of(link.get().sid()));
    }
    return isInDoubt(link.get(), delivery.id().value())
        ? new LookUp.CannotTell(IN_DOUBT)
        : new LookUp.NotFound();
  }

  private boolean isInDoubt(ConversationLink link, String handoffId) {
    return link.isInDoubt(
        handoffId, connection.clock().instant(), connection.limits().doubtLasts());
  }

  /** Makes a conversation; empty if the name is taken. */
  private Optional<ConversationLink> create(
      ConversationName name, String handoffId, DeskOutbound.Handoff handoff) {
    SupportCase about = handoff.supportCase();
    String title = Cut.to(about.number() + " " + SingleLine.of(about.subject()), MAX_TITLE);
    try {
      String sid = twilio.createConversation(name, title, handoffId);
      return Optional.of(links.keep(
          new ConversationLink(name, sid, handoffId, connection.clock().instant())));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).code() == TwilioFailure.NAME_TAKEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Offers an open conversation once more: another handoff, or another attempt at the first. */
  private DeliveryResult offerAgain(
      ConversationLink link, DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    String id = delivery.id().value();
    if (link.hasAgent()) {
      // One agent passed it to another: no agent has to be found.
      return DeliveryResult.delivered(link.sid());
    }
    if (link.handoff().equals(id) || (studio.isPresent() && !link.isReady())) {
      return link.isReady()
          ? DeliveryResult.delivered(link.sid())
          : setUp(link, delivery, handoff, false);
    }
    if (flex.task(TaskAttributes.HANDOFF, id).isPresent()) {
      return DeliveryResult.delivered(link.sid());
    }
    if (isInDoubt(link, id)) {
      return new DeliveryResult.Unknown(IN_DOUBT);
    }
    return offer(link, delivery, handoff);
  }

  private DeliveryResult setUp(
      ConversationLink link, DeskDelivery delivery, DeskOutbound.Handoff handoff, boolean fresh) {
    String id = delivery.id().value();
    String identity = CustomerIdentity.of(handoff.customer().id().toString());
    twilio.addParticipant(link.sid(), identity);
    twilio.nameUser(identity, HandoffAttributes.displayName(handoff));
    String url = webhookUrl(connection.settings().publicUrl(), link.name());
    if (fresh || !twilio.webhookUrls(link.sid()).contains(url)) {
      twilio.addWebhook(link.sid(), url);
    }
    Locale language = handoff.customer().locale();
    String before = TranscriptText.of(
        fresh || studio.isEmpty()
            ? handoff.transcript()
            : studio.get().unsaid(link, handoff.transcript()),
        language);
    if (!before.isEmpty()) {
      List<MessageParts.Part> parts = TranscriptText.messages(before, language).stream()
          .<MessageParts.Part>map(MessageParts.Part.Text::new)
          .toList();
      DeliveryResult posted = poster.post(link, id, Participant.RELAY.displayName(), parts, !fresh);
      if (!(posted instanceof DeliveryResult.Delivered)) {
        return posted;
      }
    }
    if (!fresh) {
      if (flex.task(TaskAttributes.HANDOFF, id).isPresent()) {
        studio.ifPresent(it -> it.stopFlow(link));
        link.ready();
        return DeliveryResult.delivered(link.sid());
      }
      if (isInDoubt(link, id)) {
        return new DeliveryResult.Unknown(IN_DOUBT);
      }
    }
    return offer(link, delivery, handoff);
  }

  private DeliveryResult offer(
      ConversationLink link, DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    ObjectNode attributes =
        HandoffAttributes.of(connection.settings(), link.name(), delivery.id().value(), handoff);
    try {
      Optional<FlexCalls.Place> open = link.handoff().equals(delivery.id().value())
          ? Optional.empty()
          : interactions.findOpen(link);
      if (open.isEmpty() && studio.isPresent()) {
        return studio.get().offer(link, delivery, handoff, attributes);
      }
      if (open.isPresent()) {
        flex.invite(open.get().sid(), open.get().channel().orElseThrow(), attributes);
      } else {
        link.interaction(flex.offer(link.sid(), attributes));
      }
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.kind() == TwilioFailure.Kind.UNKNOWN) {
        link.inDoubt(delivery.id().value(), connection.clock().instant());
      }
      throw e;
    }
    link.ready();
    return DeliveryResult.delivered(link.sid());
  }

  /** Returns the webhook address, which names the conversation: no call is needed to find the conversation of an event. */
  static String webhookUrl(URI publicUrl, ConversationName name) {
    return publicUrl + WebhookRequest.CONVERSATIONS + "?conversation=" + name;
  }
}
