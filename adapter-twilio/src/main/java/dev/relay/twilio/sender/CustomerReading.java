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
  private final CustomerReports reports;
  private final Semaphore byWatch = new Semaphore(WATCH_AT_ONCE);

  CustomerReading(TwilioPort port, CustomerConversations customers, CustomerReports reports) {
    this.port = port;
    this.customers = customers;
    this.reports = reports;
  }

  boolean isOpen() {
    return port.isOpen();
  }

  /** Reports an event of a webhook; completes when all that follows is stored. Empty if too much is waiting. */
  Optional<CompletableFuture<Void>> report(SenderEvent event) {
    if (event instanceof SenderEvent.Wrote wrote) {
      CustomerAddress address =
          new CustomerAddress(port.id(), customers.keyOf(wrote.message().author()));
      return port.inOrder(address, () -> reports.wrote(wrote));
    }
    Optional<CustomerConversation> found = customers.find(event.conversation());
    if (event instanceof SenderEvent.NotDelivered lost) {
      if (lost.code() == ErrorTable.OPTED_OUT) {
        customers.find(lost.conversation()).ifPresent(this::optedOut);
      }
      // If another instance handles the conversation, a kept read position names its customer.
      return port.inOrder(
          lost.conversation(),
          () -> found
              .or(() -> reports.keptCustomer(lost.conversation()))
              .map(customer -> reports.notDelivered(customer, lost))
              .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }
    return found.isEmpty()
        ? Optional.of(CompletableFuture.completedFuture(null))
        : port.inOrder(found.get().address(), () -> reports.closed(found.get()));
  }

  /** Keeps a conversation that Relay made as the customer's read position: after a restart it is read from its beginning. */
  @Override
  public void made(CustomerConversation customer) {
    boolean isOptedOut = customers.isOptedOut(customer.address());
    port.intake().ifPresent(intake -> {
      var unused = intake.keepPosition(
          customer.address(), new ReadPosition(customer.sid(), -1, isOptedOut).toString());
    });
  }

  @Override
  public void found(CustomerConversation customer) {
    // Placed before Relay writes there, since that message would look like an answer.
    reports.place(customer);
    var unused = read(customer, false);
  }

  /** Records that Twilio no longer writes to a customer, because they have opted out. */
  void optedOut(CustomerConversation customer) {
    customers.optedOut(customer.address(), true);
    long lastRead = customer.firstUnseen() - 1;
    port.intake().ifPresent(intake -> {
      var unused = intake.keepPosition(
          customer.address(), new ReadPosition(customer.sid(), lastRead, true).toString());
    });
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
