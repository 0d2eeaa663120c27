package dev.relay.twilio.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.TestSettings;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.port.TwilioWatch;
import dev.relay.twilio.port.Watched;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.ErrorTable;
import dev.relay.twilio.wire.FlexEvent;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is kept of a customer, in the order of the customer. No test makes a call to Twilio. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CustomerReadingTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final PortId SMS = new PortId("sms");
  private static final String CONVERSATION = "CH" + "0".repeat(32);

  private final TwilioConnection connection =
      new TwilioConnection(TestSettings.of(NOWHERE, NOWHERE), InstantSource.system());
  private final TwilioWatch watch = new TwilioWatch(Duration.ofHours(1));
  private final TwilioPort port = TwilioPort.ofChannel(SMS, connection, watch);
  private final BlockingCalls calls = new BlockingCalls(SMS);
  private final List<Event> submitted = new CopyOnWriteArrayList<>();
  private final List<String> positions = new CopyOnWriteArrayList<>();
  private final CompletableFuture<IntakeResult> storesMessages = new CompletableFuture<>();
  private final CustomerReading reading;

  CustomerReadingTest() {
    CustomerConversations customers = new CustomerConversations();
    KnownCustomers known = new KnownCustomers(port, TwilioSender.Medium.SMS);
    reading = new CustomerReading(
        port,
        customers,
        known,
        new CustomerReports(port, TwilioSender.Medium.SMS, customers, known, calls, connection));
    port.start(Inbox.of(intake()), new Watched() {
      @Override
      public void recover() {}

      @Override
      public void round() {}
    });
  }

  @AfterEach
  void close() {
    port.stop();
    watch.close();
    calls.stop();
  }

  private Intake intake() {
    return (Intake) Proxy.newProxyInstance(
        Intake.class.getClassLoader(),
        new Class<?>[] {Intake.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "submit" -> submit((Event) arguments[0]);
          case "keepPosition" -> keep((String) arguments[1]);
          case "position" -> Optional.empty();
          case "positions" -> List.of();
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  private CompletableFuture<IntakeResult> submit(Event event) {
    submitted.add(event);
    return event instanceof CustomerEvent.CustomerWrote wrote
        ? storesMessages.thenApply(stored -> {
          wrote.origin().position().ifPresent(positions::add);
          return stored;
        })
        : CompletableFuture.completedFuture(accepted());
  }

  private CompletableFuture<Boolean> keep(String position) {
    positions.add(position);
    return CompletableFuture.completedFuture(true);
  }

  private static IntakeResult accepted() {
    return new IntakeResult.Accepted(
        new IntakeResult.Receipt(new ConversationId(1), Optional.empty(), Optional.empty()));
  }

  private <T> boolean isSubmitted(Class<T> type) {
    return submitted.stream().anyMatch(type::isInstance);
  }

  @Test
  void an_opt_out_in_a_receipt_is_kept_behind_the_message_that_is_being_stored() {
    FlexEvent.Message message =
        new FlexEvent.Message("IM" + "1".repeat(32), 0, "+15550201", "hello", "{}", List.of());
    assertThat(reading.report(
            new SenderEvent.Wrote(CONVERSATION, message, Optional.empty(), Optional.empty())))
        .isPresent();
    Eventually.holds("it is being stored", () -> isSubmitted(CustomerEvent.CustomerWrote.class));

    assertThat(reading.report(new SenderEvent.NotDelivered(
            CONVERSATION, "IM" + "2".repeat(32), ErrorTable.OPTED_OUT)))
        .isPresent();
    Eventually.holds(
        "the agent is notified at once", () -> isSubmitted(CustomerEvent.CustomerNotReached.class));
    assertThat(positions).isEmpty();

    storesMessages.complete(accepted());
    Eventually.holds("both are kept", () -> positions.size() == 2);
    assertThat(positions).containsExactly(CONVERSATION + ":0", CONVERSATION + ":0:stopped");
  }
}
