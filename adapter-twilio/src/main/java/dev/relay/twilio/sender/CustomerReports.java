package dev.relay.twilio.sender;

import com.twilio.exception.TwilioException;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.conversation.MessageBodies;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.rest.MediaCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.PhoneNumber;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns customers' messages to a sender into Relay's events, in the order in which they were written. Called in the order of each
 * customer; the futures complete when all that follows is stored. Thread-safe; may block.
 */
final class CustomerReports {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerReports.class);
  private static final int GAP_PAGES = 10;
  private static final int SMALL_PAGE = 40;
  private static final String NO_TEXT = "[a message of a kind that cannot be passed on]";

  private final PortId channel;
  private final TwilioSettings.Senders senders;
  private final TwilioSender.Medium medium;
  private final BlockingCalls calls;
  private final CustomerConversations customers;
  private final KnownCustomers known;
  private final TwilioCalls twilio;
  private final MessageBodies bodies;
  private final TwilioPort port;
  private final InstantSource clock;

  CustomerReports(
      TwilioPort port,
      TwilioSender.Medium medium,
      CustomerConversations customers,
      KnownCustomers known,
      BlockingCalls calls,
      TwilioConnection connection) {
    this.channel = port.id();
    this.port = port;
    this.medium = medium;
    this.calls = calls;
    this.senders = connection.settings().senders();
    this.customers = customers;
    this.known = known;
    this.twilio = connection.conversations();
    this.bodies = new MessageBodies(connection, port);
    this.clock = connection.clock();
  }

  /** Reports a message; no call if nothing is missing before it. */
  CompletableFuture<Void> wrote(SenderEvent.Wrote event, CustomerAddress address) {
    FlexEvent.Message message = event.message();
    CustomerConversation customer = customers
        .find(event.conversation())
        .orElseGet(() -> customers.keep(
            new CustomerConversation(event.conversation(), address, clock.instant())));
    customers.wroteIn(customer);
    customer.called(event.name());
    customer.stirred(clock.instant());
    return before(customer, message)
        .thenCompose(unused -> once(customer, message, event.optOutType()));
  }

  /** Reads what is missing before a message, if anything is. */
  private CompletableFuture<Void> before(CustomerConversation customer, FlexEvent.Message message) {
    if (!customer.isPlaced() && message.index() == 0) {
      place(customer, 0);
    }
    // Twilio may be slow to list messages; texts of other customers must not wait for it.
    return customer.isPlaced() && message.index() <= customer.firstUnseen()
        ? CompletableFuture.completedFuture(null)
        : calls.call(() -> read(customer, message)).thenCompose(Supplier::get);
  }

  /**
   * Reads what is missing before a message. If Twilio refuses, the message itself is not delayed. Blocks.
   *
   * @return submits what was read
   */
  private Supplier<CompletableFuture<Void>> read(
      CustomerConversation customer, FlexEvent.Message message) {
    try {
      if (!customer.isPlaced()) {
        place(customer, message.index());
      }
      if (message.index() > customer.firstUnseen()) {
        return readUpTo(customer, message.index());
      }
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.isPassing() || failure.concernsAll()) {
        throw e;
      }
      LOG.warn(
          "conversation {}: what came before message {} cannot be read: {}",
          customer.sid(),
          message.sid(),
          failure.reason());
    }
    return () -> CompletableFuture.completedFuture(null);
  }

  /** Reads what was missed of a closed conversation, which is not used any longer. One call. */
  CompletableFuture<Void> closed(CustomerConversation customer) {
    if (customer.isClosed()) {
      return CompletableFuture.completedFuture(null);
    }
    return missed(customer).thenRun(customer::close);
  }

  /** Returns the customer of a conversation that is not remembered, if a kept read position names it. */
  Optional<CustomerConversation> keptCustomer(String sid) {
    return known.kept(sid).map(it -> new CustomerConversation(sid, it, clock.instant()));
  }

  /** Keeps how far a conversation is read, and whether its customer accepts messages. One call if it was unknown to Relay. */
  CompletableFuture<Void> keepPlace(CustomerConversation customer) {
    place(customer);
    ReadPosition position = new ReadPosition(
        customer.sid(), customer.firstUnseen() - 1, known.consent(customer.address()));
    return port.intake()
        .map(it -> it.keepPosition(customer.address(), position.toString()))
        .orElseGet(() -> CompletableFuture.completedFuture(false))
        .thenApply(kept -> null);
  }

  /** Reports that a message did not reach the customer, so that the agent is notified. No call. */
  CompletableFuture<Void> notDelivered(
      CustomerConversation customer, SenderEvent.NotDelivered lost) {
    return notReached(
        customer, "not-delivered:" + lost.message(), UndeliveredMessages.meaning(lost));
  }

  /**
   * Checks whether a message was posted after its customer had opted in. One call at most, in the conversation where they opted in. A
   * message that cannot be read counts as older: the next one shows whether Twilio still refuses.
   */
  CompletableFuture<Boolean> isAfter(
      Consent.OptedIn optedIn, CustomerConversation customer, SenderEvent.NotDelivered lost) {
    if (!optedIn.conversation().equals(customer.sid())) {
      boolean isElsewhere = customers
          .current(customer.address())
          .filter(it -> !it.sid().equals(customer.sid()))
          .isPresent();
      return CompletableFuture.completedFuture(!isElsewhere);
    }
    return calls.call(() -> twilio.index(customer.sid(), lost.message()).stream()
        .anyMatch(index -> index > optedIn.index()));
  }

  /** Reports that a file of a message was left out, once for each part of a delivery. No call. */
  void leftOut(CustomerConversation customer, String part, AttachmentRef file, String reason) {
    String name = MediaCalls.plainName(file.fileName());
    var unused = notReached(
        customer, "left-out:" + part, "the file \"" + name + "\" was left out: " + reason);
  }

  private CompletableFuture<Void> notReached(
      CustomerConversation customer, String key, String reason) {
    Origin origin =
        Origin.of(new EventKey(channel.value(), key), customer.address(), profile(customer));
    return port.submit(new CustomerEvent.CustomerNotReached(origin, reason))
        .thenApply(result -> null);
  }

  /** Reads what was missed since the last known message: one call per page, in most cases one. */
  CompletableFuture<Void> missed(CustomerConversation customer) {
    return customer.isPlaced()
        ? calls.call(() -> readUpTo(customer, Long.MAX_VALUE)).thenCompose(Supplier::get)
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Places a conversation that was unknown to Relay. Its new messages are the customer's last ones that nobody has answered, since older ones may
   * have been handled long ago. One call.
   */
  void place(CustomerConversation customer) {
    if (!customer.isPlaced()) {
      place(customer, Long.MAX_VALUE);
    }
  }

  private void place(CustomerConversation customer, long below) {
    OptionalLong known = below == 0 ? OptionalLong.of(0) : keptPlace(customer);
    customer.place(known.orElseGet(() -> firstUnanswered(customer, below)));
  }

  /** Returns the place after the read position that another instance, or Relay before a restart, has kept. */
  private OptionalLong keptPlace(CustomerConversation customer) {
    return port.intake().flatMap(it -> it.position(customer.address())).stream()
        .flatMap(it -> ReadPosition.parse(it).stream())
        .filter(it -> it.sid().equals(customer.sid()))
        .mapToLong(it -> it.index() + 1)
        .findFirst();
  }

  private long firstUnanswered(CustomerConversation customer, long below) {
    long first = below;
    for (FlexEvent.Message message : twilio.newestMessages(customer.sid(), 0, SMALL_PAGE, 1)) {
      if (message.index() >= below) {
        continue;
      }
      if (!isBy(customer, message)) {
        return message.index() + 1;
      }
      first = message.index();
    }
    return first == Long.MAX_VALUE ? 0 : first;
  }

  /**
   * Reads the messages between the last known one and that index. Blocks.
   *
   * @return submits them
   */
  private Supplier<CompletableFuture<Void>> readUpTo(CustomerConversation customer, long below) {
    long from = customer.firstUnseen();
    List<FlexEvent.Message> newest = twilio.newestMessages(
        customer.sid(),
        from,
        below - from < SMALL_PAGE / 2 ? SMALL_PAGE : TwilioCalls.PAGE,
        GAP_PAGES);
    ConversationFinder.remember(customer, newest);
    List<FlexEvent.Message> missing = newest.stream()
        .filter(it -> it.index() >= from && it.index() < below)
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    LOG.debug("conversation {}: {} messages read", customer.sid(), missing.size());
    long lastRead = missing.isEmpty() ? from : missing.get(missing.size() - 1).index() + 1;
    // Messages that are still missing were deleted.
    return () -> all(customer, missing)
        .thenRun(() -> customer.sawAllBelow(below == Long.MAX_VALUE ? lastRead : below));
  }

  private CompletableFuture<Void> all(
      CustomerConversation customer, List<FlexEvent.Message> messages) {
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    for (FlexEvent.Message message : messages) {
      all = all.thenCompose(unused -> once(customer, message, Optional.empty()));
    }
    return all;
  }

  /** Submits a message that was not seen. It counts as seen once it is submitted: after a failure it is submitted again. */
  private CompletableFuture<Void> once(
      CustomerConversation customer, FlexEvent.Message message, Optional<String> optOutType) {
    boolean isNew = isBy(customer, message) && !customer.isSeen(message.index());
    CompletableFuture<Void> submitted =
        isNew ? submit(customer, message, optOutType) : CompletableFuture.completedFuture(null);
    return submitted.thenAccept(unused -> {
      boolean ignored = customer.saw(message.index());
    });
  }

  /** Checks that the customer wrote a message: Relay's messages carry its mark, and those of agents, bots and Twilio have other authors. */
  private boolean isBy(CustomerConversation customer, FlexEvent.Message message) {
    return !message.isOurs()
        && medium.isCustomerAddress(message.author())
        && !senders.names(medium, message.author())
        && known.areOne(customer.address(), message.author());
  }

  private CompletableFuture<Void> submit(
      CustomerConversation customer, FlexEvent.Message message, Optional<String> optOutType) {
    Optional<ReservedWord> word =
        ReservedWord.of(medium, message.body(), optOutType, known.isOptedOut(customer.address()));
    word.filter(it -> it != ReservedWord.HELP)
        .ifPresent(it -> known.said(
            customer.address(),
            it == ReservedWord.STOP
                ? new Consent.OptedOut()
                : new Consent.OptedIn(customer.sid(), message.index())));
    return bodies(customer, message)
        .thenCompose(all -> submit(customer, message, all, word.isPresent()));
  }

  private CompletableFuture<List<MessageBody>> bodies(
      CustomerConversation customer, FlexEvent.Message message) {
    String owner = channel + ":" + customer.address().key();
    // A file may be slow; texts of other customers must not wait for it.
    return message.media().isEmpty()
        ? CompletableFuture.completedFuture(bodies.of(message, owner))
        : calls.call(() -> bodies.of(message, owner));
  }

  private CompletableFuture<Void> submit(
      CustomerConversation customer,
      FlexEvent.Message message,
      List<MessageBody> found,
      boolean isReserved) {
    CustomerAddress address = customer.address();
    // A location, a contact, a reaction: never lost without a trace.
    List<MessageBody> all = found.isEmpty() ? List.of(MessageBody.text(NO_TEXT)) : found;
    Optional<String> position = customers.isCurrent(customer)
        ? Optional.of(
            new ReadPosition(customer.sid(), message.index(), known.consent(address)).toString())
        : Optional.empty();
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (int part = 1; part <= all.size(); part++) {
      String suffix = part == 1 ? "" : "/" + part;
      Origin origin = new Origin(
          new EventKey(channel.value(), "message:" + message.sid() + suffix),
          address,
          profile(customer),
          // The message is read once its last part is stored.
          part == all.size() ? position : Optional.empty(),
          Optional.empty(),
          Optional.empty());
      MessageBody body = all.get(part - 1);
      CustomerEvent event = isReserved
          ? new CustomerEvent.CustomerNoted(origin, body)
          : new CustomerEvent.CustomerWrote(
              origin, part == 1 ? Optional.of(message.sid()) : Optional.empty(), body);
      done = done.thenCompose(unused -> port.submit(event)).thenApply(result -> null);
    }
    return done;
  }

  private CustomerProfile profile(CustomerConversation customer) {
    String key = customer.address().key();
    boolean isOptedOut = known.isOptedOut(customer.address());
    return new CustomerProfile(
            key, shown(customer, key) + (isOptedOut ? " (STOP)" : ""), senders.language(), Set.of())
        .withUnknown(CustomerProfile.Detail.LOCALE);
  }

  /** Returns what live agents see: the customer's own name and, if they may see it, the number. */
  private String shown(CustomerConversation customer, String key) {
    Optional<String> number = senders.showsNumbers() ? PhoneNumber.in(key) : Optional.empty();
    String end = "…" + key.substring(Math.max(0, key.length() - 4));
    return customer
        .name()
        .map(name -> name + number.map(it -> " (" + it + ")").orElse(""))
        .orElse(number.orElse(end));
  }
}
