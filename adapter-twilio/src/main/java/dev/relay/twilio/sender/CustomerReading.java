package dev.relay.twilio.sender;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.twilio.conversation.CustomerConversation;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.wire.ErrorTable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Reads customers' conversations in the order of each customer: messages of webhooks, and what was missed before them. Thread-safe.
 */
final class CustomerReading implements CustomerListener {
  /** The watch reads few conversations at a time, so that webhooks find free threads. */
  private static final int WATCH_AT_ONCE = 4;

  private final TwilioPort port;
  private final CustomerConversations customers;
  private final KnownCustomers known;
  private final CustomerReports reports;
  private final Semaphore byWatch = new Semaphore(WATCH_AT_ONCE);

  CustomerReading(
      TwilioPort port,
      CustomerConversations customers,
      KnownCustomers known,
      CustomerReports reports) {
    this.port = port;
    this.customers = customers;
    this.known = known;
    this.reports = reports;
  }

  boolean isOpen() {
    return port.isOpen();
  }

  /** Reports an event of a webhook; completes when all that follows is stored. Empty if too much is waiting. */
  Optional<CompletableFuture<Void>> report(SenderEvent event) {
    Optional<CustomerConversation> found = customers.find(event.conversation());
    if (event instanceof SenderEvent.Wrote wrote) {
      CustomerAddress customer = known.of(
          wrote.conversation(),
          found.map(CustomerConversation::address),
          wrote.message().author());
      return port.inOrder(customer, () -> reports.wrote(wrote, customer));
    }
    if (event instanceof SenderEvent.NotDelivered lost) {
      // If another instance handles the conversation, a kept read position names its customer.
      return port.inOrder(
          lost.conversation(),
          () -> found
              .or(() -> reports.keptCustomer(lost.conversation()))
              .map(customer -> notDelivered(customer, lost))
              .orElseGet(CustomerReading::done));
    }
    return found.isEmpty()
        ? Optional.of(done())
        : port.inOrder(found.get().address(), () -> reports.closed(found.get()));
  }

  private CompletableFuture<Void> notDelivered(
      CustomerConversation customer, SenderEvent.NotDelivered lost) {
    CompletableFuture<Void> kept =
        lost.code() == ErrorTable.OPTED_OUT ? refused(customer, lost) : done();
    // The agent is notified at once, even while messages of the customer are being read.
    return reports.notDelivered(customer, lost).thenCompose(unused -> kept);
  }

  /** Records that Twilio has refused a message to a customer who opted out, unless they have opted in since it was posted. */
  private CompletableFuture<Void> refused(
      CustomerConversation customer, SenderEvent.NotDelivered lost) {
    Consent consent = known.consent(customer.address());
    return consent instanceof Consent.OptedIn optedIn
        ? reports
            .isAfter(optedIn, customer, lost)
            .thenCompose(isAfter -> isAfter ? refused(customer, optedIn) : done())
        : refused(customer, consent);
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  /** Keeps a conversation that Relay made as the customer's read position: after a restart it is read from its beginning. */
  @Override
  public void made(CustomerConversation customer) {
    var unused = keepPlace(customer.address(), customer);
  }

  @Override
  public void found(CustomerConversation customer) {
    // The read position is set before Relay writes there: its message would look like an answer to
    // the customer's.
    reports.place(customer);
    var unused = read(customer, false);
  }

  /** Returns whether a customer accepts messages. Reads the store at most once. */
  Consent consent(CustomerAddress customer) {
    return known.consent(customer);
  }

  /**
   * Records that Twilio has refused a message to a customer who opted out, unless they have opted in meanwhile. Completes when it is kept.
   *
   * @param before the consent when the message was posted
   */
  CompletableFuture<Void> refused(CustomerConversation customer, Consent before) {
    return known.refused(customer.address(), before)
        ? keepPlace(customer.address(), customers.current(customer.address()).orElse(customer))
        : done();
  }

  /** Keeps how far a customer's conversation is read, in the order of the customer's events: at least up to their last message. */
  private CompletableFuture<Void> keepPlace(
      CustomerAddress address, CustomerConversation customer) {
    return port.inOrder(address, () -> reports.keepPlace(customer))
        .orElseGet(CustomerReading::done);
  }

  private Optional<CompletableFuture<Void>> read(CustomerConversation customer, boolean isNew) {
    return port.inOrder(customer.address(), () -> {
      if (isNew) {
        reports.place(customer);
      }
      return reports.missed(customer);
    });
  }

  /**
   * Reads a conversation for the watch, which waits if too many are being read.
   *
   * @param isNew whether the conversation was unknown to Relay
   */
  void readByWatch(CustomerConversation customer, boolean isNew) {
    try {
      byWatch.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Optional<CompletableFuture<Void>> reading = read(customer, isNew);
    if (reading.isEmpty()) {
      byWatch.release();
      customers.forget(customer);
      return;
    }
    var unused = reading.get().whenComplete((done, failure) -> byWatch.release());
  }
}
