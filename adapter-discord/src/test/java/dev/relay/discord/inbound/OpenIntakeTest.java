package dev.relay.discord.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent.CustomerDeleted;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.ChannelPosition;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Profiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenIntakeTest {
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final OpenIntake intake = new OpenIntake(new AwayIntake(), scheduler);

  @AfterEach
  void close() {
    scheduler.shutdownNow();
  }

  /** An intake whose store is away. */
  private static final class AwayIntake implements Intake {
    @Override
    public CompletableFuture<IntakeResult> submit(Event event) {
      return CompletableFuture.completedFuture(new IntakeResult.Unavailable("the store is away"));
    }

    @Override
    public List<ChannelPosition> positions(PortId channel) {
      return List.of();
    }

    @Override
    public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
      return CompletableFuture.completedFuture(false);
    }

    @Override
    public boolean isAt(PortId desk, ConversationId conversation) {
      return false;
    }

    @Override
    public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
      return Optional.empty();
    }

    @Override
    public Attachments attachments() {
      return new MemoryStore().attachments();
    }
  }

  @Test
  void what_waits_to_be_handed_in_again_is_cancelled_at_the_close() {
    Origin origin = new Origin(
        Players.key("m1d"),
        Players.address(1),
        new Profiles(Locale.ENGLISH).profile(1, "Ada", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
    CompletableFuture<IntakeResult> waiting = intake.handIn(new CustomerDeleted(origin, "1"));
    scheduler.shutdownNow();
    assertThat(waiting).isNotDone();

    intake.close();

    assertThat(waiting).isCancelled();
    assertThat(intake.handIn(new CustomerDeleted(origin, "1"))).isCancelled();
  }
}
