package dev.relay.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import dev.relay.core.agent.Answer;
import dev.relay.core.agent.Turn;
import dev.relay.core.agent.VirtualAgent;
import dev.relay.core.engine.Health;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a Studio flow decide what becomes of what customers write to the virtual agent. Each message is posted to Twilio, where it
 * runs the flow; the flow asks Relay ({@code /webhooks/twilio/studio}), and then the virtual agent within answers. Thread-safe.
 *
 * <p>The answer reaches the customer through Relay, once, whatever becomes of the flow: where it does not ask within five seconds,
 * or Twilio cannot be reached, the virtual agent answers all the same, and {@link #health} tells.
 */
public final class StudioAgent implements VirtualAgent {
  private static final Logger LOG = LoggerFactory.getLogger(StudioAgent.class);
  /** How long a flow may take to ask: nobody wants to wait longer for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  /** How long Twilio is left alone after it failed, so that not every customer waits for its time-out. */
  private static final Duration REST = Duration.ofSeconds(15);

  private final VirtualAgent inner;
  private final StudioConversations conversations;
  private final StudioTurns turns = new StudioTurns();
  private final Posts posts;
  private final InstantSource clock;
  private final Duration patience;
  private volatile Instant restingUntil = Instant.MIN;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * A flow's agent; makes no calls.
   *
   * @param settings the account, with a Studio flow; else an {@link IllegalArgumentException} says what to do
   * @param inner who answers
   * @param clock what time it is
   */
  public StudioAgent(TwilioSettings settings, VirtualAgent inner, InstantSource clock) {
    this(settings, inner, clock, PATIENCE);
  }

  StudioAgent(TwilioSettings settings, VirtualAgent inner, InstantSource clock, Duration patience) {
    this.inner = inner;
    this.clock = clock;
    this.patience = patience;
    TwilioSettings.Limits limits = settings.limits();
    Transport transport = new Transport(limits.connectTimeout(), limits.requestTimeout(), clock);
    TwilioRestClient client = TwilioClients.of(settings, transport);
    TwilioCalls twilio = new TwilioCalls(client, settings);
    conversations = new StudioConversations(twilio, settings, clock);
    posts = new Posts(
        twilio,
        new MediaCalls(transport, settings),
        () -> {
          throw new IllegalStateException("files are not posted while the virtual agent serves");
        },
        clock,
        limits.doubtLasts());
  }

  @Override
  public String displayName(Locale locale) {
    return inner.displayName(locale);
  }

  @Override
  public Answer answer(Turn turn) {
    StudioTurns.Waiting waiting = turns.begin(turn.conversation());
    try {
      Optional<Link> link =
          StudioConversations.saidIn(turn).flatMap(said -> posted(turn, said, waiting));
      Answer answer = waiting.wantsPerson()
          ? new Answer.HandOver(Answer.HandOverReason.ASKED, List.of())
          : inner.answer(turn);
      waiting.answered(answer);
      link.ifPresent(it -> postReplies(it, turn, answer));
      return answer;
    } finally {
      turns.end(turn.conversation(), waiting);
    }
  }

  /** Posts what the customer wrote and waits for the flow; the conversation where that worked. */
  private Optional<Link> posted(Turn turn, EntryContent.Said said, StudioTurns.Waiting waiting) {
    if (clock.instant().isBefore(restingUntil)) {
      return Optional.empty();
    }
    try {
      Link link = conversations.of(turn, said);
      boolean before = !link.parts(turn.id()).isEmpty();
      try {
        post(link, turn, said);
      } catch (TwilioException e) {
        if (!TwilioFailure.of(e).isClosed()) {
          throw e;
        }
        link.foundClosed();
        link = conversations.of(turn, said);
        post(link, turn, said);
      }
      if (!before) {
        awaitFlow(turn, waiting);
      }
      return Optional.of(link);
    } catch (TwilioException e) {
      String reason = TwilioFailure.of(e).reason();
      restingUntil = clock.instant().plus(REST);
      trouble = Optional.of(reason);
      LOG.warn("conversation {}: answered without Studio: {}", turn.conversation(), reason);
      return Optional.empty();
    }
  }

  /** Where the outcome is in doubt already, nothing is sent again: what is missing comes with the handoff. */
  private void post(Link link, Turn turn, EntryContent.Said said) {
    var unused = posts.postToFlow(
        link, turn.id(), Handoffs.identity(said.author().id()), texts(List.of(said.body())), false);
  }

  private void awaitFlow(Turn turn, StudioTurns.Waiting waiting) {
    if (waiting.awaitFlow(patience)) {
      trouble = Optional.empty();
    } else {
      trouble = Optional.of("the Studio flow did not ask Relay for an answer");
      LOG.warn(
          "conversation {}: answered without Studio: its flow did not ask", turn.conversation());
    }
  }

  /** For the agent who may take over later; the customer has them from Relay. */
  private void postReplies(Link link, Turn turn, Answer answer) {
    List<Parts.Part> parts = texts(replies(answer));
    if (parts.isEmpty()) {
      return;
    }
    try {
      var unused =
          posts.post(link, repliesTo(turn.id()), inner.displayName(turn.locale()), parts, false);
    } catch (TwilioException e) {
      LOG.debug(
          "conversation {}: replies not posted: {}",
          turn.conversation(),
          TwilioFailure.of(e).reason());
    }
  }

  /** Under which delivery the replies to a turn are posted. */
  static String repliesTo(String turn) {
    return turn + "-r";
  }

  static List<MessageBody> replies(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      return replied.replies();
    }
    return answer instanceof Answer.HandOver handOver ? handOver.replies() : List.of();
  }

  /** Files are named, not posted: agents get what was said from Relay when they take over. */
  private static List<Parts.Part> texts(List<MessageBody> bodies) {
    List<Parts.Part> parts = new ArrayList<>();
    for (MessageBody body : bodies) {
      MessageBody plain = new MessageBody(body.text(), List.of(), body.articles(), List.of());
      parts.addAll(
          body.text().isBlank() && body.articles().isEmpty() ? List.of() : Parts.of(plain));
      body.attachments()
          .forEach(file -> parts.add(new Parts.Part.Text("[file: " + file.fileName() + "]")));
    }
    return parts;
  }

  /** Who hears what flows ask. */
  StudioTurns turns() {
    return turns;
  }

  /** How Studio is: down where its flow did not ask, or Twilio could not be reached, when it was needed last. */
  public Health health() {
    return trouble.map(Health::down).orElseGet(Health::up);
  }
}
