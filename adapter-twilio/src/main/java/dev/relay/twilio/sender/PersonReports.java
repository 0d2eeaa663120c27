package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.MessageBody;
import dev.relay.twilio.account.Sender;
import dev.relay.twilio.conversation.Adoption;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.conversation.Person;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Submissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what people write to a sender into Relay's events, in the order in which they wrote. Called in the order of each person; the
 * futures complete when all that follows is stored. Thread-safe.
 */
final class PersonReports {
  private static final Logger LOG = LoggerFactory.getLogger(PersonReports.class);
  private static final int GAP_PAGES = 10;
  private static final int SMALL_PAGE = 40;
  private static final String NO_TEXT = "[a message of a kind that cannot be passed on]";

  private final PortId channel;
  private final Sender sender;
  private final Persons persons;
  private final TwilioCalls twilio;
  private final MessageBodies bodies;
  private final Submissions submissions;
  private final InstantSource clock;

  PersonReports(
      PortId channel,
      Sender sender,
      Persons persons,
      TwilioCalls twilio,
      MessageBodies bodies,
      Submissions submissions,
      InstantSource clock) {
    this.channel = channel;
    this.sender = sender;
    this.persons = persons;
    this.twilio = twilio;
    this.bodies = bodies;
    this.submissions = submissions;
    this.clock = clock;
  }

  /** The person wrote: no call where nothing is missing before it. */
  CompletableFuture<Void> wrote(PersonEvent.Wrote event) {
    FlexEvent.Message message = event.message();
    Person person = persons
        .find(event.conversation())
        .orElseGet(() -> persons.keep(new Person(
            event.conversation(),
            new CustomerAddress(channel, message.author()),
            clock.instant())));
    person.called(event.name());
    person.stirred(clock.instant());
    return before(person, message).thenCompose(unused -> once(person, message));
  }

  /** What is missing before a message. Where Twilio refuses to tell, the message itself is not held up. */
  private CompletableFuture<Void> before(Person person, FlexEvent.Message message) {
    try {
      if (!person.isPlaced()) {
        place(person, message.index());
      }
      if (message.index() > person.firstUnseen()) {
        return readUpTo(person, message.index());
      }
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.kind() != TwilioFailure.Kind.REFUSED) {
        throw e;
      }
      LOG.warn(
          "conversation {}: what came before message {} cannot be read: {}",
          person.sid(),
          message.sid(),
          failure.reason());
    }
    return CompletableFuture.completedFuture(null);
  }

  /** The conversation is closed: what was missed of it is read, and it is used no more. One call. */
  CompletableFuture<Void> closed(Person person) {
    if (person.isClosed()) {
      return CompletableFuture.completedFuture(null);
    }
    return missed(person).thenRun(person::close);
  }

  /** Who is in a conversation that is not remembered, as far as a kept place says. */
  Optional<Person> keptPerson(String sid) {
    return submissions.intake().map(it -> it.positions(channel)).orElse(List.of()).stream()
        .filter(it ->
            Position.parse(it.position()).filter(at -> at.sid().equals(sid)).isPresent())
        .map(it -> new Person(sid, it.address(), clock.instant()))
        .findFirst();
  }

  /** A message did not reach the person: the agent is told. No call. */
  CompletableFuture<Void> notDelivered(Person person, PersonEvent.NotDelivered lost) {
    Origin origin = Origin.of(
        new EventKey(channel.value(), "not-delivered:" + lost.message()),
        person.address(),
        profile(person));
    return submissions
        .submit(new CustomerEvent.CustomerNotReached(origin, Undelivered.meaning(lost)))
        .thenApply(result -> null);
  }

  /** Reads what was missed since what is known: a call for each page, in most cases one. */
  CompletableFuture<Void> missed(Person person) {
    return person.isPlaced()
        ? readUpTo(person, Long.MAX_VALUE)
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Takes a conversation that Relay did not know as new from what the person wrote last, as far as nobody has answered it: older
   * messages may have been handled long ago. One call.
   */
  void met(Person person) {
    if (!person.isPlaced()) {
      place(person, Long.MAX_VALUE);
    }
  }

  private void place(Person person, long below) {
    OptionalLong known = below == 0 ? OptionalLong.of(0) : keptPlace(person);
    person.place(known.orElseGet(() -> firstUnanswered(person, below)));
  }

  /** What another instance, or Relay before a restart, has kept. */
  private OptionalLong keptPlace(Person person) {
    return submissions.intake().map(it -> it.positions(channel)).orElse(List.of()).stream()
        .filter(it -> it.address().equals(person.address()))
        .flatMap(it -> Position.parse(it.position()).stream())
        .filter(it -> it.sid().equals(person.sid()))
        .mapToLong(it -> it.index() + 1)
        .findFirst();
  }

  private long firstUnanswered(Person person, long below) {
    long first = below;
    for (FlexEvent.Message message : twilio.newestMessages(person.sid(), 0, SMALL_PAGE, 1)) {
      if (message.index() >= below) {
        continue;
      }
      if (!isBy(person, message)) {
        return message.index() + 1;
      }
      first = message.index();
    }
    return first == Long.MAX_VALUE ? 0 : first;
  }

  /** Reads what stands between what is known and that index, and hands it in. */
  private CompletableFuture<Void> readUpTo(Person person, long below) {
    long from = person.firstUnseen();
    List<FlexEvent.Message> newest = twilio.newestMessages(
        person.sid(),
        from,
        below - from < SMALL_PAGE / 2 ? SMALL_PAGE : TwilioCalls.PAGE,
        GAP_PAGES);
    Adoption.remember(person, newest);
    List<FlexEvent.Message> missing = newest.stream()
        .filter(it -> it.index() >= from && it.index() < below)
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    for (FlexEvent.Message message : missing) {
      all = all.thenCompose(unused -> once(person, message));
    }
    LOG.debug("conversation {}: {} messages read", person.sid(), missing.size());
    long lastRead = missing.isEmpty() ? from : missing.get(missing.size() - 1).index() + 1;
    // What is missing still was taken back.
    return all.thenRun(() -> person.sawAllBelow(below == Long.MAX_VALUE ? lastRead : below));
  }

  /** Seen is only what was handed in: what failed on the way is handed in when it is tried again. */
  private CompletableFuture<Void> once(Person person, FlexEvent.Message message) {
    boolean isNew = isBy(person, message) && !person.isSeen(message.index());
    CompletableFuture<Void> handed =
        isNew ? hand(person, message) : CompletableFuture.completedFuture(null);
    return handed.thenAccept(unused -> {
      boolean ignored = person.saw(message.index());
    });
  }

  /** Echo guard: what Relay posted carries its mark, and what agents, bots and Twilio posted has another author. */
  private static boolean isBy(Person person, FlexEvent.Message message) {
    return !message.isOurs() && message.author().equals(person.address().key());
  }

  private CompletableFuture<Void> hand(Person person, FlexEvent.Message message) {
    CustomerAddress address = person.address();
    List<MessageBody> all = bodies.of(message, channel + ":" + address.key());
    if (all.isEmpty()) {
      // A place, a contact, a reaction: nothing gets lost in silence.
      all = List.of(MessageBody.text(NO_TEXT));
    }
    Optional<String> position = persons.isCurrent(person)
        ? Optional.of(new Position(person.sid(), message.index()).toString())
        : Optional.empty();
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (int part = 1; part <= all.size(); part++) {
      String suffix = part == 1 ? "" : "/" + part;
      Origin origin = new Origin(
          new EventKey(channel.value(), "message:" + message.sid() + suffix),
          address,
          profile(person),
          // Only with the last part all of the message is read.
          part == all.size() ? position : Optional.empty(),
          Optional.empty(),
          Optional.empty());
      CustomerEvent.CustomerWrote wrote = new CustomerEvent.CustomerWrote(
          origin, part == 1 ? Optional.of(message.sid()) : Optional.empty(), all.get(part - 1));
      done = done.thenCompose(unused -> submissions.submit(wrote)).thenApply(result -> null);
    }
    return done;
  }

  private CustomerProfile profile(Person person) {
    String key = person.address().key();
    String name = person.name().orElseGet(() -> {
      String end = key.substring(Math.max(0, key.length() - 4));
      return "…" + end;
    });
    return new CustomerProfile(key, name, sender.language(), Set.of());
  }
}
