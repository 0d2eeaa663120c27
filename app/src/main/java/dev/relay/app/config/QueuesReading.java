package dev.relay.app.config;

import dev.relay.core.id.QueueName;
import dev.relay.core.routing.BusinessHours;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Queues by their names: {@code {vip: {desk: relay, hours: {…}}}}. */
final class QueuesReading implements Reading<Map<QueueName, QueueSettings>> {
  static final Reading<QueueName> NAME =
      Readings.plain("a queue's name", text -> Optional.of(new QueueName(text)));
  private static final Reading<DeskSettings.Desk> DESK = Readings.oneOf(DeskSettings.Desk.class);
  private static final Reading<BusinessHours> HOURS = new HoursReading();

  @Override
  public String allowed() {
    return "named queues, each with hours (" + HOURS.allowed() + ") and desk (" + DESK.allowed()
        + ")";
  }

  @Override
  public Optional<Map<QueueName, QueueSettings>> read(String key, Value value, Faults faults) {
    Optional<Group> opened = Group.open(key, value, faults);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Map<QueueName, QueueSettings> queues = new LinkedHashMap<>();
    for (Value.Field field : opened.get().all()) {
      String at = key + "." + field.name();
      Optional<QueueName> name =
          NAME.read(at, new Value.Text(field.name(), field.value().source()), faults);
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
