package dev.relay.twilio.flex;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.FlexEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the messages of agents into desk events. Called in the order of each conversation. Thread-safe. */
final class MessageReports {
  private static final Logger LOG = LoggerFactory.getLogger(MessageReports.class);
  private static final int GAP_PAGES = 10;

  private final TwilioCalls twilio;
  private final DeskReporter reporter;
  private final BlockingCalls calls;
  private final MessageBodies bodies;
  private final AgentDirectory directory;
  private final Closing closing;

  MessageReports(
      TwilioCalls twilio,
      DeskReporter reporter,
      BlockingCalls calls,
      MessageBodies bodies,
      AgentDirectory directory,
      Closing closing) {
    this.twilio = twilio;
    this.reporter = reporter;
    this.calls = calls;
    this.bodies = bodies;
    this.directory = directory;
    this.closing = closing;
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
        && !message.isNotification()
        && !CustomerIdentity.isCustomer(message.author())
        && !message.author().equals(Participant.RELAY.displayName());
  }

  private CompletableFuture<Void> submit(ConversationLink link, FlexEvent.Message message) {
    return agent(link, message)
        .thenCompose(agent -> bodies(message)
            .thenCompose(made -> agent.isPresent()
                ? submit(link, agent.get(), message, made)
                : pass(link, message, made)));
  }

  private CompletableFuture<List<MessageBody>> bodies(FlexEvent.Message message) {
    return message.media().isEmpty()
        ? CompletableFuture.completedFuture(bodies.of(message))
        : calls.call(() -> bodies.of(message));
  }

  /** Passes on the message of a program, without a name: a program is nobody who could have the conversation. */
  private CompletableFuture<Void> pass(
      ConversationLink link, FlexEvent.Message message, List<MessageBody> made) {
    CompletableFuture<Void> all = done();
    for (int part = 1; part <= made.size(); part++) {
      String key = "message:" + message.sid() + (part == 1 ? "" : "/" + part);
      DeskEvent.DeskSaid said = reporter.said(link, key, made.get(part - 1));
      all = all.thenCompose(before -> reporter.submit(said)).thenApply(result -> null);
    }
    return all;
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

  /**
   * Returns the agent who wrote; empty if it was a program. An agent has a task, is assigned in Relay, wrote by a client, or takes part in
   * the conversation by chat. One or two calls if they are not known.
   */
  private CompletableFuture<Optional<FlexEvent.Agent>> agent(
      ConversationLink link, FlexEvent.Message message) {
    String author = message.author();
    if (message.isAutomatic()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<FlexEvent.Agent> here = link.agent(author);
    if (here.isPresent()) {
      return CompletableFuture.completedFuture(here);
    }
    if (link.isProgram(author) && !message.isFromClient()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<FlexEvent.Agent> known =
        message.isFromClient() ? directory.find(author) : Optional.empty();
    return (known.isPresent()
            ? CompletableFuture.completedFuture(known)
            : calls.call(() -> lookedUp(link, message)))
        .thenApply(agent -> {
          agent.ifPresentOrElse(link::wrote, () -> link.program(author));
          return agent;
        });
  }

  private Optional<FlexEvent.Agent> lookedUp(ConversationLink link, FlexEvent.Message message) {
    String author = message.author();
    boolean isAgent = message.isFromClient()
        || reporter.assignedAgent(link).filter(it -> it.id().equals(author)).isPresent()
        || twilio.isInChat(link.sid(), author);
    return isAgent ? Optional.of(directory.of(author)) : Optional.empty();
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
        return calls.call(() -> {
          closeIfElsewhere(link);
          return result;
        });
      }
      if (link.endBetweenAgents().isPresent()) {
        // The first agent has left, and the event that this one accepted is late or lost.
        FlexEvent.Agent successor =
            new FlexEvent.Agent(wrote.agent().id(), wrote.agent().displayName());
        String key = "replaced-with:" + wrote.key().map(EventKey::key).orElse("");
        return reporter
            .submit(reporter.replaced(link, successor, key))
            .thenCompose(replaced -> reporter.submit(wrote));
      }
      MessageBody body = wrote.body();
      String text = wrote.agent().displayName() + ": " + body.text();
      MessageBody named = wrote.agent().isUnnamedAgent() || text.length() > MessageBody.MAX_TEXT
          ? body
          : new MessageBody(text, body.attachments(), body.articles(), body.buttons());
      return reporter.submit(new DeskEvent.AgentWrote(
          wrote.conversation(), wrote.key(), first.get(), wrote.sourceId(), named));
    });
  }

  /** Closes a conversation that another desk has by now: its agent must not write to nobody. */
  private void closeIfElsewhere(ConversationLink link) {
    if (!reporter.isHere(link.name().conversation()) && link.end()) {
      LOG.info("{}: closed, since an agent of another desk has it", link.name());
      closing.tidyUpInBackground(link);
    }
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
    return ofAgent(
        link,
        message,
        agent -> new DeskEvent.AgentEdited(
            link.name().conversation(),
            reporter.key("edit:" + message.sid() + ":" + event.version()),
            DeskReporter.participant(agent),
            new EntryRef.BySource(message.sid()),
            text));
  }

  CompletableFuture<Void> removed(ConversationLink link, FlexEvent.Message message) {
    if (!isForeign(message)) {
      return done();
    }
    return ofAgent(
        link,
        message,
        agent -> new DeskEvent.AgentDeleted(
            link.name().conversation(),
            reporter.key("delete:" + message.sid()),
            DeskReporter.participant(agent),
            new EntryRef.BySource(message.sid())));
  }

  /** Submits the change of an agent's message; a program's message stays as it was. */
  private CompletableFuture<Void> ofAgent(
      ConversationLink link,
      FlexEvent.Message message,
      Function<FlexEvent.Agent, DeskEvent> change) {
    return agent(link, message)
        .thenCompose(agent -> agent.isEmpty()
            ? done()
            : reporter.submit(change.apply(agent.get())).thenApply(result -> null));
  }

  private static CompletableFuture<Void> done() {
    return DeskReporter.done();
  }
}
