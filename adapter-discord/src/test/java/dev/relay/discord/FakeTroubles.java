package dev.relay.discord;

import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.FarSideTrouble;
import java.time.Duration;

/** The failures of the contracts, as faults of the fake Discord. */
final class FakeTroubles {
  /** Long enough to be reported to Relay, and short because JDA holds later requests for as long in real time. */
  static final Duration WAIT = Duration.ofSeconds(3);

  private FakeTroubles() {}

  static void begin(FakeDiscord discord, FarSideTrouble trouble) {
    switch (trouble) {
      case UNREACHABLE -> discord.faults().always(Routes.ANY, Fault.dropsBeforeActing());
      case BREAKS_OFF -> onMessages(discord, Fault.dropsBeforeActing());
      case ASKS_TO_WAIT -> onMessages(discord, Fault.rateLimits(WAIT));
      case REFUSES -> onMessages(discord, Fault.answers(400, 50035));
      case ANSWER_LOST -> onMessages(discord, Fault.actsThenDrops());
      case ANSWER_GARBLED -> onMessages(discord, Fault.actsThenAnswers(200));
      case FAILS_INTERNALLY -> onMessages(discord, Fault.actsThenAnswers(500));
    }
  }

  private static void onMessages(FakeDiscord discord, Fault fault) {
    discord.faults().always(Routes.SEND_MESSAGE, fault);
    discord.faults().always(Routes.EDIT_MESSAGE, fault);
  }

  static void end(FakeDiscord discord) {
    discord.faults().clear();
  }
}
