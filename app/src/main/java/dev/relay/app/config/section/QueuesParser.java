package dev.relay.app.config.section;

import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Group;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Value;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.BusinessHours;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parses queues by their names: {@code {vip: {desk: relay, hours: {…}}}}. */
final class QueuesParser implements Parser<Map<QueueName, QueueSettings>> {
  static final Parser<QueueName> NAME =
      Parsers.plain("a queue's name", text -> Optional.of(new QueueName(text)));
  private static final Parser<DeskSettings.Desk> DESK = DeskParser.desk();
  private static final Parser<BusinessHours> HOURS = new HoursParser();

  @Override
  public String allowed() {
    return "named queues, each with hours (" + HOURS.allowed() + ") and desk (" + DESK.allowed()
        + ")";
  }

  @Override
  public String brief() {
    return "named queues, see \"Desks\" and \"Business hours\"";
  }

  @Override
  public Optional<Map<QueueName, QueueSettings>> parse(String key, Value value, Faults faults) {
    Optional<Group> opened = Group.open(key, value, faults);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Map<QueueName, QueueSettings> queues = new LinkedHashMap<>();
    for (Value.Field field : opened.get().all()) {
      String at = key + "." + field.name();
      Optional<QueueName> name =
          NAME.parse(at, new Value.Text(field.name(), field.value().source()), faults);
      Optional<Group> queue = Group.open(at, field.value(), faults);
      if (queue.isPresent()) {
        Optional<DeskSettings.Desk> desk = queue.get().take("desk", DESK);
        Optional<BusinessHours> hours = queue.get().take("hours", HOURS);
        queue.get().finish();
        name.ifPresent(queueName -> queues.put(queueName, new QueueSettings(desk, hours)));
      }
    }
    return Optional.of(Map.copyOf(queues));
  }
}
