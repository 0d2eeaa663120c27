package dev.relay.app.config.section;

import dev.relay.app.config.DeskSettings.Desk;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.id.QueueName;
import java.util.Map;
import java.util.Optional;

/** The queues in which customers wait for an agent. */
final class QueueSection extends Section<Map<QueueName, QueueSettings>> {
  private final TwilioSection twilio;

  private final Setting<Map<QueueName, QueueSettings>> queues = setting(
      "queues",
      new QueuesParser(),
      Map.of(),
      "none: one queue named default, always open",
      "Business hours and agent desk of each queue. Queues not listed are always open.");

  QueueSection(TwilioSection twilio) {
    this.twilio = twilio;
  }

  @Override
  public Map<QueueName, QueueSettings> read(Values values) {
    Map<QueueName, QueueSettings> read = values.get(queues);
    if (read.values().stream().anyMatch(queue -> queue.desk().equals(Optional.of(Desk.FLEX)))) {
      values.require(queues, twilio.accountSid);
    }
    return read;
  }
}
