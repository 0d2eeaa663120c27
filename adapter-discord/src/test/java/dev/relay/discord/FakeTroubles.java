package dev.relay.discord;

import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.FarSideTrouble;
import java.time.Duration;

/** The failures of the contracts, as faults of the fake Discord. */
final class FakeTroubles {
  private static final Duration WISH = Duration.ofSeconds(7);

  private FakeTroubles() {}

  static void begin(FakeDiscord discord, FarSideTrouble trouble) {
    switch (trouble) {
      case UNREACHABLE -> discord.faults().always(Routes.ANY, Fault.dropsBeforeActing());
      case BREAKS_OFF -> discord.faults().always(Routes.SEND_MESSAGE, Fault.dropsBeforeActing());
      case ASKS_TO_WAIT -> discord.faults().always(Routes.SEND_MESSAGE, Fault.rateLimits(WISH));
      case REFUSES -> discord.faults().always(Routes.SEND_MESSAGE, Fault.answers(400, 50035));
      case ANSWER_LOST -> discord.faults().always(Routes.SEND_MESSAGE, Fault.actsThenDrops());
      case ANSWER_GARBLED ->
        discord.faults().always(Routes.SEND_MESSAGE, Fault.actsThenAnswers(200));
      case FAILS_INTERNALLY ->
        discord.faults().always(Routes.SEND_MESSAGE, Fault.actsThenAnswers(500));
    }
  }

  static void end(FakeDiscord discord) {
    discord.faults().clear();
  }
}
