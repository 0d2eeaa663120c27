package dev.relay.twilio.conversation;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finds the Twilio conversation of one of Relay's: in memory, else at Twilio by its unique name. What is found at Twilio (after a
 * restart, or where another instance made it) is read as far as needed to go on with it. Thread-safe.
 */
public final class Adoption {
  private final Links links;
  private final TwilioCalls twilio;
  private final InstantSource clock;
  private final BiConsumer<Link, List<FlexEvent.Message>> whenRead;

  /** With who hears which messages were found in a conversation, oldest first. */
  public Adoption(
      Links links,
      TwilioCalls twilio,
      InstantSource clock,
      BiConsumer<Link, List<FlexEvent.Message>> whenRead) {
    this.links = links;
    this.twilio = twilio;
    this.clock = clock;
    this.whenRead = whenRead;
  }

  /** The Twilio conversation of one of Relay's, as far as it is remembered; no call. */
  public Optional<Link> known(ConversationId conversation) {
    return links.find(conversation);
  }

  /** The newest Twilio conversation of one of Relay's; no call where it is remembered. */
  public Optional<Link> current(ConversationId conversation) {
    Optional<Link> known = links.find(conversation);
    return known.isPresent() ? known : search(conversation);
  }

  /** The newest, looked for at Twilio: a call for each that there was, and one or two more. */
  public Optional<Link> search(ConversationId conversation) {
    Optional<TwilioCalls.Found> newest = Optional.empty();
    ConversationName name = ConversationName.first(conversation);
    ConversationName newestName = name;
    while (name.generation() <= ConversationName.MAX_GENERATION) {
      Optional<TwilioCalls.Found> found = twilio.conversation(name.toString());
      if (found.isEmpty()) {
        break;
      }
      // An open one may be left over where closing it failed: the newest counts.
      newest = found;
      newestName = name;
      name = name.next();
    }
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(adopt(newestName, newest.get(), 1));
  }

  /** Goes on with a conversation that was found, reading that many pages at the most; one call for each where it is open. */
  public Link adopt(ConversationName name, TwilioCalls.Found found, int maxPages) {
    Link link = new Link(name, found.sid(), found.handoff(), clock.instant());
    if (found.closed()) {
      link.foundClosed();
    } else {
      read(link, maxPages);
    }
    return links.keep(link);
  }

  /** Reads the newest messages: what Relay posted is remembered, what others wrote is reported. One call for each page. */
  public void read(Link link, int maxPages) {
    List<FlexEvent.Message> newestFirst =
        twilio.newestMessages(link.sid(), link.firstUnseen(), TwilioCalls.PAGE, maxPages);
    remember(link, newestFirst);
    if (!newestFirst.isEmpty()) {
      // What is older is not looked for again.
      link.sawAllBelow(newestFirst.get(newestFirst.size() - 1).index());
    }
    List<FlexEvent.Message> others = newestFirst.stream()
        .filter(it -> !it.isOurs())
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    whenRead.accept(link, others);
  }

  /** Remembers which of them Relay posted. */
  public static void remember(MessageLog link, List<FlexEvent.Message> messages) {
    for (FlexEvent.Message message : messages) {
      Marks.read(message.attributes())
          .ifPresent(mark -> link.posted(
              mark.delivery(),
              mark.part(),
              new TwilioCalls.Posted(message.sid(), message.index())));
    }
  }
}
