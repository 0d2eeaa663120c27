package dev.relay.twilio;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.ConversationId;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.conversation.EventKey;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.delivery.PortId;
import dev.relay.core.engine.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what Twilio reports into Relay's events. Called in the order of each conversation; the futures complete when all that
 * follows is stored. Thread-safe.
 */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final int GAP_PAGES = 10;

  private final PortId desk;
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final FlexCalls flex;
  private final Handoffs handoffs;
  private final Closing closing;
  private final MessageBodies bodies;
  private final Submissions submissions;

  Reports(
      PortId desk,
      Adoption adoption,
      TwilioCalls twilio,
      FlexCalls flex,
      Handoffs handoffs,
      Closing closing,
      MessageBodies bodies,
      Submissions submissions) {
    this.desk = desk;
    this.adoption = adoption;
    this.twilio = twilio;
    this.flex = flex;
    this.handoffs = handoffs;
    this.closing = closing;
    this.bodies = bodies;
    this.submissions = submissions;
  }

  CompletableFuture<Void> report(FlexEvent event) {
    Optional<Link> current = adoption.current(event.name().conversation());
    if (current.isEmpty()) {
      LOG.warn("{}: an event of a conversation that Twilio does not have", event.name());
      return done();
    }
    Link link = current.get();
    if (link.name().generation() != event.name().generation()
        && !(event instanceof FlexEvent.MessageAdded)) {
      // Of a Twilio conversation that has been closed and followed by another.
      return done();
    }
    if (event instanceof FlexEvent.MessageAdded added) {
      return messageAdded(link, event.name(), added.message());
    }
    if (event instanceof FlexEvent.TaskCreated) {
      return done();
    }
    if (event instanceof FlexEvent.MessageUpdated updated) {
      return messageUpdated(link, updated);
    }
    if (event instanceof FlexEvent.MessageRemoved removed) {
      return messageRemoved(link, removed.message());
    }
    if (event instanceof FlexEvent.AgentAccepted accepted) {
      return agentAccepted(link, accepted);
    }
    if (event instanceof FlexEvent.AgentGone gone) {
      return agentGone(link, gone);
    }
    if (event instanceof FlexEvent.TaskGone gone) {
      return taskGone(link, gone);
    }
    return conversationClosed(link);
  }

  // Messages

  private CompletableFuture<Void> messageAdded(
      Link link, ConversationName name, FlexEvent.Message message) {
    if (name.generation() != link.name().generation()) {
      return isForeign(message) ? hand(link, message) : done();
    }
    CompletableFuture<Void> before = done();
    if (message.index() > link.firstUnseen()) {
      before = fillGap(link, message.index());
    }
    return before.thenCompose(unused -> {
      boolean isNew = link.saw(message.index());
      return isNew && isForeign(message) ? hand(link, message) : done();
    });
  }

  /** Reads what was posted between what is known and a message whose webhook has come: webhooks get lost and overtake others. */
  private CompletableFuture<Void> fillGap(Link link, long below) {
    List<FlexEvent.Message> newest = twilio.newestMessages(
        link.sid(),
        link.firstUnseen(),
        below - link.firstUnseen() < 20 ? 40 : TwilioCalls.PAGE,
        GAP_PAGES);
    Adoption.remember(link, newest);
    List<FlexEvent.Message> missing = newest.stream()
        .filter(it -> it.index() < below)
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    return found(link, missing)
        // What is missing still was taken back.
        .thenRun(() -> link.sawAllBelow(below));
  }

  /** Hands in messages that were read, oldest first, each once. */
  CompletableFuture<Void> found(Link link, List<FlexEvent.Message> messages) {
    CompletableFuture<Void> all = done();
    for (FlexEvent.Message message : messages) {
      all = all.thenCompose(
          unused -> link.saw(message.index()) && isForeign(message) ? hand(link, message) : done());
    }
    return all;
  }

  /** Echo guard: what Relay posted carries its mark; what the customer is said to have written came from Relay too. */
  private static boolean isForeign(FlexEvent.Message message) {
    return !message.isOurs()
        && !Handoffs.isCustomer(message.author())
        && !message.author().equals(Participant.RELAY.displayName());
  }

  private CompletableFuture<Void> hand(Link link, FlexEvent.Message message) {
    ConversationId conversation = link.name().conversation();
    FlexEvent.Agent agent = agentOf(link, message.author());
    boolean unused = link.isNewBody(message.sid(), message.body());
    CompletableFuture<Void> all = done();
    int part = 0;
    for (MessageBody body : bodies.of(message)) {
      part++;
      String suffix = part == 1 ? "" : "/" + part;
      DeskEvent.AgentWrote wrote = new DeskEvent.AgentWrote(
          conversation,
          key("message:" + message.sid() + suffix),
          participant(agent),
          part == 1 ? Optional.of(message.sid()) : Optional.empty(),
          body);
      all = all.thenCompose(before -> submitted(link, agent, wrote))
          .thenCompose(result -> spokenBeside(link, result, wrote))
          .thenApply(result -> null);
    }
    return all;
  }

  /** An agent whose joining was not reported is announced with what they write first. */
  private FlexEvent.Agent agentOf(Link link, String identity) {
    Optional<FlexEvent.Agent> known = link.agent(identity);
    if (known.isPresent()) {
      return known.get();
    }
    String name = twilio.userName(identity).orElseGet(() -> AgentNames.fromIdentity(identity));
    FlexEvent.Agent agent = new FlexEvent.Agent(identity, AgentNames.bounded(name));
    link.wrote(agent);
    return agent;
  }

  /** Relay has one agent in a conversation: what a second one writes is passed on under the first one's hand, with their name. */
  private CompletableFuture<IntakeResult> spokenBeside(
      Link link, IntakeResult result, DeskEvent.AgentWrote wrote) {
    boolean taken = isRefused(result, Refusal.Code.ALREADY_TAKEN);
    Optional<Participant> first = link.agents().stream()
        .map(it -> participant(it.agent()))
        .filter(it -> !it.isSameAs(wrote.agent()))
        .findFirst();
    if (!taken || first.isEmpty()) {
      return CompletableFuture.completedFuture(result);
    }
    MessageBody body = wrote.body();
    String text = wrote.agent().displayName() + ": " + body.text();
    MessageBody named = text.length() > MessageBody.MAX_TEXT
        ? body
        : new MessageBody(text, body.attachments(), body.articles(), body.buttons());
    return submissions.submit(new DeskEvent.AgentWrote(
        wrote.conversation(), wrote.key(), first.get(), wrote.sourceId(), named));
  }

  private CompletableFuture<Void> messageUpdated(Link link, FlexEvent.MessageUpdated event) {
    FlexEvent.Message message = event.message();
    // Attributes and receipts change too; only another text is of interest.
    if (!isForeign(message)
        || !link.isNewBody(message.sid(), message.body())
        || message.body().isBlank()) {
      return done();
    }
    String text = message.body().length() > MessageBody.MAX_TEXT
        ? message.body().substring(0, MessageBody.MAX_TEXT)
        : message.body();
    return submissions
        .submit(new DeskEvent.AgentEdited(
            link.name().conversation(),
            key("edit:" + message.sid() + ":" + event.version()),
            participant(agentOf(link, message.author())),
            new EntryRef.BySource(message.sid()),
            text))
        .thenApply(result -> null);
  }

  private CompletableFuture<Void> messageRemoved(Link link, FlexEvent.Message message) {
    if (!isForeign(message)) {
      return done();
    }
    return submissions
        .submit(new DeskEvent.AgentDeleted(
            link.name().conversation(),
            key("delete:" + message.sid()),
            participant(agentOf(link, message.author())),
            new EntryRef.BySource(message.sid())))
        .thenApply(result -> null);
  }

  // Agents

  private CompletableFuture<Void> agentAccepted(Link link, FlexEvent.AgentAccepted event) {
    if (link.isOver()) {
      return done();
    }
    link.joined(event.agent(), event.task());
    return submissions
        .submit(joined(link, event.agent(), "joined:" + event.task().reservation()))
        .thenApply(result -> null);
  }

  private CompletableFuture<Void> agentGone(Link link, FlexEvent.AgentGone event) {
    if (link.isOver() || link.isGone(event.task().reservation())) {
      return done();
    }
    boolean isEnded = isEnded(link, event.task());
    List<Link.Joined> before = link.agents();
    link.left(event.agent(), event.task().reservation());
    if (isEnded) {
      return ended(link, event.agent());
    }
    ConversationId conversation = link.name().conversation();
    String reservation = event.task().reservation();
    boolean wasFirst = before.isEmpty()
        || before.get(0).agent().identity().equals(event.agent().identity());
    if (!wasFirst) {
      // A second agent has left; the first one has the conversation.
      return done();
    }
    DeskEvent.AgentLeft left = new DeskEvent.AgentLeft(
        conversation, key("left:" + reservation), participant(event.agent()));
    return submitted(link, event.agent(), left).thenCompose(result -> {
      Optional<FlexEvent.Agent> next =
          link.agents().stream().map(Link.Joined::agent).findFirst();
      return next.isEmpty()
          ? done()
          : submissions
              .submit(joined(link, next.get(), "joined-after:" + reservation))
              .thenApply(joined -> null);
    });
  }

  /** Whether the conversation ended with the agent's part: one or two calls, once for each agent. */
  private boolean isEnded(Link link, FlexEvent.TaskRef task) {
    boolean closed =
        twilio.conversation(link.sid()).map(TwilioCalls.Found::closed).orElse(true);
    if (closed) {
      return true;
    }
    Optional<String> interaction =
        task.interaction().or(() -> handoffs.place(link).map(FlexCalls.Place::sid));
    return interaction.flatMap(flex::channel).map(channel -> !channel.open()).orElse(false);
  }

  private CompletableFuture<Void> ended(Link link, FlexEvent.Agent agent) {
    boolean first = link.end();
    if (!first) {
      return done();
    }
    DeskEvent.AgentEnded ended = new DeskEvent.AgentEnded(
        link.name().conversation(),
        key("ended:" + link.name()),
        participant(agent),
        CaseStatus.SOLVED);
    return submitted(link, agent, ended).thenAccept(result -> closing.tidyUp(link));
  }

  // The end of things

  private CompletableFuture<Void> conversationClosed(Link link) {
    if (link.isOver()) {
      return done();
    }
    Optional<Link.Joined> agent = link.agents().stream().findFirst();
    return agent.isPresent()
        ? ended(link, agent.get().agent())
        : declined(link, "closed:" + link.name(), "the Twilio conversation was closed");
  }

  private CompletableFuture<Void> taskGone(Link link, FlexEvent.TaskGone event) {
    boolean withAnother = link.agents().stream()
        .anyMatch(it -> !it.task().isEmpty() && !it.task().equals(event.task().task()));
    if (link.isOver() || withAnother) {
      // An invitation that came to nothing while an agent has the conversation.
      return done();
    }
    return declined(link, "task:" + event.task().task(), event.reason());
  }

  /** Nobody takes it, or it was lost: the customer is told, and nothing stays open at Twilio. */
  CompletableFuture<Void> declined(Link link, String key, String reason) {
    if (!link.end()) {
      return done();
    }
    return submissions
        .submit(new DeskEvent.DeskDeclined(link.name().conversation(), key(key), desk, reason))
        .thenAccept(result -> closing.tidyUp(link));
  }

  // Shared

  /** Hands in what an agent did; where their joining was not seen, after that. */
  private CompletableFuture<IntakeResult> submitted(
      Link link, FlexEvent.Agent agent, DeskEvent event) {
    return submissions.submit(event).thenCompose(result -> {
      if (!isRefused(result, Refusal.Code.NOT_LIVE)) {
        return CompletableFuture.completedFuture(result);
      }
      String key = "joined-with:" + event.key().map(EventKey::key).orElse("");
      return submissions
          .submit(joined(link, agent, key))
          .thenCompose(joined -> submissions.submit(event));
    });
  }

  private static boolean isRefused(IntakeResult result, Refusal.Code code) {
    return result instanceof IntakeResult.Refused refused && refused.refusal().code() == code;
  }

  private DeskEvent.AgentJoined joined(Link link, FlexEvent.Agent agent, String key) {
    return new DeskEvent.AgentJoined(
        link.name().conversation(), key(key), desk, participant(agent));
  }

  private static Participant participant(FlexEvent.Agent agent) {
    return Participant.agent(agent.identity(), agent.displayName());
  }

  private Optional<EventKey> key(String key) {
    return Optional.of(new EventKey(desk.value(), key));
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
