package dev.relay.core.engine;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** The far side of a port in a test: returns the test's results, otherwise accepts every delivery, and records all calls. */
final class FakeSide {
  private final Queue<Supplier<DeliveryResult>> next = new ArrayDeque<>();
  private final Queue<Supplier<LookUp>> nextLookUps = new ArrayDeque<>();
  private final Map<DeliveryId, Object> shown = new LinkedHashMap<>();
  final List<String> calls = new ArrayList<>();
  /** The result of every attempt while the far side is down. */
  Optional<DeliveryResult> down = Optional.empty();

  /** Sets the results of the next attempts, which show nothing. */
  void fails(DeliveryResult... results) {
    for (DeliveryResult result : results) {
      next.add(() -> result);
    }
  }

  void does(Supplier<DeliveryResult> attempt) {
    next.add(attempt);
  }

  void breaks() {
    next.add(() -> {
      throw new IllegalStateException("the fake broke");
    });
  }

  void finds(LookUp... results) {
    for (LookUp result : results) {
      nextLookUps.add(() -> result);
    }
  }

  void looks(Supplier<LookUp> lookUp) {
    nextLookUps.add(lookUp);
  }

  /** Sets an action to run during the next attempt, which then succeeds. */
  void meanwhile(Runnable action) {
    next.add(() -> {
      action.run();
      return DeliveryResult.delivered();
    });
  }

  DeliveryResult deliver(DeliveryId id, Object what) {
    calls.add("deliver " + id);
    if (down.isPresent()) {
      return down.get();
    }
    Supplier<DeliveryResult> result = next.poll();
    DeliveryResult made = result == null ? DeliveryResult.delivered("x-" + id) : result.get();
    if (made instanceof DeliveryResult.Delivered) {
      shown.put(id, what);
    }
    return made;
  }

  LookUp lookUp(DeliveryId id) {
    calls.add("look up " + id);
    Supplier<LookUp> result = nextLookUps.poll();
    if (result != null) {
      return result.get();
    }
    return shown.containsKey(id) ? new LookUp.Found(Optional.of("x-" + id)) : new LookUp.NotFound();
  }

  List<Object> shown() {
    return List.copyOf(shown.values());
  }
}
