package dev.relay.twilio.flex;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.FlexEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Turns the messages of agents into desk events. Called in the order of each conversation. Thread-safe. */
final class MessageReports {
  private static final int GAP_PAGES = 10;

  private final TwilioCalls twilio;
  private final DeskReporter reporter;
  private final BlockingCalls calls;
  private final MessageBodies bodies;
  private final AgentDirectory directory;

  MessageReports(
      TwilioCalls twilio,
      DeskReporter reporter,
      BlockingCalls calls,
      MessageBodies bodies,
      AgentDirectory directory) {
    this.twilio = twilio;
    this.reporter = reporter;
    this.calls = calls;
    this.bodies = bodies;
    this.directory = directory;
  }

  CompletableFuture<Void> added(
      ConversationLink link, ConversationName name, FlexEvent.Message message) {
    if (name.generation() != link.name().generation()) {
      return isForeign(message) ? submit(link, message) : done();
    }
    CompletableFuture<Void> before = done();
    if (message.index() > link.firstUnseen()) {
      before = fillGap(link, message.index());
    }
    return before.thenCompose(unused -> submitOnce(link, message));
  }

  /** Submits a message that was not seen. It counts as seen once it is submitted: after a failure it is submitted again. */
  private CompletableFuture<Void> submitOnce(ConversationLink link, FlexEvent.Message message) {
    boolean isNew = isForeign(message) && !link.isSeen(message.index());
    return (isNew ? submit(link, message) : done()).thenAccept(unused -> {
      boolean ignored = link.saw(message.index());
    });
  }

  /** Reads the messages before one whose webhook has come: webhooks get lost and overtake each other. */
  private CompletableFuture<Void> fillGap(ConversationLink link, long below) {
    return calls
        .call(() -> missing(link, below))
        .thenCompose(missing -> found(link, missing))
        // Messages that are still missing were deleted.
        .thenRun(() -> link.sawAllBelow(below));
  }

  /** Reads the messages below an index that are not known yet, oldest first. Blocks. */
  List<FlexEvent.Message> missing(ConversationLink link, long below) {
    List<FlexEvent.Message> newest = twilio.newestMessages(
        link.sid(),
        link.firstUnseen(),
        below - link.firstUnseen() < 20 ? 40 : TwilioCalls.PAGE,
        GAP_PAGES);
    ConversationFinder.remember(link, newest);
    return newest.stream()
        .filter(it -> it.index() < below)
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
  }

  /** Submits messages that were read, each once. */
  CompletableFuture<Void> found(ConversationLink link, List<FlexEvent.Message> messages) {
    CompletableFuture<Void> all = done();
    for (FlexEvent.Message message : messages) {
      all = all.thenCompose(unused -> submitOnce(link, message));
    }
    return all;
  }

  /** Checks that Relay did not post a message: Relay's messages carry its mark, and the customer's words come from Relay too. */
  static boolean isForeign(FlexEvent.Message message) {
    return !message.isOurs()
        && !CustomerIdentity.isCustomer(message.author())
        && !message.author().equals(Participant.RELAY.displayName());
  }

  private CompletableFuture<Void> submit(ConversationLink link, FlexEvent.Message message) {
    return agent(link, message.author())
        .thenCompose(agent -> message.media().isEmpty()
            ? submit(link, agent, message, bodies.of(message))
            : calls
                .call(() -> bodies.of(message))
                .thenCompose(made -> submit(link, agent, message, made)));
  }

  private CompletableFuture<Void> submit(
      ConversationLink link,
      FlexEvent.Agent agent,
      FlexEvent.Message message,
      List<MessageBody> made) {
    ConversationId conversation = link.name().conversation();
    boolean unused = link.isNewBody(message.sid(), message.body());
    CompletableFuture<Void> all = done();
    int part = 0;
    for (MessageBody body : made) {
      part++;
      String suffix = part == 1 ? "" : "/" + part;
      DeskEvent.AgentWrote wrote = new DeskEvent.AgentWrote(
          conversation,
          reporter.key("message:" + message.sid() + suffix),
          DeskReporter.participant(agent),
          part == 1 ? Optional.of(message.sid()) : Optional.empty(),
          body);
      all = all.thenCompose(before -> reporter.submitAfterJoining(link, agent, wrote))
          .thenCompose(result -> spokenBeside(link, result, wrote))
          .thenApply(result -> null);
    }
    return all;
  }

  /** Returns the agent who wrote; one call if they are not known. */
  private CompletableFuture<FlexEvent.Agent> agent(ConversationLink link, String identity) {
    Optional<FlexEvent.Agent> known = link.agent(identity).or(() -> directory.find(identity));
    return (known.isPresent()
            ? CompletableFuture.completedFuture(known.get())
            : calls.call(() -> directory.of(identity)))
        .thenApply(agent -> {
          link.wrote(agent);
          return agent;
        });
  }

  /**
   * Passes on the message of a second agent. A conversation has one agent in Relay, so the message is passed on as that agent's, with the
   * second agent's name in front.
   */
  private CompletableFuture<IntakeResult> spokenBeside(
      ConversationLink link, IntakeResult result, DeskEvent.AgentWrote wrote) {
    if (!DeskReporter.isRefused(result, Refusal.Code.ALREADY_TAKEN)) {
      return CompletableFuture.completedFuture(result);
    }
    return calls.call(() -> reporter.assignedAgent(link)).thenCompose(first -> {
      if (first.isEmpty()) {
        return CompletableFuture.completedFuture(result);
      }
      MessageBody body = wrote.body();
      String text = wrote.agent().displayName() + ": " + body.text();
      MessageBody named = text.length() > MessageBody.MAX_TEXT
          ? body
          : new MessageBody(text, body.attachments(), body.articles(), body.buttons());
      return reporter.submit(new DeskEvent.AgentWrote(
          wrote.conversation(), wrote.key(), first.get(), wrote.sourceId(), named));
    });
  }

  CompletableFuture<Void> updated(ConversationLink link, FlexEvent.MessageUpdated event) {
    FlexEvent.Message message = event.message();
    // Attributes and receipts change too; only a changed text matters.
    if (!isForeign(message)
        || !link.isNewBody(message.sid(), message.body())
        || message.body().isBlank()) {
      return done();
    }
    String text = Cut.to(message.body(), MessageBody.MAX_TEXT);
    return agent(link, message.author())
        .thenCompose(agent -> reporter.submit(new DeskEvent.AgentEdited(
            link.name().conversation(),
            reporter.key("edit:" + message.sid() + ":" + event.version()),
            DeskReporter.participant(agent),
            new EntryRef.BySource(message.sid()),
            text)))
        .thenApply(result -> null);
  }

  CompletableFuture<Void> removed(ConversationLink link, FlexEvent.Message message) {
    if (!isForeign(message)) {
      return done();
    }
    return agent(link, message.author())
        .thenCompose(agent -> reporter.submit(new DeskEvent.AgentDeleted(
            link.name().conversation(),
            reporter.key("delete:" + message.sid()),
            DeskReporter.participant(agent),
            new EntryRef.BySource(message.sid()))))
        .thenApply(result -> null);
  }

  private static CompletableFuture<Void> done() {
    return DeskReporter.done();
  }
}
