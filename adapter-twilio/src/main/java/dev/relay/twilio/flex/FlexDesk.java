package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.Adoption;
import dev.relay.twilio.conversation.Link;
import dev.relay.twilio.conversation.Links;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.conversation.Parts;
import dev.relay.twilio.conversation.Posts;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.MediaCalls;
import dev.relay.twilio.rest.Repetition;
import dev.relay.twilio.rest.Transport;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioClients;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.studio.StudioFlow;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.studio.StudioTimes;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.CustomerIdentity;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Sequences;
import dev.relay.twilio.wire.Submissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live agents in Twilio Flex. Relay decides who is handed over; agents get a Conversation with what was said so far, and an
 * Interaction that brings it to them by TaskRouter. Thread-safe.
 *
 * <p>A message costs one call to Twilio; what agents do comes by webhooks and costs none. Relay's conversation and
 * Twilio's find each other by the unique name {@code relay-<conversation>-<generation>}, so nothing has to be stored here.
 */
public final class FlexDesk implements AgentDesk {
  /** The desk's id. */
  public static final PortId ID = new PortId("flex");

  /** For what needs no call: many conversations at once. */
  private static final int THREADS = 8;
  /** For what waits for Twilio's answers: however slow they are, what needs none goes on. */
  private static final int CALLERS = 16;
  /** After so many attempts with credentials that Twilio refuses, the customer is told rather than left waiting: about half a minute. */
  private static final int PATIENT_ATTEMPTS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(FlexDesk.class);

  private final TwilioSettings settings;
  private final TwilioCalls twilio;
  private final Links links = new Links();
  private final Posts posts;
  private final Handoffs handoffs;
  private final Closing closing;
  private final Reports reports;
  private final Adoption adoption;
  private final FlexWebhooks webhooks;
  private final FlexWatch watch;
  private final Sequences sequences;
  private final Submissions submissions;
  private final Repetition repetition;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService watcher;
  private final ExecutorService workers;
  private final ExecutorService callers;
  private final Optional<StudioOffering> studio;
  private volatile Optional<String> trouble = Optional.empty();

  /** A desk for an account; makes no calls. With {@link TwilioSettings.Routing#STUDIO} it needs the flow's id. */
  public FlexDesk(TwilioSettings settings, InstantSource clock) {
    this(settings, clock, StudioTimes.DEFAULT);
  }

  public FlexDesk(TwilioSettings settings, InstantSource clock, StudioTimes times) {
    this.settings = settings;
    TwilioSettings.Limits limits = settings.limits();
    Transport transport = new Transport(limits.connectTimeout(), limits.requestTimeout(), clock);
    TwilioRestClient client = TwilioClients.of(settings, transport);
    twilio = new TwilioCalls(client, settings);
    FlexCalls flex = new FlexCalls(client, settings);
    MediaCalls media = new MediaCalls(transport, settings);
    timer = Executors.newSingleThreadScheduledExecutor(FlexDesk::thread);
    watcher = Executors.newSingleThreadScheduledExecutor(FlexDesk::thread);
    workers = Executors.newFixedThreadPool(THREADS, FlexDesk::thread);
    callers = Executors.newFixedThreadPool(CALLERS, FlexDesk::thread);
    sequences = new Sequences(workers);
    submissions = new Submissions(timer, workers);
    repetition = new Repetition(workers, this::isOpen);
    adoption = new Adoption(links, twilio, clock, this::found);
    posts = new Posts(
        twilio,
        media,
        () -> submissions
            .intake()
            .map(Intake::attachments)
            .orElseThrow(() -> new IllegalStateException("the desk is not started")),
        clock,
        limits.doubtLasts());
    studio = settings.routing() == TwilioSettings.Routing.STUDIO
        ? Optional.of(new StudioOffering(twilio, flex, posts, StudioFlow.sidOf(settings), times))
        : Optional.empty();
    handoffs = new Handoffs(links, adoption, twilio, flex, posts, settings, clock, studio);
    closing = new Closing(twilio, flex, handoffs);
    reports = new Reports(
        ID,
        adoption,
        twilio,
        flex,
        handoffs,
        closing,
        new MessageBodies(media, submissions::intake, limits, clock),
        submissions,
        callers);
    webhooks = new FlexWebhooks(
        new KnownFields(settings), this::isAnother, this::nameOf, this::hear, this::isOpen);
    Reconciliation reconciliation =
        new Reconciliation(links, twilio, flex, closing, this::isHere, this::reportFound, settings);
    MissedEnds missedEnds =
        new MissedEnds(links, adoption, twilio, this::mayHaveEnded, this::reportEnd, clock);
    watch = new FlexWatch(
        links,
        adoption,
        twilio,
        closing,
        reconciliation,
        missedEnds,
        this::reportFound,
        limits,
        clock);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "flex-desk");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public void start(Inbox inbox) {
    submissions.open(inbox.intake());
    long pause = settings.limits().watchEvery().toMillis();
    watcher.execute(this::recover);
    var unused = watcher.scheduleWithFixedDelay(this::watch, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Reads what happened while Relay was away; where Twilio cannot be reached, again later. */
  private void recover() {
    if (!isOpen()) {
      return;
    }
    boolean isRead = looked(watch::recover);
    if (!isRead && isOpen()) {
      var unused = watcher.schedule(
          this::recover, settings.limits().watchEvery().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Looks for what was missed; where Twilio was in trouble, whether it still is, so that nobody has to write to learn that. */
  private void watch() {
    if (trouble.isPresent() && !looked(twilio::probe)) {
      return;
    }
    boolean unused = looked(watch::round);
  }

  /** Whether something of the watch's went well; nothing ends the watch. */
  private boolean looked(Runnable look) {
    try {
      look.run();
      trouble = Optional.empty();
      return true;
    } catch (TwilioException e) {
      heardOf(TwilioFailure.of(e));
    } catch (RuntimeException e) {
      LOG.warn("what was missed was not looked for", e);
    }
    return false;
  }

  /** A refusal that is about one conversation shows that the rest is well. */
  private void heardOf(TwilioFailure failure) {
    trouble = failure.concernsAll() ? Optional.of(failure.reason()) : Optional.empty();
  }

  private boolean isHere(ConversationId conversation) {
    return submissions
        .intake()
        .map(intake -> intake.isAt(ID, conversation))
        .orElseThrow(() -> new IllegalStateException("the desk is stopped"));
  }

  /** Whether it is here, and agents have been asked already: a handoff that is on its way makes the next Twilio conversation. */
  private boolean mayHaveEnded(ConversationId conversation) {
    return !handoffs.isUnderWay(conversation) && isHere(conversation);
  }

  private boolean reportEnd(Link link, List<FlexEvent.Message> messages) {
    return sequences
        .add(
            link.name().conversation(),
            () -> repetition.untilAnswered(() -> reports.endedMeanwhile(link, messages)))
        .isPresent();
  }

  /** Reports what was found at Twilio, in the order of its conversation. */
  private void reportFound(FlexEvent event) {
    var unused = sequences.add(
        event.name().conversation(), () -> repetition.untilAnswered(() -> reports.report(event)));
  }

  @Override
  public DeliveryResult deliver(DeskDelivery delivery) {
    DeliveryResult result = tried(() -> attempt(delivery), failure -> failed(delivery, failure));
    boolean isGivenUp = studio.isPresent()
        && result instanceof DeliveryResult.Rejected
        && delivery.what() instanceof DeskOutbound.Handoff;
    if (isGivenUp) {
      // It says that agents are asked for: the virtual agent goes on in the next one.
      links.find(delivery.conversation()).filter(Link::isUsable).ifPresent(closing::tidyUp);
    }
    return result;
  }

  private DeliveryResult failed(DeskDelivery delivery, TwilioFailure failure) {
    if (!failure.isUnauthorized() || !(delivery.what() instanceof DeskOutbound.Message)) {
      return failure.asResult();
    }
    Optional<Link> link = links.find(delivery.conversation());
    return link.isPresent() && delivery.attempt() >= PATIENT_ATTEMPTS
        ? lost(link.get(), failure.reason())
        : DeliveryResult.retryLater(failure.reason());
  }

  private DeliveryResult attempt(DeskDelivery delivery) {
    DeskOutbound what = delivery.what();
    if (what instanceof DeskOutbound.Handoff handoff) {
      return handoffs.hand(delivery, handoff);
    }
    Optional<Link> link = adoption.current(delivery.conversation());
    if (what instanceof DeskOutbound.Message message) {
      return link.isEmpty()
          ? new DeliveryResult.Rejected("Twilio has no such conversation")
          : post(link.get(), delivery, message);
    }
    if (link.isPresent()) {
      if (what instanceof DeskOutbound.Edit edit) {
        edit.externalId().ifPresent(sids -> edit(link.get(), sids, edit.text()));
      } else if (what instanceof DeskOutbound.Delete delete) {
        delete.externalId().ifPresent(sids -> delete(link.get(), sids));
      } else {
        closing.close(link.get());
      }
    }
    return DeliveryResult.delivered();
  }

  private DeliveryResult post(Link link, DeskDelivery delivery, DeskOutbound.Message message) {
    Participant author = message.author();
    String name = author.role() == Participant.Role.CUSTOMER
        ? CustomerIdentity.of(author.id())
        : Participant.RELAY.displayName();
    try {
      return posts.post(
          link, delivery.id().value(), name, Parts.of(message.body()), delivery.attempt() > 1);
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isClosed()) {
        return lost(link, "the Twilio conversation was closed");
      }
      if (handoffs.isDeleted(link, e)) {
        return lost(link, "the Twilio conversation was deleted");
      }
      throw e;
    }
  }

  /**
   * The Twilio conversation cannot be used any more and Relay did not hear of it. Where that is news the customer waits again, and the
   * next handoff shows the message with all that was said; a closed conversation is never used again.
   */
  private DeliveryResult lost(Link link, String reason) {
    if (link.isOver()) {
      return isHere(link.name().conversation())
          ? DeliveryResult.retryLater("its end is being stored")
          : new DeliveryResult.Rejected("the conversation was over before the message came");
    }
    return reports.isDeclined(link, "closed:" + link.name(), reason)
        ? DeliveryResult.delivered()
        : DeliveryResult.retryLater("what became of it is not stored yet");
  }

  private void edit(Link link, String sids, String text) {
    String[] all = sids.split("\\+", -1);
    List<String> pieces = Parts.cut(text);
    for (int i = 0; i < pieces.size() && i < all.length; i++) {
      String sid = all[i];
      String piece = pieces.get(i);
      unlessGone(() -> twilio.changeMessage(link.sid(), sid, piece));
    }
  }

  private void delete(Link link, String sids) {
    for (String sid : sids.split("\\+", -1)) {
      unlessGone(() -> twilio.deleteMessage(link.sid(), sid));
    }
  }

  private static void unlessGone(Runnable call) {
    try {
      call.run();
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!failure.isNotFound() && !failure.isClosed()) {
        throw e;
      }
    }
  }

  @Override
  public LookUp lookUp(DeskDelivery delivery) {
    return tried(() -> look(delivery), failure -> new LookUp.CannotTell(failure.reason()));
  }

  private LookUp look(DeskDelivery delivery) {
    if (delivery.what() instanceof DeskOutbound.Handoff) {
      return handoffs.lookUp(delivery);
    }
    if (delivery.what() instanceof DeskOutbound.Message message) {
      MessageBody body = message.body();
      return adoption
          .current(delivery.conversation())
          .map(link -> posts.lookUp(link, delivery.id().value(), Parts.of(body).size()))
          .orElseGet(LookUp.NotFound::new);
    }
    // To change, delete or close once more does no harm.
    return new LookUp.NotFound();
  }

  private <T> T tried(Supplier<T> call, Function<TwilioFailure, T> failed) {
    try {
      T result = call.get();
      trouble = Optional.empty();
      return result;
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      heardOf(failure);
      return failed.apply(failure);
    }
  }

  /** Who hears what webhooks tell of this desk. */
  public FlexWebhooks webhooks() {
    return webhooks;
  }

  private boolean isOpen() {
    return submissions.intake().isPresent();
  }

  /** Reports in the order of the conversation; empty where too much waits. */
  private Optional<CompletableFuture<Void>> hear(FlexEvent event) {
    if (event instanceof FlexEvent.TaskCreated created) {
      return Optional.of(taskCreated(created));
    }
    return sequences.add(event.name().conversation(), () -> {
      links.find(event.name().conversation()).ifPresent(watch::heard);
      return repetition.untilAnswered(
          () -> flowStopped(event).thenCompose(unused -> reports.report(event)));
    });
  }

  /** Before an agent is told to be there, messages must start the flow no more. */
  private CompletableFuture<Void> flowStopped(FlexEvent event) {
    if (studio.isEmpty() || !(event instanceof FlexEvent.AgentAccepted)) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.runAsync(
        () -> adoption
            .current(event.name().conversation())
            .filter(link -> link.name().equals(event.name()))
            .ifPresent(studio.get()::tryToStopFlow),
        callers);
  }

  private CompletableFuture<Void> taskCreated(FlexEvent.TaskCreated created) {
    studio.ifPresent(it -> it.created(created.task().handoff()));
    Optional<Link> over = studio.isEmpty()
        ? Optional.empty()
        : links
            .find(created.name().conversation())
            .filter(link -> link.isOver() && link.name().equals(created.name()));
    // A flow that was slow: nobody waits for its task any more.
    over.ifPresent(link -> calling(() -> closing.tidyUp(link)));
    return CompletableFuture.completedFuture(null);
  }

  /** Does what waits for Twilio and for which nobody waits. */
  private void calling(Runnable call) {
    try {
      callers.execute(call);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("not done, since the desk stops: it is found after the next start");
    }
  }

  /** The Studio flow that a message has started says that it failed; whether a handoff of that conversation waits for it. */
  public boolean studioFailed(ConversationName name, String message) {
    return studio.filter(it -> it.failed(name.conversation(), message)).isPresent();
  }

  /** Whether the conversation of that name is known by another id. */
  private boolean isAnother(ConversationName name, String sid) {
    return links
        .find(name.conversation())
        .filter(link -> link.name().equals(name) && !link.sid().equals(sid))
        .isPresent();
  }

  /** Which conversation has that id at Twilio: an invite that an agent made says no more. */
  private CompletableFuture<Optional<ConversationName>> nameOf(String sid) {
    Optional<ConversationName> known = links.findBySid(sid).map(Link::name);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known)
        : repetition.untilAnswered(() -> CompletableFuture.supplyAsync(
            () -> twilio.conversation(sid).flatMap(it -> ConversationName.parse(it.uniqueName())),
            callers));
  }

  private void found(Link link, List<FlexEvent.Message> messages) {
    if (isOpen()) {
      var unused = sequences.add(
          link.name().conversation(),
          () -> repetition.untilAnswered(() -> reports.found(link, messages)));
    }
  }

  @Override
  public Health health() {
    if (!isOpen()) {
      return Health.down("the desk is not started");
    }
    return trouble.map(Health::down).orElseGet(Health::up);
  }

  @Override
  public void stop() {
    submissions.close();
    timer.shutdownNow();
    watcher.shutdownNow();
    workers.shutdown();
    callers.shutdown();
  }
}
