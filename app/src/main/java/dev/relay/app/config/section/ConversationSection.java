package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.conversation.ConversationPolicy;
import java.time.Duration;

/** The time-outs of conversations. */
final class ConversationSection extends Section<ConversationPolicy> {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration YEAR = Duration.ofDays(365);

  private final Setting<Duration> botIdle = setting(
      "conversation.botIdle",
      duration(MINUTE, YEAR),
      ConversationPolicy.DEFAULT.botIdle(),
      "Silence after which a conversation with the virtual agent is closed.");
  private final Setting<Duration> queueTimeout = setting(
      "conversation.queueTimeout",
      duration(Duration.ofSeconds(1), YEAR),
      ConversationPolicy.DEFAULT.queueTimeout(),
      "Longest wait for an agent before the virtual agent takes over again.");
  private final Setting<Duration> liveIdle = setting(
      "conversation.liveIdle",
      duration(MINUTE, YEAR),
      ConversationPolicy.DEFAULT.liveIdle(),
      "Silence after which a conversation with an agent is closed and its case becomes pending.");

  private final Setting<Duration> confirmWithin = setting(
      "conversation.confirmWithin",
      duration(MINUTE, YEAR),
      ConversationPolicy.DEFAULT.confirmWithin(),
      "Time to answer whether a matter is solved. Without an answer it is closed as solved.");

  @Override
  public ConversationPolicy read(Values values) {
    return new ConversationPolicy(
        values.get(botIdle),
        values.get(queueTimeout),
        values.get(liveIdle),
        values.get(confirmWithin));
  }
}
