package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import dev.relay.twilio.conversation.Adoption;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Submissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  /** Well within a delivery's lease. */
  private static final long DECISION_SECONDS = 5;

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
        && !CustomerIdentity.isCustomer(message.author())
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
    if (!isRefused(result, Refusal.Code.ALREADY_TAKEN)) {
      return CompletableFuture.completedFuture(result);
    }
    return calling(() -> serving(link)).thenCompose(first -> {
      if (first.isEmpty()) {
        return CompletableFuture.completedFuture(result);
      }
      MessageBody body = wrote.body();
      String text = wrote.agent().displayName() + ": " + body.text();
      MessageBody named = text.length() > MessageBody.MAX_TEXT
          ? body
          : new MessageBody(text, body.attachments(), body.articles(), body.buttons());
      return submissions.submit(new DeskEvent.AgentWrote(
          wrote.conversation(), wrote.key(), first.get(), wrote.sourceId(), named));
    });
  }

  /** The agent whom Relay has in it. Twilio alone does not tell: after a restart all that is left there is who wrote. */
  private Optional<Participant> serving(Link link) {
    return submissions.intake().flatMap(it -> it.agentAt(desk, link.name().conversation()));
  }

  private CompletableFuture<Void> messageUpdated(Link link, FlexEvent.MessageUpdated event) {
    FlexEvent.Message message = event.message();
    // Attributes and receipts change too; only another text is of interest.
    if (!isForeign(message)
        || !link.isNewBody(message.sid(), message.body())
        || message.body().isBlank()) {
      return done();
    }
    String text = Cut.to(message.body(), MessageBody.MAX_TEXT);
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
        .thenCompose(isEnded -> agentGone(link, event, isEnded))
        .thenRun(() -> link.gone(event.task().reservation()));
  }

  private CompletableFuture<Void> agentGone(Link link, FlexEvent.AgentGone event, boolean isEnded) {
    if (isEnded) {
      return over(link, Optional.of(event.agent()));
    }
    // Before a handoff follows, which needs nobody where an agent is still in it.
    link.left(event.agent());
    return calling(() -> serving(link)).thenCompose(serving -> {
      boolean isSecond =
          serving.filter(it -> !it.isSameAs(participant(event.agent()))).isPresent();
      // When a second agent leaves, the first one has the conversation.
      return isSecond ? done() : left(link, event);
    });
  }

  private CompletableFuture<Void> left(Link link, FlexEvent.AgentGone event) {
    String reservation = event.task().reservation();
    DeskEvent.AgentLeft left = new DeskEvent.AgentLeft(
        link.name().conversation(), key("left:" + reservation), participant(event.agent()));
    return submitted(link, event.agent(), left)
        .thenCompose(result -> calling(() -> next(link)))
        .thenCompose(next -> next.isEmpty()
            ? done()
            : submissions
                .submit(joined(link, next.get(), "joined-after:" + reservation))
                .thenApply(joined -> null));
  }

  /** Who has it after another has left: one with a task, as far as is known; after a restart the last who wrote, where somebody has a task. */
  private Optional<FlexEvent.Agent> next(Link link) {
    List<Link.Joined> all = link.agents();
    Optional<FlexEvent.Agent> withTask =
        all.stream().filter(it -> !it.task().isEmpty()).map(Link.Joined::agent).findFirst();
    if (withTask.isPresent() || all.isEmpty() || !flex.hasAgent(link.name())) {
      return withTask;
    }
    return Optional.of(all.get(all.size() - 1).agent());
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

  // The end of things

  private CompletableFuture<Void> conversationClosed(Link link) {
    if (link.isOver()) {
      return done();
    }
    Optional<FlexEvent.Agent> agent = link.agents().stream()
        .filter(it -> !it.task().isEmpty())
        .map(Link.Joined::agent)
        .findFirst();
    return over(link, agent);
  }

  /**
   * The Twilio conversation is over: what was said last is read, since its webhook may be lost, then the end is told. One call.
   *
   * @param agent in whose name it ends where Relay has nobody in it
   */
  private CompletableFuture<Void> over(Link link, Optional<FlexEvent.Agent> agent) {
    return calling(() -> last(link)).thenCompose(messages -> over(link, messages, agent));
  }

  private List<FlexEvent.Message> last(Link link) {
    try {
      return missing(link, Long.MAX_VALUE);
    } catch (TwilioException e) {
      if (!TwilioFailure.of(e).isNotFound()) {
        throw e;
      }
      // Deleted with all that was in it.
      return List.of();
    }
  }

  /**
   * It was found closed, with these newest messages in it. Where no agent wrote a word it was lost, rather than ended by one who
   * had nothing to say.
   */
  CompletableFuture<Void> endedMeanwhile(Link link, List<FlexEvent.Message> messages) {
    if (messages.stream().noneMatch(Reports::isForeign)) {
      return declined(link, "closed:" + link.name(), "the Twilio conversation was closed");
    }
    List<FlexEvent.Message> oldestFirst = messages.stream()
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    return over(link, oldestFirst, Optional.empty());
  }

  /** Ends it in the name of the agent whom Relay has in it. Where it has none, the desk has lost it. */
  private CompletableFuture<Void> over(
      Link link, List<FlexEvent.Message> oldestFirst, Optional<FlexEvent.Agent> agent) {
    return found(link, oldestFirst)
        .thenCompose(unused -> calling(() -> serving(link)))
        .thenCompose(serving -> {
          if (serving.isEmpty() && agent.isEmpty()) {
            return declined(link, "closed:" + link.name(), "the Twilio conversation was closed");
          }
          if (!link.end()) {
            return done();
          }
          DeskEvent.AgentEnded ended = new DeskEvent.AgentEnded(
              link.name().conversation(),
              key("ended:" + link.name()),
              serving.orElseGet(() -> participant(agent.orElseThrow())),
              CaseStatus.SOLVED);
          CompletableFuture<IntakeResult> told = serving.isPresent()
              ? submissions.submit(ended)
              : submitted(link, agent.orElseThrow(), ended);
          return told.thenAccept(result -> tidyUp(link));
        });
  }

  private CompletableFuture<Void> taskGone(Link link, FlexEvent.TaskGone event) {
    boolean withAnother = link.agents().stream()
        .anyMatch(it -> !it.task().isEmpty() && !it.task().equals(event.task().task()));
    if (link.isOver() || withAnother) {
      // An invitation that came to nothing while an agent has the conversation.
      return done();
    }
    return calling(() -> serving(link).isPresent() && flex.hasAgent(link.name()))
        .thenCompose(isServed ->
            isServed ? done() : declined(link, "task:" + event.task().task(), event.reason()));
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

  /** The same, once it is known that it is stored; waits for that for a moment. */
  boolean isDeclined(Link link, String key, String reason) {
    try {
      declined(link, key, reason).get(DECISION_SECONDS, TimeUnit.SECONDS);
      return submissions.intake().isPresent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("{}: not stored yet that it is closed", link.name());
    }
    return false;
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
