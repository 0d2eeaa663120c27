package dev.relay.core.embed;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A desk for a program whose live agents already work somewhere.
 *
 * <pre>{@code
 * CallbackDesk staff = CallbackDesk.named("staff-room").sending((conversation, text) -> room.post(conversation, text));
 * staff.joined(conversation, ann);
 * staff.said(conversation, ann, "Hello");
 * staff.ended(conversation, ann, CaseStatus.SOLVED);
 * }</pre>
 *
 * <p>Events are submitted in order per conversation, and resubmitted until Relay has accepted or refused them. Every method that submits an
 * event throws an {@link IllegalStateException} if the desk is not started or has been stopped. Thread-safe if the callbacks are.
 */
public final class CallbackDesk implements AgentDesk {
  private final PortId id;
  private final Deliverer deliverer;
  private final Finder finder;
  private final TypingSign typingSign;
  private final OpenInbox inbox;

  private CallbackDesk(Builder parts, Deliverer deliverer) {
    this.id = parts.id;
    this.deliverer = deliverer;
    this.finder = parts.finder;
    this.typingSign = parts.typingSign;
    this.inbox = new OpenInbox(id);
  }

  /**
   * Returns a builder of a desk.
   *
   * @param name 1 to 40 characters of {@code a-z 0-9 -}
   */
  public static Builder named(String name) {
    return new Builder(new PortId(name));
  }

  /** A callback that shows texts to the live agents. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Shows a text. May block for some seconds. If it throws, Relay assumes that the text may have been shown, and tries again later.
     *
     * @param conversation the conversation to which the text belongs
     * @param text a message of the customer, or a change of the conversation, in English
     */
    void send(ConversationId conversation, String text);
  }

  /** A callback that delivers everything that happens in a conversation. */
  @FunctionalInterface
  public interface Deliverer {
    /** Makes one attempt, as {@link AgentDesk#deliver} describes. */
    DeliveryResult deliver(DeskDelivery delivery);
  }

  /** A callback that looks for earlier attempts. */
  @FunctionalInterface
  public interface Finder {
    /** Looks for an earlier attempt, as {@link AgentDesk#lookUp} describes. */
    LookUp lookUp(DeskDelivery delivery);
  }

  /** A callback that shows the live agents that the customer is typing. */
  @FunctionalInterface
  public interface TypingSign {
    /**
     * Shows the sign for some seconds, as {@link AgentDesk#customerTypes} describes: returns at once. What it throws is ignored, because the
     * sign is worth no failure.
     *
     * @param conversation the conversation, which has a live agent
     */
    void show(ConversationId conversation);
  }

  /** The builder of a desk; {@link #sending} or {@link #delivering} completes it. Not thread-safe. */
  public static final class Builder {
    private final PortId id;
    private Finder finder = delivery -> new LookUp.NotFound();
    private TypingSign typingSign = conversation -> {};

    private Builder(PortId id) {
      this.id = id;
    }

    /** Sets the callback that shows that the customer is typing. Default: it is not shown. */
    public Builder showingTyping(TypingSign newTypingSign) {
      typingSign = newTypingSign;
      return this;
    }

    /**
     * Sets the callback that looks for an earlier attempt whose outcome is unknown. Default: none is found, so that a message may be shown
     * twice rather than never.
     */
    public Builder lookingUp(Finder newFinder) {
      finder = newFinder;
      return this;
    }

    /** Builds a desk that shows plain text, in English. A waiting conversation is shown with its case and its transcript. */
    public CallbackDesk sending(Sender sender) {
      return delivering(delivery -> sent(delivery, sender));
    }

    /** Builds a desk that receives every delivery whole. */
    public CallbackDesk delivering(Deliverer deliverer) {
      return new CallbackDesk(this, deliverer);
    }
  }

  private static DeliveryResult sent(DeskDelivery delivery, Sender sender) {
    try {
      sender.send(delivery.conversation(), text(delivery.what()));
    } catch (RuntimeException failure) {
      return new DeliveryResult.Unknown("sending threw " + failure.getClass().getSimpleName());
    }
    return DeliveryResult.delivered();
  }

  private static String text(DeskOutbound what) {
    if (what instanceof DeskOutbound.Handoff handoff) {
      return "Case " + handoff.supportCase().number() + " is waiting: "
          + handoff.supportCase().subject() + "\n" + PlainText.of(handoff.transcript());
    }
    if (what instanceof DeskOutbound.Message message) {
      return PlainText.of(message.author(), message.body());
    }
    if (what instanceof DeskOutbound.Edit edit) {
      return "The customer changed a message: " + edit.text();
    }
    if (what instanceof DeskOutbound.Delete) {
      return "The customer deleted a message.";
    }
    if (what instanceof DeskOutbound.Withdrawn withdrawn) {
      return "No longer waiting: " + withdrawn.reason();
    }
    return "Ended: " + ((DeskOutbound.Ended) what).reason();
  }

  /** Submits that a live agent accepts the conversation. */
  public CompletableFuture<IntakeResult> joined(ConversationId conversation, Participant agent) {
    return submit(new DeskEvent.AgentJoined(conversation, Optional.empty(), id, agent));
  }

  /** Submits a message of the live agent. Each call shows one message, even if the text is the same. */
  public CompletableFuture<IntakeResult> said(
      ConversationId conversation, Participant agent, String text) {
    return said(conversation, agent, Optional.empty(), text);
  }

  /**
   * Submits a message of the live agent once: a repeat with the same message id has no effect.
   *
   * @param messageId the program's id of the message, unique in the desk, 1 to 200 characters
   */
  public CompletableFuture<IntakeResult> said(
      ConversationId conversation, Participant agent, String messageId, String text) {
    return said(conversation, agent, Optional.of(messageId), text);
  }

  private CompletableFuture<IntakeResult> said(
      ConversationId conversation, Participant agent, Optional<String> messageId, String text) {
    return submit(new DeskEvent.AgentWrote(
        conversation,
        messageId.map(it -> new EventKey(id.value(), it)),
        agent,
        messageId,
        MessageBody.text(text)));
  }

  /** Submits that the live agent left without ending the conversation: the customer waits again. */
  public CompletableFuture<IntakeResult> left(ConversationId conversation, Participant agent) {
    return submit(new DeskEvent.AgentLeft(conversation, Optional.empty(), agent));
  }

  /**
   * Submits that the live agent ended the conversation.
   *
   * @param caseStatus the status of the case afterwards: {@link CaseStatus#SOLVED}, {@link CaseStatus#PENDING} or {@link CaseStatus#OPEN}
   */
  public CompletableFuture<IntakeResult> ended(
      ConversationId conversation, Participant agent, CaseStatus caseStatus) {
    return submit(new DeskEvent.AgentEnded(conversation, Optional.empty(), agent, caseStatus));
  }

  /**
   * Reports that the live agent is typing an answer, which channels that have a sign for it show the customer for some seconds. Repeat it
   * every few seconds while the agent types. Nothing is stored, and it is ignored unless the agent has the conversation.
   *
   * @throws IllegalStateException if the desk is not started or has been stopped
   */
  public void types(ConversationId conversation, Participant agent) {
    inbox.get().intake().typing(new Intake.Typing.ByAgent(conversation, agent));
  }

  /**
   * Submits anything else that happened at the desk, such as an edited message, in the order of its conversation.
   */
  public CompletableFuture<IntakeResult> submit(DeskEvent event) {
    return inbox.get().submit(event.conversation(), event);
  }

  /**
   * Returns the conversations that wait at this desk or have a live agent here, oldest first. A program shows them after a restart. May
   * block.
   */
  public List<Conversation> open() {
    return inbox.get().intake().conversationsAt(id);
  }

  @Override
  public PortId id() {
    return id;
  }

  @Override
  public void start(Inbox newInbox) {
    inbox.open(newInbox);
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    return deliverer.deliver(delivery);
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return finder.lookUp(delivery);
  }

  @Override
  public void customerTypes(ConversationId conversation) {
    try {
      typingSign.show(conversation);
    } catch (RuntimeException failure) {
      // Best effort: the next message says more than the sign.
    }
  }

  @Override
  public Health health() {
    return inbox.health();
  }

  @Override
  public void stop() {
    inbox.close();
  }
}
