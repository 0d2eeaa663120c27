package example.pigeon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.store.StoreException;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the Pigeon channel reads after a restart, which the contract leaves open for a cursor of all chats. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PigeonReadingTest {
  private final FakePigeon pigeon = new FakePigeon();
  private final PigeonChannel channel = new PigeonChannel(pigeon.address());
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile boolean storeFails;

  PigeonReadingTest() throws IOException {}

  @AfterEach
  void close() {
    channel.stop();
    pigeon.close();
  }

  @Test
  void messages_that_were_read_in_their_own_chat_are_skipped_however_old_the_lowest_position_is() {
    pigeon.customerWrites("old", "m1", "months ago");
    pigeon.customerWrites("busy", "m1", "read once");
    pigeon.customerWrites("busy", "m2", "read twice");
    pigeon.customerWrites("old", "m2", "back again");
    pigeon.customerWrites("busy", "m3", "missed");
    pigeon.customerWrites("stranger", "m1", "hello");
    start(position("old", 1), position("busy", 3));

    Eventually.holds(
        "all new messages arrive",
        () -> received.containsAll(List.of("back again", "missed", "hello")));
    assertThat(received).containsExactlyInAnyOrder("back again", "missed", "hello");
  }

  @Test
  void a_failure_of_the_store_at_the_start_delays_reading_and_is_reported() {
    storeFails = true;
    start();
    Eventually.holds(
        "the failure is reported",
        () -> channel.health().equals(Health.down("messages cannot be read: StoreException")));

    storeFails = false;
    pigeon.customerWrites("chat", "m1", "hello");

    Eventually.holds("the message arrives", () -> received.contains("hello"));
    Eventually.holds("the channel is well again", () -> channel.health().equals(Health.up()));
  }

  private static ChannelPosition position(String chat, int number) {
    return new ChannelPosition(
        new CustomerAddress(PigeonChannel.ID, chat), Integer.toString(number));
  }

  private void start(ChannelPosition... positions) {
    Object intake = Proxy.newProxyInstance(
        Intake.class.getClassLoader(),
        new Class<?>[] {Intake.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "positions" -> positions(positions);
          case "submit" -> submitted((CustomerWrote) arguments[0]);
          default -> throw new UnsupportedOperationException(method.getName());
        });
    channel.start(Inbox.of((Intake) intake));
  }

  private List<ChannelPosition> positions(ChannelPosition... positions) {
    if (storeFails) {
      throw new StoreException("the store is unavailable");
    }
    return List.of(positions);
  }

  private CompletableFuture<IntakeResult> submitted(CustomerWrote event) {
    received.add(event.body().text());
    return CompletableFuture.completedFuture(new IntakeResult.Accepted(
        new Receipt(new ConversationId(1), Optional.empty(), Optional.empty())));
  }
}
