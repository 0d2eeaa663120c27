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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
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
  private final AgentBook book;
  private final Executor callers;

  Reports(
      PortId desk,
      Adoption adoption,
      TwilioCalls twilio,
      FlexCalls flex,
      Handoffs handoffs,
      Closing closing,
      MessageBodies bodies,
      Submissions submissions,
      Executor callers) {
    this.desk = desk;
    this.adoption = adoption;
    this.twilio = twilio;
    this.flex = flex;
    this.handoffs = handoffs;
    this.closing = closing;
    this.bodies = bodies;
    this.submissions = submissions;
    this.book = new AgentBook(twilio);
    this.callers = callers;
  }

  /** Does what may wait for Twilio where others do not wait for it. */
  private <T> CompletableFuture<T> calling(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, callers);
  }

  CompletableFuture<Void> report(FlexEvent event) {
    Optional<Link> known = adoption.known(event.name().conversation());
    return known.isPresent()
        ? reported(event, known)
        : calling(() -> adoption.current(event.name().conversation()))
            .thenCompose(found -> reported(event, found));
  }

  private CompletableFuture<Void> reported(FlexEvent event, Optional<Link> current) {
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
    if (event instanceof FlexEvent.ConversationGone) {
      return declined(link, "gone:" + link.name(), "the Twilio conversation was deleted");
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
    return before.thenCompose(unused -> handOnce(link, message));
  }

  /** Seen is only what was handed in: what failed on the way comes again. */
  private CompletableFuture<Void> handOnce(Link link, FlexEvent.Message message) {
    boolean isNew = isForeign(message) && !link.isSeen(message.index());
    return (isNew ? hand(link, message) : done()).thenAccept(unused -> {
      boolean ignored = link.saw(message.index());
    });
  }

  /** Reads what was posted between what is known and a message whose webhook has come: webhooks get lost and overtake others. */
  private CompletableFuture<Void> fillGap(Link link, long below) {
    return calling(() -> missing(link, below))
        .thenCompose(missing -> found(link, missing))
        // What is missing still was taken back.
        .thenRun(() -> link.sawAllBelow(below));
  }

  private List<FlexEvent.Message> missing(Link link, long below) {
    List<FlexEvent.Message> newest = twilio.newestMessages(
        link.sid(),
        link.firstUnseen(),
        below - link.firstUnseen() < 20 ? 40 : TwilioCalls.PAGE,
        GAP_PAGES);
    Adoption.remember(link, newest);
    return newest.stream()
        .filter(it -> it.index() < below)
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
  }

  /** Hands in messages that were read, oldest first, each once. */
  CompletableFuture<Void> found(Link link, List<FlexEvent.Message> messages) {
    CompletableFuture<Void> all = done();
    for (FlexEvent.Message message : messages) {
      all = all.thenCompose(unused -> handOnce(link, message));
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
    return agent(link, message.author())
        .thenCompose(agent -> message.media().isEmpty()
            ? hand(link, agent, message, bodies.of(message))
            : calling(() -> bodies.of(message))
                .thenCompose(made -> hand(link, agent, message, made)));
  }

  private CompletableFuture<Void> hand(
      Link link, FlexEvent.Agent agent, FlexEvent.Message message, List<MessageBody> made) {
    ConversationId conversation = link.name().conversation();
    boolean unused = link.isNewBody(message.sid(), message.body());
    CompletableFuture<Void> all = done();
    int part = 0;
    for (MessageBody body : made) {
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
  private CompletableFuture<FlexEvent.Agent> agent(Link link, String identity) {
    Optional<FlexEvent.Agent> known = link.agent(identity).or(() -> book.find(identity));
    return (known.isPresent()
            ? CompletableFuture.completedFuture(known.get())
            : calling(() -> book.of(identity)))
        .thenApply(agent -> {
          link.wrote(agent);
          return agent;
        });
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
    return agent(link, message.author())
        .thenCompose(agent -> submissions.submit(new DeskEvent.AgentEdited(
            link.name().conversation(),
            key("edit:" + message.sid() + ":" + event.version()),
            participant(agent),
            new EntryRef.BySource(message.sid()),
            text)))
        .thenApply(result -> null);
  }

  private CompletableFuture<Void> messageRemoved(Link link, FlexEvent.Message message) {
    if (!isForeign(message)) {
      return done();
    }
    return agent(link, message.author())
        .thenCompose(agent -> submissions.submit(new DeskEvent.AgentDeleted(
            link.name().conversation(),
            key("delete:" + message.sid()),
            participant(agent),
            new EntryRef.BySource(message.sid()))))
        .thenApply(result -> null);
  }

  // Agents

  private CompletableFuture<Void> agentAccepted(Link link, FlexEvent.AgentAccepted event) {
    if (link.isOver()) {
      return done();
    }
    link.joined(event.agent(), event.task());
    book.met(event.agent());
    return submissions
        .submit(joined(link, event.agent(), "joined:" + event.task().reservation()))
        .thenCompose(result -> result instanceof IntakeResult.Refused
            ? calling(() -> isHere(link)).thenAccept(here -> tooLate(link, here))
            : done());
  }

  private boolean isHere(Link link) {
    return submissions
        .intake()
        .filter(it -> it.isAt(desk, link.name().conversation()))
        .isPresent();
  }

  /** Another desk has it by now, or it is over: the agent must not sit in a chat that leads nowhere. */
  private void tooLate(Link link, boolean isHere) {
    if (!isHere && link.end()) {
      LOG.info("{}: an agent took it too late, it is closed", link.name());
      tidyUp(link);
    }
  }

  private CompletableFuture<Void> agentGone(Link link, FlexEvent.AgentGone event) {
    if (link.isOver() || link.isGone(event.task().reservation())) {
      return done();
    }
    return calling(() -> isEnded(link, event.task()))
        .thenCompose(isEnded -> agentGone(link, event, isEnded));
  }

  private CompletableFuture<Void> agentGone(Link link, FlexEvent.AgentGone event, boolean isEnded) {
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
    return submitted(link, agent, ended).thenAccept(result -> tidyUp(link));
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

  /**
   * It was found closed: what was said last is handed in, then the end by whom Relay has in it. Where no agent wrote a word the
   * desk has lost it.
   */
  CompletableFuture<Void> endedMeanwhile(Link link, List<FlexEvent.Message> messages) {
    List<FlexEvent.Message> oldestFirst = messages.stream()
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    return found(link, oldestFirst).thenCompose(unused -> {
      List<Link.Joined> wrote = link.agents();
      if (wrote.isEmpty()) {
        return declined(link, "closed:" + link.name(), "the Twilio conversation was closed");
      }
      return link.end() ? endedByOneOf(link, wrote) : done();
    });
  }

  /** Ends it in the name of the first of them whom Relay has in it. */
  private CompletableFuture<Void> endedByOneOf(Link link, List<Link.Joined> agents) {
    DeskEvent.AgentEnded ended = new DeskEvent.AgentEnded(
        link.name().conversation(),
        key("ended:" + link.name()),
        participant(agents.get(0).agent()),
        CaseStatus.SOLVED);
    List<Link.Joined> others = agents.subList(1, agents.size());
    return submissions.submit(ended).thenCompose(result -> {
      if (isRefused(result, Refusal.Code.ALREADY_TAKEN) && !others.isEmpty()) {
        return endedByOneOf(link, others);
      }
      closing.tidyUp(link);
      return done();
    });
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
        .thenAccept(result -> tidyUp(link));
  }

  /** Nobody waits for it: what was reported is stored. */
  private void tidyUp(Link link) {
    try {
      callers.execute(() -> closing.tidyUp(link));
    } catch (RejectedExecutionException stopped) {
      LOG.debug("{}: closed after the next start", link.name());
    }
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
