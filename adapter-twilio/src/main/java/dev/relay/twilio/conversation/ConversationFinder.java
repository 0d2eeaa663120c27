package dev.relay.twilio.conversation;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the Twilio conversation of one of Relay's: a remembered one, else at Twilio by its unique name. A conversation found at Twilio
 * (after a restart, or made by another instance) is read as far as needed to continue in it. Thread-safe.
 */
public final class ConversationFinder {
  private final ConversationLinks links;
  private final TwilioCalls twilio;
  private final TwilioConnection connection;
  private final MessageListener listener;

  /** Receives the messages that were found in a conversation and that Relay did not post. */
  public interface MessageListener {
    /** Receives messages, oldest first. Must not block. */
    void found(ConversationLink link, List<FlexEvent.Message> oldestFirst);
  }

  /**
   * Creates a finder; makes no calls.
   *
   * @param links remembers what was found
   * @param connection the account
   * @param listener receives the messages found in a conversation
   */
  public ConversationFinder(
      ConversationLinks links, TwilioConnection connection, MessageListener listener) {
    this.links = links;
    this.connection = connection;
    this.twilio = connection.conversations();
    this.listener = listener;
  }

  /** Returns the Twilio conversation of one of Relay's if it is remembered. Makes no call. */
  public Optional<ConversationLink> known(ConversationId conversation) {
    return links.find(conversation);
  }

  /** Returns the conversation with that id at Twilio if it is remembered. Makes no call. */
  public Optional<ConversationLink> known(String sid) {
    return links.findBySid(sid);
  }

  /** Returns the name of the conversation with that id at Twilio; empty if it is not one of Relay's. One call; blocks. */
  public Optional<ConversationName> nameOf(String sid) {
    return twilio.conversation(sid).flatMap(it -> ConversationName.parse(it.uniqueName()));
  }

  /** Returns the newest Twilio conversation of one of Relay's. No call if it is remembered; blocks otherwise. */
  public Optional<ConversationLink> current(ConversationId conversation) {
    Optional<ConversationLink> known = links.find(conversation);
    return known.isPresent() ? known : search(conversation);
  }

  /** Finds the newest of the Twilio conversations that followed each other: one call for each, and one or two more. Blocks. */
  public Optional<ConversationLink> search(ConversationId conversation) {
    Optional<TwilioCalls.Found> newest = Optional.empty();
    ConversationName name = ConversationName.first(conversation);
    ConversationName newestName = name;
    while (name.generation() <= ConversationName.MAX_GENERATION) {
      Optional<TwilioCalls.Found> found = twilio.conversation(name.toString());
      if (found.isEmpty()) {
        break;
      }
      // An open one may be left over because closing it failed: the newest counts.
      newest = found;
      newestName = name;
      name = name.next();
    }
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(adopt(newestName, newest.get(), 1));
  }

  /** Continues in a conversation that was found and, if it is open, reads at most that many pages: one call each. */
  public ConversationLink adopt(ConversationName name, TwilioCalls.Found found, int maxPages) {
    ConversationLink link = new ConversationLink(
        name, found.sid(), found.handoff(), connection.clock().instant());
    if (found.closed()) {
      link.foundClosed();
    } else {
      read(link, maxPages);
    }
    return links.keep(link);
  }

  /** Reads the newest messages: Relay's own are remembered, all others are reported. One call per page. */
  public void read(ConversationLink link, int maxPages) {
    List<FlexEvent.Message> newestFirst =
        twilio.newestMessages(link.sid(), link.firstUnseen(), TwilioCalls.PAGE, maxPages);
    remember(link, newestFirst);
    if (!newestFirst.isEmpty()) {
      // Older messages are not searched again.
      link.sawAllBelow(newestFirst.get(newestFirst.size() - 1).index());
    }
    List<FlexEvent.Message> others = newestFirst.stream()
        .filter(it -> !it.isOurs())
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    listener.found(link, others);
  }

  /** Remembers the messages that Relay posted. */
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
