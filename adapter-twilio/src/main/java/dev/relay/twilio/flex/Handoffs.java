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
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.Adoption;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.Links;
import dev.relay.twilio.conversation.Parts;
import dev.relay.twilio.conversation.Posts;
import dev.relay.twilio.conversation.TranscriptText;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.Memory;
import dev.relay.twilio.wire.TaskAttributes;
import dev.relay.twilio.wire.TwilioWebhook;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Offers conversations to Flex's agents. Every step can be repeated: a second attempt finds what the first one made by the unique
 * name, by marks and by the task's attributes, and goes on from there. Thread-safe.
 */
public final class Handoffs {
  private static final int MAX_TITLE = 250;
  private static final int MAX_DISPLAY_NAME = 250;
  private static final int REMEMBERED = 20_000;

  private final Links links;
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final Posts posts;
  private final TwilioSettings settings;
  private final InstantSource clock;
  private final Optional<StudioOffering> studio;
  private final Set<ConversationId> underWay =
      Collections.newSetFromMap(Collections.synchronizedMap(Memory.of(REMEMBERED)));

  Handoffs(
      Links links,
      Adoption adoption,
      TwilioCalls twilio,
      FlexCalls flex,
      Posts posts,
      TwilioSettings settings,
      InstantSource clock,
      Optional<StudioOffering> studio) {
    this.links = links;
    this.adoption = adoption;
    this.twilio = twilio;
    this.flex = flex;
    this.posts = posts;
    this.settings = settings;
    this.clock = clock;
    this.studio = studio;
  }

  /** Whether agents have not been asked yet for what Relay hands over. */
  boolean isUnderWay(ConversationId conversation) {
    return underWay.contains(conversation);
  }

  DeliveryResult hand(DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    ConversationId conversation = delivery.conversation();
    underWay.add(conversation);
    DeliveryResult result = attempt(delivery, handoff);
    if (result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Rejected) {
      underWay.remove(conversation);
    }
    return result;
  }

  private DeliveryResult attempt(DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    String id = delivery.id().value();
    Optional<Link> known = links.find(delivery.conversation());
    // With Studio the virtual agent has made it, mostly.
    boolean mayBeNew = known.isEmpty() && delivery.attempt() <= 1 && studio.isEmpty();
    if (mayBeNew) {
      Optional<Link> fresh = create(ConversationName.first(delivery.conversation()), id, handoff);
      if (fresh.isPresent()) {
        return setUp(fresh.get(), delivery, handoff, true);
      }
    }
    boolean isKnown = known
        .filter(link -> studio.isEmpty() || (link.isUsable() && !isFollowed(link)))
        .isPresent();
    Optional<Link> found = isKnown ? known : adoption.search(delivery.conversation());
    if (found.isPresent() && found.get().isUsable()) {
      try {
        return again(found.get(), delivery, handoff);
      } catch (TwilioException e) {
        if (!TwilioFailure.of(e).isClosed() && !isDeleted(found.get(), e)) {
          throw e;
        }
        // Closed or deleted meanwhile, perhaps by another instance: the next one takes its place.
        found.get().foundClosed();
      }
    }
    if (found.isPresent() && found.get().handoff().equals(id)) {
      return new DeliveryResult.Rejected("the conversation was closed before an agent took it");
    }
    ConversationName next = found
        .map(link -> link.name().next())
        .orElseGet(() -> ConversationName.first(delivery.conversation()));
    Optional<Link> fresh = create(next, id, handoff);
    if (fresh.isEmpty()) {
      links.forget(delivery.conversation());
      return DeliveryResult.retryLater("the conversation's name was taken meanwhile");
    }
    return setUp(fresh.get(), delivery, handoff, true);
  }

  /** Whether the virtual agent has gone on in another one, since a handoff in this one was given up. One call. */
  private boolean isFollowed(Link link) {
    return twilio.conversation(link.name().next().toString()).isPresent();
  }

  /** Whether a call failed since somebody has deleted the conversation; one more call where it may be so. */
  boolean isDeleted(Link link, TwilioException failure) {
    return TwilioFailure.of(failure).isNotFound()
        && twilio.conversation(link.sid()).isEmpty();
  }

  /** Whether that handoff has reached agents. */
  LookUp lookUp(DeskDelivery delivery) {
    Optional<Link> link = adoption.current(delivery.conversation());
    if (link.isEmpty()) {
      return new LookUp.NotFound();
    }
    if (flex.task(TaskAttributes.HANDOFF, delivery.id().value()).isPresent()) {
      studio.ifPresent(it -> it.stopFlow(link.get()));
      link.get().ready();
      underWay.remove(delivery.conversation());
      return new LookUp.Found(Optional.of(link.get().sid()));
    }
    boolean inDoubt = link.get()
        .isInDoubt(delivery.id().value(), clock.instant(), settings.limits().doubtLasts());
    return inDoubt
        ? new LookUp.CannotTell("Twilio may still act on the attempt before")
        : new LookUp.NotFound();
  }

  /** A new conversation; empty where the name is taken. */
  private Optional<Link> create(
      ConversationName name, String handoffId, DeskOutbound.Handoff handoff) {
    SupportCase about = handoff.supportCase();
    String title = Cut.to(about.number() + " " + about.subject(), MAX_TITLE);
    try {
      String sid = twilio.createConversation(name, title, handoffId);
      return Optional.of(links.keep(new Link(name, sid, handoffId, clock.instant())));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).code() == TwilioFailure.NAME_TAKEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** One more handoff of a conversation that is open, or one more attempt at the first. */
  private DeliveryResult again(Link link, DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    String id = delivery.id().value();
    if (link.hasAgent()) {
      // It was passed from one agent to another: nobody has to be found.
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
    if (link.isInDoubt(id, clock.instant(), settings.limits().doubtLasts())) {
      return new DeliveryResult.Unknown("Twilio may still act on the attempt before");
    }
    return offer(link, delivery, handoff);
  }

  private DeliveryResult setUp(
      Link link, DeskDelivery delivery, DeskOutbound.Handoff handoff, boolean fresh) {
    String id = delivery.id().value();
    String identity = CustomerIdentity.of(handoff.customer().id().toString());
    twilio.addParticipant(link.sid(), identity);
    twilio.nameUser(identity, Cut.to(handoff.customer().displayName(), MAX_DISPLAY_NAME));
    String url = webhookUrl(settings.publicUrl(), link.name());
    if (fresh || !twilio.webhookUrls(link.sid()).contains(url)) {
      twilio.addWebhook(link.sid(), url);
    }
    String before = TranscriptText.of(
        fresh || studio.isEmpty()
            ? handoff.transcript()
            : studio.get().unsaid(link, handoff.transcript()));
    if (!before.isEmpty()) {
      List<Parts.Part> parts = Parts.cut("What was said so far (times in UTC):\n" + before).stream()
          .<Parts.Part>map(Parts.Part.Text::new)
          .toList();
      DeliveryResult posted = posts.post(link, id, Participant.RELAY.displayName(), parts, !fresh);
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
      if (link.isInDoubt(id, clock.instant(), settings.limits().doubtLasts())) {
        return new DeliveryResult.Unknown("Twilio may still act on the attempt before");
      }
    }
    return offer(link, delivery, handoff);
  }

  private DeliveryResult offer(Link link, DeskDelivery delivery, DeskOutbound.Handoff handoff) {
    ObjectNode attributes = attributes(link.name(), delivery.id().value(), handoff);
    try {
      Optional<FlexCalls.Place> open =
          link.handoff().equals(delivery.id().value()) ? Optional.empty() : openPlace(link);
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
        link.inDoubt(delivery.id().value(), clock.instant());
      }
      throw e;
    }
    link.ready();
    return DeliveryResult.delivered(link.sid());
  }

  /** Where agents were before, as long as others can come there. */
  private Optional<FlexCalls.Place> openPlace(Link link) {
    return place(link)
        .flatMap(place -> flex.channel(place.sid())
            .filter(FlexCalls.Channel::open)
            .map(channel -> new FlexCalls.Place(place.sid(), Optional.of(channel.sid()))));
  }

  /** The interaction of a conversation: remembered, else found by its task. */
  Optional<FlexCalls.Place> place(Link link) {
    if (link.interaction().isPresent()) {
      return link.interaction();
    }
    Optional<FlexCalls.Place> found = flex.task(
            TaskAttributes.CONVERSATION, link.name().toString())
        .flatMap(task -> task.interaction().map(sid -> new FlexCalls.Place(sid, task.channel())));
    found.ifPresent(link::interaction);
    return found;
  }

  /** All interactions of a conversation: a flow that runs twice makes two. */
  List<FlexCalls.Place> places(Link link) {
    if (studio.isEmpty()) {
      return place(link).stream().toList();
    }
    return flex.tasks(TaskAttributes.CONVERSATION, link.name().toString()).stream()
        .flatMap(task ->
            task.interaction().map(sid -> new FlexCalls.Place(sid, task.channel())).stream())
        .distinct()
        .toList();
  }

  /** What the agent and the workflow see of the case. */
  private ObjectNode attributes(
      ConversationName name, String handoffId, DeskOutbound.Handoff handoff) {
    SupportCase about = handoff.supportCase();
    ObjectNode attributes = Marks.object();
    attributes.put(TaskAttributes.CONVERSATION, name.toString());
    attributes.put(TaskAttributes.HANDOFF, handoffId);
    attributes.put("name", Cut.to(handoff.customer().displayName(), MAX_DISPLAY_NAME));
    attributes.put("customerName", Cut.to(handoff.customer().displayName(), MAX_DISPLAY_NAME));
    attributes.put("case_number", about.number().value());
    attributes.put("case_kind", about.kind().name());
    attributes.put("case_priority", about.priority().name());
    attributes.put("case_subject", about.subject());
    attributes.put(
        "case_url", settings.publicUrl() + "/desk#/cases/" + about.number().value());
    attributes.put("queue", handoff.queue().value());
    attributes.put("channel", handoff.customer().channel().value());
    attributes.put("language", handoff.customer().locale().toLanguageTag());
    attributes.put("reason", handoff.reason());
    return attributes;
  }

  /** The address names the conversation, so that no call is needed to know what an event is about; it is signed with the rest. */
  static String webhookUrl(URI publicUrl, ConversationName name) {
    return publicUrl + TwilioWebhook.CONVERSATIONS + "?conversation=" + name;
  }
}
