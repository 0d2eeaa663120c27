package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.Participant;
import dev.relay.core.store.StoreException;
import dev.relay.twilio.account.Sender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.conversation.MessageLog;
import dev.relay.twilio.conversation.Parts;
import dev.relay.twilio.conversation.Person;
import dev.relay.twilio.conversation.Posts;
import dev.relay.twilio.conversation.ShortTexts;
import dev.relay.twilio.rest.MediaCalls;
import dev.relay.twilio.rest.PersonCalls;
import dev.relay.twilio.rest.Repetition;
import dev.relay.twilio.rest.Transport;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioClients;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.Sequences;
import dev.relay.twilio.wire.Submissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People who write to one of the account's senders, by text message, WhatsApp or Messenger. Twilio makes a conversation for each
 * (the set-up configures it), and the channel speaks in it. Thread-safe.
 *
 * <p>A text costs one call for each 1,600 characters; what people write comes by webhooks and costs none.
 */
public final class TwilioChannel implements Channel {
  private static final int THREADS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(TwilioChannel.class);
  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, true, false, ShortTexts.MAX);

  private final PortId id;
  private final Duration watchEvery;
  private final Persons persons = new Persons();
  private final PersonFinder finder;
  private final Posts posts;
  private final PersonReports reports;
  private final PersonWatch watch;
  private final ChannelWebhooks webhooks;
  private final Undelivered undelivered = new Undelivered();
  private final Sequences sequences;
  private final Submissions submissions;
  private final Repetition repetition;
  private final TwilioCalls twilio;
  private final Semaphore readings = new Semaphore(THREADS / 2);
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService watcher;
  private final ExecutorService workers;
  private volatile Optional<Intake> lastIntake = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();

  /** A channel for one sender of an account; makes no calls. */
  public TwilioChannel(TwilioSettings settings, Sender sender, InstantSource clock) {
    this.id = new PortId(sender.medium().id());
    this.clock = clock;
    TwilioSettings.Limits limits = settings.limits();
    this.watchEvery = limits.watchEvery();
    Transport transport = new Transport(limits.connectTimeout(), limits.requestTimeout(), clock);
    TwilioRestClient client = TwilioClients.of(settings, transport);
    twilio = new TwilioCalls(client, settings);
    PersonCalls people = new PersonCalls(client, settings, sender);
    MediaCalls media = new MediaCalls(transport, settings);
    timer = Executors.newSingleThreadScheduledExecutor(this::thread);
    watcher = Executors.newSingleThreadScheduledExecutor(this::thread);
    workers = Executors.newFixedThreadPool(THREADS, this::thread);
    sequences = new Sequences(workers);
    submissions = new Submissions(timer, workers);
    repetition = new Repetition(workers, this::isOpen);
    posts = new Posts(
        twilio,
        media,
        () -> lastIntake
            .map(Intake::attachments)
            .orElseThrow(() -> new IllegalStateException("the channel was never started")),
        clock,
        limits.doubtLasts());
    finder = new PersonFinder(
        persons,
        people,
        twilio,
        clock,
        sender.webhookUrl(settings.publicUrl()),
        this::made,
        this::found);
    reports = new PersonReports(
        id,
        sender,
        persons,
        twilio,
        new MessageBodies(media, submissions::intake, limits, clock),
        submissions,
        clock);
    watch = new PersonWatch(id, persons, people, clock, watchEvery, this::readByWatch);
    webhooks = new ChannelWebhooks(settings, sender, undelivered, this::hear, this::isOpen);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "twilio-" + id);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public PortId id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void start(Inbox inbox) {
    Intake intake = inbox.intake();
    lastIntake = Optional.of(intake);
    submissions.open(intake);
    long pause = watchEvery.toMillis();
    watcher.execute(this::recover);
    var unused = watcher.scheduleWithFixedDelay(
        () -> looked(this::round), pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Reads what people wrote while Relay was away; where Twilio cannot be reached, again later. */
  private void recover() {
    Optional<Intake> intake = submissions.intake();
    if (intake.isEmpty()) {
      return;
    }
    boolean isRead = looked(() -> {
      watch.recoverKnown(intake.get());
      watch.findStrangers();
      return true;
    });
    if (!isRead) {
      recoverLater();
    }
  }

  /** Looks for what was missed; where Twilio was in trouble, whether it still is, so that nobody has to write to learn that. */
  private boolean round() {
    boolean wasInTrouble = trouble.isPresent();
    if (wasInTrouble) {
      twilio.probe();
    }
    return watch.round() || wasInTrouble;
  }

  /** Whether a look at what was missed went well; nothing ends the watch. The look says whether it has asked Twilio. */
  private boolean looked(BooleanSupplier look) {
    try {
      if (look.getAsBoolean()) {
        trouble = Optional.empty();
      }
      return true;
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.concernsAll()) {
        trouble = Optional.of(failure.reason());
      }
      LOG.debug("{}: what was missed is read later: {}", id, failure.reason());
    } catch (StoreException e) {
      // The store tells of its own trouble; what was missed must be read all the same.
      LOG.debug("{}: what was missed is read later", id, e);
    } catch (RuntimeException e) {
      LOG.warn("{}: what was missed was not looked for", id, e);
    }
    return false;
  }

  private void recoverLater() {
    if (isOpen()) {
      var unused = watcher.schedule(this::recover, watchEvery.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    return tried(() -> attempt(delivery), TwilioFailure::asResult);
  }

  private DeliveryResult attempt(Delivery delivery) {
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new DeliveryResult.Rejected("what was sent to a phone cannot be changed");
    }
    List<Parts.Part> parts = ShortTexts.of(message, delivery.locale());
    if (parts.isEmpty()) {
      return DeliveryResult.delivered();
    }
    Person person = finder.findOrMake(delivery.to(), delivery.id());
    try {
      return post(person, delivery, message, parts);
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!failure.isClosed() && !failure.isNotFound()) {
        throw e;
      }
      person.close();
    }
    Person next = finder.findOrMake(delivery.to(), delivery.id());
    carryOver(person, next, delivery.id().value());
    return post(next, delivery, message, parts);
  }

  private DeliveryResult post(
      Person person, Delivery delivery, Outbound.Message message, List<Parts.Part> parts) {
    if (!person.isPlaced()) {
      // Somebody found it and could not read it yet: what is posted now would look like the answer.
      found(person);
    }
    String author = author(message.author().role());
    DeliveryResult result =
        posts.post(person, delivery.id().value(), author, parts, delivery.attempt() > 1);
    person.stirred(clock.instant());
    return result;
  }

  /** Who says it, as Twilio's console shows it: never an address, which would make it the person's own. */
  private static String author(Participant.Role role) {
    return "relay-" + role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    return tried(() -> look(delivery), failure -> new LookUp.CannotTell(failure.reason()));
  }

  private LookUp look(Delivery delivery) {
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new LookUp.NotFound();
    }
    List<Parts.Part> parts = ShortTexts.of(message, delivery.locale());
    if (parts.isEmpty()) {
      return new LookUp.NotFound();
    }
    String id = delivery.id().value();
    Optional<Person> current = finder.find(delivery.to());
    LookUp here = current
        .map(person -> posts.lookUp(person, id, parts.size()))
        .orElseGet(LookUp.NotFound::new);
    return here instanceof LookUp.NotFound
        ? before(delivery, current, parts.size()).orElse(here)
        : here;
  }

  /** What is known of a delivery from conversations before the present one; what part of it stands there is not sent again. */
  private Optional<LookUp> before(Delivery delivery, Optional<Person> current, int parts) {
    String id = delivery.id().value();
    for (Person person : finder.before(delivery.to(), current)) {
      LookUp there = posts.lookUp(person, id, parts);
      if (!(there instanceof LookUp.NotFound)) {
        return Optional.of(there);
      }
      current.ifPresent(next -> carryOver(person, next, id));
    }
    return Optional.empty();
  }

  private static void carryOver(Person from, Person to, String delivery) {
    from.parts(delivery)
        .forEach((part, sid) ->
            to.posted(delivery, part, new TwilioCalls.Posted(sid, MessageLog.ELSEWHERE)));
  }

  private <T> T tried(Supplier<T> call, Function<TwilioFailure, T> failed) {
    try {
      T result = call.get();
      trouble = Optional.empty();
      return result;
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.concernsAll()) {
        // A refusal is about one person; all others are still served.
        trouble = Optional.of(failure.reason());
      }
      return failed.apply(failure);
    }
  }

  /** How many messages Twilio took that did not reach the person, since the start; each is logged with Twilio's code. */
  public long undelivered() {
    return undelivered.count();
  }

  /** Who hears what webhooks tell of this channel. */
  public ChannelWebhooks webhooks() {
    return webhooks;
  }

  private boolean isOpen() {
    return submissions.intake().isPresent();
  }

  /** Remembers in which conversation the person is now: after a restart it is read from its beginning. */
  private void made(Person person) {
    submissions.intake().ifPresent(intake -> {
      var unused = intake.keepPosition(person.address(), new Position(person.sid(), -1).toString());
    });
  }

  /** The person is in a conversation that Relay did not know: what they wrote there is heard too. */
  private void found(Person person) {
    // Before Relay writes there, which would look like an answer.
    reports.met(person);
    var unused = read(person, false);
  }

  private Optional<CompletableFuture<Void>> hear(PersonEvent event) {
    if (event instanceof PersonEvent.Wrote wrote) {
      CustomerAddress address = new CustomerAddress(id, wrote.message().author());
      return inOrder(address, () -> reports.wrote(wrote));
    }
    Optional<Person> found = persons.find(event.conversation());
    if (event instanceof PersonEvent.NotDelivered lost) {
      // In a conversation that another instance serves, the place where it has read tells whose it
      // is.
      return inOrder(
          lost.conversation(),
          () -> found
              .or(() -> reports.keptPerson(lost.conversation()))
              .map(person -> reports.notDelivered(person, lost))
              .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }
    return found.isEmpty()
        ? Optional.of(CompletableFuture.completedFuture(null))
        : inOrder(found.get().address(), () -> reports.closed(found.get()));
  }

  /** Reads what a person wrote that Relay does not know yet. */
  private Optional<CompletableFuture<Void>> read(Person person, boolean stranger) {
    return inOrder(person.address(), () -> {
      if (stranger) {
        reports.met(person);
      }
      return reports.missed(person);
    });
  }

  /** The watch reads few at a time, so that webhooks find threads that are free. */
  private void readByWatch(Person person, boolean stranger) {
    try {
      readings.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Optional<CompletableFuture<Void>> reading = read(person, stranger);
    if (reading.isEmpty()) {
      readings.release();
      persons.forget(person);
      return;
    }
    var unused = reading.get().whenComplete((done, failure) -> readings.release());
  }

  /** Empty where too much waits; fails where the work fails, so that nobody takes it for done. */
  private Optional<CompletableFuture<Void>> inOrder(
      Object whose, Supplier<CompletableFuture<Void>> work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    return sequences
        .add(
            whose,
            () -> repetition.untilAnswered(work).whenComplete((unused, failure) -> {
              if (failure == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(failure);
              }
            }))
        .map(unused -> done);
  }

  @Override
  public Health health() {
    if (!isOpen()) {
      return Health.down("the channel is not started");
    }
    return trouble.map(Health::down).orElseGet(Health::up);
  }

  @Override
  public void stop() {
    submissions.close();
    timer.shutdownNow();
    watcher.shutdownNow();
    workers.shutdown();
  }
}
