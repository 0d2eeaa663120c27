package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.ChannelPosition;
import dev.relay.core.intake.Intake;
import dev.relay.twilio.conversation.Person;
import dev.relay.twilio.rest.PersonCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.Memory;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what people wrote while Relay was away, and what webhooks have lost. Used by one thread; calls block. */
final class PersonWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PersonWatch.class);
  /** Conversations of people whom Relay never heard of are looked for as far back: a long weekend. */
  private static final Duration LOOKS_BACK = Duration.ofDays(3);

  /** How many unknown conversations one look asks for, so that its calls stay few; the next look goes on. */
  private static final int MAX_STRANGERS = 500;

  /** A stranger whose very first webhook is lost is found after that many rounds: five minutes, with a round in 30 s. */
  private static final int STRANGERS_EACH = 10;

  /** Twilio adds the person a moment after it makes the conversation: only a second look shows that nobody of ours is in it. */
  private static final int LOOKS = 2;

  /** So many conversations that are nobody's here. */
  private static final int REMEMBERED = 20_000;

  private final PortId channel;
  private final Persons persons;
  private final PersonCalls people;
  private final InstantSource clock;
  private final Duration every;
  private final BiConsumer<Person, Boolean> read;
  private final Map<String, Integer> looksInVain = Memory.of(REMEMBERED);
  private int rounds;

  /** With who reads a person's conversation, told whether Relay did not know it. */
  PersonWatch(
      PortId channel,
      Persons persons,
      PersonCalls people,
      InstantSource clock,
      Duration every,
      BiConsumer<Person, Boolean> read) {
    this.channel = channel;
    this.persons = persons;
    this.people = people;
    this.clock = clock;
    this.every = every;
    this.read = read;
  }

  /** Goes on where Relay was: a call for each person that it knows. */
  void recoverKnown(Intake intake) {
    for (ChannelPosition kept : intake.positions(channel)) {
      Optional<Position> position = Position.parse(kept.position());
      if (position.isPresent()
          && persons.find(position.get().sid()).isEmpty()
          && persons.current(kept.address()).isEmpty()) {
        Person person = new Person(position.get().sid(), kept.address(), clock.instant());
        person.place(position.get().index() + 1);
        read.accept(persons.keep(person), false);
      }
    }
  }

  /**
   * Finds people who wrote for the first time, or came back in a new conversation, without a webhook that told of it: a call for each
   * hundred conversations that are open, and two for each that Relay does not know. One in which nobody writes to this sender is
   * asked for twice and then remembered.
   */
  void findStrangers() {
    LocalDate since = LocalDate.ofInstant(clock.instant().minus(LOOKS_BACK), ZoneOffset.UTC);
    List<String> unknown = people.openSince(since).stream()
        .filter(sid -> persons.find(sid).isEmpty())
        .filter(sid -> looksInVain.getOrDefault(sid, 0) < LOOKS)
        .sorted(Comparator.comparing(sid -> looksInVain.getOrDefault(sid, 0)))
        .toList();
    if (unknown.size() > MAX_STRANGERS) {
      LOG.info(
          "{}: of {} open conversations that Relay does not know {} are looked at, the others later",
          channel,
          unknown.size(),
          MAX_STRANGERS);
    }
    for (String sid : unknown.subList(0, Math.min(MAX_STRANGERS, unknown.size()))) {
      Optional<String> address = personIn(sid);
      if (address.isPresent()) {
        CustomerAddress at = new CustomerAddress(channel, address.get());
        read.accept(persons.keep(new Person(sid, at, clock.instant())), true);
      } else {
        looksInVain.merge(sid, 1, Integer::sum);
      }
    }
  }

  /** Empty also where Twilio refuses to tell: one conversation, deleted just now say, holds up no others. */
  private Optional<String> personIn(String sid) {
    try {
      return people.personIn(sid);
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.concernsAll()) {
        throw e;
      }
      LOG.debug("conversation {}: not looked at: {}", sid, failure.reason());
      return Optional.empty();
    }
  }

  /** One look at all that may have been missed; whether Twilio was asked and has answered. */
  boolean round() {
    look();
    rounds++;
    boolean looksForStrangers = rounds % STRANGERS_EACH == 0;
    if (looksForStrangers) {
      findStrangers();
    }
    return looksForStrangers;
  }

  /** Reads the conversations that have fallen silent, three times each: the last webhook may be lost. */
  private void look() {
    for (Person person : persons.all()) {
      if (person.isTimeToLook(clock.instant(), every)) {
        read.accept(person, false);
      }
    }
  }
}
