package dev.relay.core.engine;

import dev.relay.core.channel.Channel;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The question to a channel whether a customer can be written to first. It is asked outside transactions, because the answer comes from
 * code of the channel. Thread-safe.
 */
final class Reachability {
  /** The conversations in which the customer's last message is looked for; further back, every known window is over. */
  private static final int CONVERSATIONS = 5;

  private static final int ENTRIES = 200;

  private final Store store;
  private final Map<PortId, Channel> channels;
  private final RelayObserver observer;

  Reachability(Store store, List<Channel> channels, RelayObserver observer) {
    this.store = store;
    this.channels = channels.stream().collect(Collectors.toMap(Channel::id, Function.identity()));
    this.observer = observer;
  }

  private record Facts(CustomerAddress address, Optional<Instant> lastWrote) {}

  /** Returns whether the customer of a conversation can be written to at its address; open for an unknown one, which is refused later. */
  Reach of(ConversationId conversation) {
    Optional<Facts> facts = store.read(queries -> queries
        .conversation(conversation)
        .map(found -> new Facts(found.address(), lastWrote(found, queries))));
    return facts.map(this::ask).orElseGet(Reach::open);
  }

  /** Returns the refusal of a message to a customer who cannot be written to. */
  Optional<Refusal> obstacle(ConversationId conversation) {
    return of(conversation) instanceof Reach.Closed closed
        ? Optional.of(new Refusal(Refusal.Code.OUT_OF_REACH, closed.reason()))
        : Optional.empty();
  }

  private Reach ask(Facts facts) {
    PortId id = facts.address().channel();
    Channel channel = channels.get(id);
    if (channel == null) {
      return new Reach.Closed(
          Reach.Code.UNSUPPORTED, "channel \"" + id + "\" is not registered", Optional.empty());
    }
    try {
      return channel.reachFor(facts.address(), facts.lastWrote());
    } catch (RuntimeException e) {
      // The message is stored and shows what becomes of it, as every other one.
      observer.broken("channel " + id, e);
      return Reach.open();
    }
  }

  private static Optional<Instant> lastWrote(Conversation known, Queries queries) {
    ConversationFilter theirs =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(known.customer()), true);
    return queries.conversations(theirs, Optional.empty(), CONVERSATIONS).stream()
        .filter(it -> it.address().equals(known.address()))
        .flatMap(it -> queries.latestEntries(it.id(), ENTRIES).stream())
        .filter(Reachability::isByCustomer)
        .map(TranscriptEntry::at)
        .max(Instant::compareTo);
  }

  private static boolean isByCustomer(TranscriptEntry entry) {
    EntryContent content = entry.content();
    if (content instanceof EntryContent.Said said) {
      return said.author().role() == Participant.Role.CUSTOMER;
    }
    return content instanceof EntryContent.Pressed;
  }
}
