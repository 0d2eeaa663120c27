package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.DeliveryId;
import dev.relay.twilio.conversation.Person;
import dev.relay.twilio.rest.PersonCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.rest.TwilioNotReachedException;
import dev.relay.twilio.wire.Marks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the Twilio conversation in which a person is written to: in memory, else their newest at Twilio, else a new one. Each step can be
 * repeated: what an attempt before has made is found by its name. Thread-safe.
 */
final class PersonFinder {
  /** A closed conversation keeps its name; nobody closes that many during one delivery. */
  private static final int MAX_GENERATION = 20;

  /** Nobody's conversation is closed more than once between an attempt and its repetition. */
  private static final int CONVERSATIONS_IN_DOUBT = 3;

  private static final int LOCKS = 64;

  private final Persons persons;
  private final PersonCalls people;
  private final TwilioCalls twilio;
  private final InstantSource clock;
  private final String webhookUrl;
  private final Consumer<Person> whenMade;
  private final Consumer<Person> whenFound;
  private final Object[] locks = new Object[LOCKS];

  /** With who hears of conversations that Relay made, and of those that it found at Twilio before it writes there. */
  PersonFinder(
      Persons persons,
      PersonCalls people,
      TwilioCalls twilio,
      InstantSource clock,
      String webhookUrl,
      Consumer<Person> whenMade,
      Consumer<Person> whenFound) {
    this.persons = persons;
    this.people = people;
    this.twilio = twilio;
    this.clock = clock;
    this.webhookUrl = webhookUrl;
    this.whenMade = whenMade;
    this.whenFound = whenFound;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /** Where the person is; no call where it is remembered, one or more where not. Makes nothing. */
  Optional<Person> find(CustomerAddress address) {
    Optional<Person> known = persons.current(address).filter(it -> !it.isClosed());
    return known.isPresent() ? known : search(address);
  }

  /** Where the person was before, newest first: a delivery in doubt may have gone there before it was closed. Up to three calls. */
  List<Person> before(CustomerAddress address, Optional<Person> current) {
    return people.newest(address.key(), CONVERSATIONS_IN_DOUBT).stream()
        .filter(sid -> current.filter(it -> it.sid().equals(sid)).isEmpty())
        .map(sid -> persons.find(sid).orElseGet(() -> new Person(sid, address, clock.instant())))
        .toList();
  }

  /** Where the person is, or where they will be: makes a conversation if there is none. */
  Person findOrMake(CustomerAddress address, DeliveryId delivery) {
    // Two of Relay's conversations at one address may deliver at the same time.
    synchronized (locks[Math.floorMod(address.hashCode(), LOCKS)]) {
      return find(address).orElseGet(() -> make(address, delivery));
    }
  }

  private Optional<Person> search(CustomerAddress address) {
    return people
        .newestOpen(address.key())
        .filter(sid -> persons.find(sid).filter(Person::isClosed).isEmpty())
        .map(sid -> heardOf(sid, address));
  }

  /** Goes on in a conversation that somebody else made: what is written there must come to Relay. */
  private Person heardOf(String sid, CustomerAddress address) {
    addWebhookIfMissing(sid);
    Person person = persons.keep(new Person(sid, address, clock.instant()));
    whenFound.accept(person);
    return person;
  }

  private void addWebhookIfMissing(String sid) {
    if (!twilio.webhookUrls(sid).contains(webhookUrl)) {
      people.addWebhook(sid);
    }
  }

  private Person make(CustomerAddress address, DeliveryId delivery) {
    String sid = create(delivery);
    // The webhook comes first: what the person writes comes here from the moment that they are in
    // it.
    addWebhookIfMissing(sid);
    try {
      people.add(sid, address.key());
    } catch (TwilioException e) {
      if (!TwilioFailure.of(e).isParticipantThere()) {
        throw e;
      }
      String other = people.newestOpen(address.key()).orElseThrow(() -> e);
      if (!other.equals(sid)) {
        // The person has written meanwhile, which made another conversation.
        twilio.closeConversation(sid);
        return heardOf(other, address);
      }
    }
    Person person = new Person(sid, address, clock.instant());
    person.place(0);
    Person kept = persons.keep(person);
    whenMade.accept(kept);
    return kept;
  }

  private String create(DeliveryId delivery) {
    for (int generation = 1; generation <= MAX_GENERATION; generation++) {
      String name = "relay-person-" + delivery + "-" + generation;
      try {
        return people.create(name, Marks.of(delivery.value(), 1, 1));
      } catch (TwilioException e) {
        if (TwilioFailure.of(e).code() != TwilioFailure.NAME_TAKEN) {
          throw e;
        }
        Optional<TwilioCalls.Found> before = twilio.conversation(name);
        if (before.isPresent() && !before.get().closed()) {
          return before.get().sid();
        }
      }
    }
    throw new TwilioNotReachedException(
        "the conversation was closed again and again", new IllegalStateException("closed"));
  }
}
