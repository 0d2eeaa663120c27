package dev.relay.discord.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.JdaConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.dv8tion.jda.api.JDA;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadlineTest {
  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final long channel = discord.guild().addsTextChannel("general");
  private final JDA jda = JdaConnection.connect(discord);
  private final DiscordRest rest = new DiscordRest(new Connected());
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    jda.shutdownNow();
    discord.close();
  }

  private final class Connected implements JdaSource {
    @Override
    public Optional<JDA> jda() {
      return Optional.of(jda);
    }

    @Override
    public void tokenRejected() {
      // The token of the fake Discord is always valid.
    }
  }

  private RestFailure failureOfReading() {
    return catchThrowableOfType(RestFailure.class, () -> rest.channel(channel));
  }

  @Test
  void requests_of_one_piece_of_work_share_its_time() {
    discord.faults().next("GET /channels/{channel}", Fault.waitsFor(never));

    RestFailure.Kind second = rest.within(Duration.ofSeconds(1), () -> {
      assertThat(failureOfReading().kind()).isEqualTo(RestFailure.Kind.IN_DOUBT);
      return failureOfReading().kind();
    });

    assertThat(second).isEqualTo(RestFailure.Kind.NOT_SENT);
  }

  @Test
  void nested_work_does_not_get_more_time() {
    RestFailure.Kind inner = rest.within(
        Duration.ZERO,
        () -> rest.within(Duration.ofMinutes(1), () -> failureOfReading().kind()));

    assertThat(inner).isEqualTo(RestFailure.Kind.NOT_SENT);
  }

  @Test
  void afterwards_there_is_time_again() throws Exception {
    var unused = rest.within(Duration.ZERO, () -> failureOfReading().kind());

    assertThat(rest.channel(channel).getUnsignedLong("id")).isEqualTo(channel);
  }
}
