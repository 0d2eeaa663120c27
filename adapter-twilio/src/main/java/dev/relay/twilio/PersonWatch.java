package dev.relay.twilio;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.PortId;
import dev.relay.core.engine.ChannelPosition;
import dev.relay.core.engine.Intake;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what people wrote while Relay was away, and what webhooks have lost. Thread-safe. */
final class PersonWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PersonWatch.class);
  /** Conversations of people whom Relay never heard of are looked for as far back: a long weekend. */
  private static final Duration LOOKS_BACK = Duration.ofDays(3);

  private static final int MAX_STRANGERS = 500;

  private final PortId channel;
  private final Persons persons;
  private final PersonCalls people;
  private final InstantSource clock;
  private final Duration every;
  private final BiConsumer<Person, Boolean> read;

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
   * Finds people who wrote for the first time, or came back in a new conversation, while Relay was away: a call for each hundred
   * conversations that are open, and two for each that Relay does not know.
   */
  void recoverStrangers() {
    LocalDate since = LocalDate.ofInstant(clock.instant().minus(LOOKS_BACK), ZoneOffset.UTC);
    List<String> unknown = people.openSince(since).stream()
        .filter(sid -> persons.find(sid).isEmpty())
        .toList();
    if (unknown.size() > MAX_STRANGERS) {
      LOG.warn(
          "{}: of {} open conversations that Relay does not know {} are looked at",
          channel,
          unknown.size(),
          MAX_STRANGERS);
    }
    for (String sid : unknown.subList(0, Math.min(MAX_STRANGERS, unknown.size()))) {
      people.personIn(sid).ifPresent(address -> {
        CustomerAddress at = new CustomerAddress(channel, address);
        read.accept(persons.keep(new Person(sid, at, clock.instant())), true);
      });
    }
  }

  /** Reads the conversations that have fallen silent, three times each: the last webhook may be lost. */
  void look() {
    for (Person person : persons.all()) {
      if (person.isTimeToLook(clock.instant(), every)) {
        read.accept(person, false);
      }
    }
  }
}
