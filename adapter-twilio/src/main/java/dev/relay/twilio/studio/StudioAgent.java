package dev.relay.twilio.studio;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.Turn;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.Parts;
import dev.relay.twilio.conversation.Posts;
import dev.relay.twilio.conversation.StudioTexts;
import dev.relay.twilio.rest.MediaCalls;
import dev.relay.twilio.rest.Transport;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioClients;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.Sequences;
import dev.relay.twilio.wire.TwilioWebhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual agent whose questions go through a Studio flow: every message of the customer is posted to Twilio, the flow asks Relay
 * for the answer by {@link TwilioWebhook#STUDIO} (or for a person), and the answer goes to the customer through Relay. A flow that
 * does not ask in time leaves nobody in silence: the virtual agent answers without it. Thread-safe.
 */
public final class StudioAgent implements VirtualAgent, AutoCloseable {
  /** Ends the mark of what the virtual agent said. */
  static final String REPLY = "-r";

  private static final Logger LOG = LoggerFactory.getLogger(StudioAgent.class);
  private static final int THREADS = 16;
  private static final Duration TROUBLE_LASTS = Duration.ofMinutes(1);

  private final VirtualAgent inner;
  private final StudioObserver observer;
  private final StudioTimes times;
  private final StudioConversations conversations;
  private final Posts posts;
  private final StudioTurns turns = new StudioTurns();
  private final FlowRest rest;
  private final InstantSource clock;
  private final ExecutorService workers;
  private final Sequences sequences;
  private volatile Optional<Trouble> trouble = Optional.empty();

  /**
   * Puts a flow in front of a virtual agent; makes no calls.
   *
   * @param settings with the flow's id
   * @param inner answers
   * @param clock the time
   */
  public StudioAgent(TwilioSettings settings, VirtualAgent inner, InstantSource clock) {
    this(settings, inner, clock, way -> {});
  }

  /**
   * Puts a flow in front of a virtual agent; makes no calls.
   *
   * @param settings with the flow's id
   * @param inner answers
   * @param clock the time
   * @param observer is told how each question came to its answer
   */
  public StudioAgent(
      TwilioSettings settings, VirtualAgent inner, InstantSource clock, StudioObserver observer) {
    this(settings, inner, clock, observer, StudioTimes.DEFAULT);
  }

  public StudioAgent(
      TwilioSettings settings,
      VirtualAgent inner,
      InstantSource clock,
      StudioObserver observer,
      StudioTimes times) {
    this.inner = inner;
    this.observer = observer;
    this.times = times;
    this.clock = clock;
    this.rest = new FlowRest(clock);
    String flow = StudioFlow.sidOf(settings);
    TwilioSettings.Limits limits = settings.limits();
    Transport transport = new Transport(limits.connectTimeout(), limits.requestTimeout(), clock);
    TwilioRestClient client = TwilioClients.of(settings, transport);
    TwilioCalls twilio = new TwilioCalls(client, settings);
    conversations = new StudioConversations(twilio, flow, clock);
    posts = new Posts(
        twilio,
        new MediaCalls(transport, settings),
        () -> {
          throw new IllegalStateException("files are posted by their names here");
        },
        clock,
        limits.doubtLasts());
    workers = Executors.newFixedThreadPool(THREADS, work -> {
      Thread thread = new Thread(work, "studio-agent");
      thread.setDaemon(true);
      return thread;
    });
    sequences = new Sequences(workers);
  }

  @Override
  public String displayName(Locale locale) {
    return inner.displayName(locale);
  }

  /**
   * Waits at most five seconds for the flow, then answers without it; never longer than that and what the answer takes. After three
   * questions in vain nobody waits for half a minute.
   */
  @Override
  public Answer answer(Turn turn) {
    StudioTurn mine = new StudioTurn(turn);
    StudioTurn first = turns.begin(turn.conversation(), mine);
    if (first != mine) {
      // Asked twice at a time: answered once.
      return first.answer().join();
    }
    Answer answer = new Answer.Failed("the virtual agent failed", Optional.empty());
    try {
      StudioTurn.Heard heard = askTheFlow(turn, mine);
      observer.answered(way(heard));
      answer = heard == StudioTurn.Heard.PERSON
          ? new Answer.HandOver(Answer.HandOverReason.ASKED, List.of())
          : inner.answer(turn);
      mine.answered(answer);
      if (heard != StudioTurn.Heard.NOT_POSTED && heard != StudioTurn.Heard.RESTING) {
        noteReplies(turn, mine, answer);
      }
      if (heard == StudioTurn.Heard.NOTHING) {
        // Perhaps it lacks what starts the flow, or agents are asked for in it: it is looked at
        // again.
        conversations.forget(turn.conversation());
      }
    } finally {
      // Whatever happens, the flow and whoever asks the same must not wait for ever.
      mine.answered(answer);
    }
    return answer;
  }

  private StudioTurn.Heard askTheFlow(Turn turn, StudioTurn mine) {
    if (rest.isResting()) {
      mine.heard(StudioTurn.Heard.RESTING);
      return StudioTurn.Heard.RESTING;
    }
    Optional<CompletableFuture<Void>> posting = sequences.add(turn.conversation(), () -> {
      post(turn, mine);
      return CompletableFuture.completedFuture(null);
    });
    if (posting.isEmpty()) {
      mine.heard(StudioTurn.Heard.NOT_POSTED);
    }
    StudioTurn.Heard heard = mine.await(times.forQuestion());
    switch (heard) {
      case ASKED, PERSON -> {
        trouble = Optional.empty();
        rest.heard();
      }
      case NOTHING -> {
        rest.askedInVain();
        troubled("the Studio flow did not ask for an answer in time: is it published, and does it"
            + " reach RELAY_PUBLIC_URL?");
        LOG.warn("turn {}: the Studio flow did not ask in time", turn.id());
      }
      case FLOW_FAILED -> troubled("the Studio flow reports that it failed");
      case NOT_POSTED, POSTED_BEFORE, RESTING ->
        LOG.info("turn {}: answered at once ({})", turn.id(), heard);
    }
    return heard;
  }

  private static StudioObserver.Way way(StudioTurn.Heard heard) {
    return switch (heard) {
      case ASKED -> StudioObserver.Way.ASKED;
      case PERSON -> StudioObserver.Way.PERSON;
      case FLOW_FAILED -> StudioObserver.Way.FLOW_FAILED;
      case NOT_POSTED, RESTING -> StudioObserver.Way.NOT_POSTED;
      case POSTED_BEFORE -> StudioObserver.Way.POSTED_BEFORE;
      case NOTHING -> StudioObserver.Way.NOT_ASKED;
    };
  }

  private void post(Turn turn, StudioTurn mine) {
    try {
      if (!posted(turn, mine)) {
        mine.heard(StudioTurn.Heard.NOT_POSTED);
      }
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      LOG.warn("turn {}: not posted: {}", turn.id(), failure.reason());
      if (failure.concernsAll()) {
        troubled(failure.reason());
        if (!mine.isDecided()) {
          rest.askedInVain();
        }
      }
      mine.heard(StudioTurn.Heard.NOT_POSTED);
    } catch (RuntimeException e) {
      LOG.warn("turn {}: not posted", turn.id(), e);
      mine.heard(StudioTurn.Heard.NOT_POSTED);
    }
  }

  /** Posts the question, or finds it posted; whether it stands there for the flow to see. */
  private boolean posted(Turn turn, StudioTurn mine) {
    Optional<TranscriptEntry> entry = question(turn);
    StudioConversations.Writer writer = writer(turn, entry);
    List<String> texts = texts(turn, entry);
    for (int attempt = 1; attempt <= 2; attempt++) {
      Optional<Link> open =
          conversations.open(turn.conversation(), writer, turn.id(), handoffs(turn));
      // Whoever asked has been answered meanwhile: what the flow made of it would come too late.
      if (open.isEmpty() || texts.isEmpty() || mine.isDecided()) {
        return false;
      }
      Link link = open.get();
      if (link.parts(turn.id()).size() >= texts.size()) {
        mine.posted(link, link.parts(turn.id()).getOrDefault(texts.size(), ""));
        mine.heard(StudioTurn.Heard.POSTED_BEFORE);
        return true;
      }
      try {
        DeliveryResult result = posts.postToFlow(
            link,
            turn.id(),
            writer.identity(),
            texts,
            entry.map(TranscriptEntry::id),
            link.wasInDoubt(turn.id()));
        String sid = link.parts(turn.id()).getOrDefault(texts.size(), "");
        mine.posted(link, sid);
        return result instanceof DeliveryResult.Delivered;
      } catch (TwilioException e) {
        if (!TwilioFailure.of(e).isClosed()) {
          throw e;
        }
        // A handoff has ended in it, or Twilio's timers closed it: the next one takes its place.
        link.foundClosed();
      }
    }
    return false;
  }

  /** What was handed over before that question, oldest first. */
  private static List<String> handoffs(Turn turn) {
    return turn.history().stream()
        .filter(entry -> entry.content() instanceof EntryContent.HandoffRequested)
        .map(entry ->
            DeliveryId.of(new LaneKey(entry.conversation(), entry.destination()), entry.sequence()))
        .map(DeliveryId::value)
        .toList();
  }

  private static Optional<TranscriptEntry> question(Turn turn) {
    List<TranscriptEntry> history = turn.history();
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).content() instanceof EntryContent.Said said
          && said.author().role() == Participant.Role.CUSTOMER) {
        return Optional.of(history.get(i));
      }
    }
    return Optional.empty();
  }

  private static StudioConversations.Writer writer(Turn turn, Optional<TranscriptEntry> entry) {
    return entry
        .map(it -> ((EntryContent.Said) it.content()).author())
        .map(it -> new StudioConversations.Writer(
            CustomerIdentity.of(it.id()),
            it.displayName().isBlank() ? "Customer" : it.displayName()))
        .orElseGet(() -> new StudioConversations.Writer(
            CustomerIdentity.of("of-" + turn.conversation()), "Customer"));
  }

  /** The turn's words; a question that is a file alone is told by the file's name. */
  private static List<String> texts(Turn turn, Optional<TranscriptEntry> entry) {
    return entry
        .map(it -> ((EntryContent.Said) it.content()).body())
        .filter(body -> body.text().equals(turn.text()))
        .map(StudioTexts::of)
        .or(() -> StudioTexts.of(turn.text()))
        .orElse(List.of());
  }

  /** Agents who come later see what was answered. That it fails is no failure of the turn. */
  private void noteReplies(Turn turn, StudioTurn mine, Answer answer) {
    List<Parts.Part> parts = replies(answer).stream()
        .flatMap(it -> StudioTexts.of(it).stream())
        .<Parts.Part>map(Parts.Part.Text::new)
        .toList();
    if (parts.isEmpty()) {
      return;
    }
    // The flow may ask before the answer to the post has come: after it, the place is known.
    var noted = sequences.add(turn.conversation(), () -> {
      mine.place().ifPresent(link -> note(link, turn, inner.displayName(turn.locale()), parts));
      return CompletableFuture.completedFuture(null);
    });
    noted.ifPresent(this::awaitShortly);
  }

  private void note(Link link, Turn turn, String name, List<Parts.Part> parts) {
    String id = turn.id() + REPLY;
    try {
      var unused = posts.post(link, id, name, parts, link.wasInDoubt(id));
    } catch (TwilioException e) {
      LOG.info(
          "turn {}: the answer is not noted: {}", turn.id(), TwilioFailure.of(e).reason());
    }
  }

  private void awaitShortly(CompletableFuture<Void> noted) {
    try {
      var unused = noted.get(times.forReplies().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // It goes on behind; the customer must not wait for it.
    }
  }

  private static List<MessageBody> replies(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      return replied.replies();
    }
    return answer instanceof Answer.HandOver handOver ? handOver.replies() : List.of();
  }

  /** Hears what the flow asks; empty where that conversation has no question. */
  Optional<CompletableFuture<String>> hear(StudioRequest request) {
    Optional<StudioTurn> found = turns.find(request.name().conversation());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StudioTurn turn = found.get();
    if (!turn.mayBe(request.message())) {
      return Optional.of(CompletableFuture.completedFuture(StudioAnswers.LATE));
    }
    return Optional.of(
        switch (request.action()) {
          case ANSWER -> {
            turn.heard(StudioTurn.Heard.ASKED);
            yield turn.answer().thenApply(StudioAnswers::of);
          }
          case PERSON -> {
            turn.heard(StudioTurn.Heard.PERSON);
            yield turn.answer().thenApply(StudioAnswers::of);
          }
          case FAILED -> {
            turn.heard(StudioTurn.Heard.FLOW_FAILED);
            yield CompletableFuture.completedFuture(StudioAnswers.NOTED);
          }
        });
  }

  private void troubled(String reason) {
    trouble = Optional.of(new Trouble(reason, clock.instant()));
  }

  /** Whether the flow asks, as far as the last minute shows: who sends nobody here any more must not wait for a question. Does no calls. */
  public Health health() {
    Instant since = clock.instant().minus(TROUBLE_LASTS);
    return trouble
        .filter(it -> it.at().isAfter(since))
        .map(it -> Health.down(it.reason()))
        .orElseGet(Health::up);
  }

  private record Trouble(String reason, Instant at) {}

  boolean isClosed() {
    return workers.isShutdown();
  }

  /** Ends what goes on behind; harmless if repeated. */
  @Override
  public void close() {
    workers.shutdown();
    if (inner instanceof AutoCloseable closeable) {
      closeQuietly(closeable);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.warn("the virtual agent is not closed: {}", e.getClass().getSimpleName());
    }
  }
}
