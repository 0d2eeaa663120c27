package dev.relay.testkit.simulation;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Submits events as an adapter does: resubmits each under the same key until a result settles it, and sometimes more often than
 * needed. Used by one thread.
 */
final class Post {
  private final World world;
  private final List<Letter> open = new ArrayList<>();
  private final Map<EventKey, Event> sent = new HashMap<>();

  Post(World world) {
    this.world = world;
  }

  /** Callback that receives the final result of an event. */
  interface Answered {
    /**
     * Receives the final result.
     *
     * @param times how often the event was submitted until the result arrived
     */
    void with(IntakeResult result, int times);
  }

  /** An event that is being submitted. */
  private final class Letter {
    private final String from;
    private final Event event;
    private final boolean repeatable;
    private final Answered answered;
    private Optional<Cluster.Instance> at = Optional.empty();
    private int times;
    private int accepted;
    private boolean settled;

    private Letter(String from, Event event, boolean repeatable, Answered answered) {
      this.from = from;
      this.event = event;
      this.repeatable = repeatable;
      this.answered = answered;
    }

    private void submit() {
      times++;
      at = world.cluster().servant(from);
      if (at.isEmpty()) {
        later(this::submit);
        return;
      }
      Cluster.Instance instance = at.get();
      var unused = instance.intake().submit(event).thenAccept(result -> {
        if (instance.isAlive() && !settled) {
          take(result);
        }
      });
    }

    private void take(IntakeResult result) {
      count(result);
      boolean again = result instanceof IntakeResult.Overloaded
          || (result instanceof IntakeResult.Unavailable && repeatable);
      if (again) {
        later(this::submit);
        return;
      }
      settle(result);
    }

    private void settle(IntakeResult result) {
      settled = true;
      open.remove(this);
      world
          .history()
          .add(
              from,
              "is answered " + result.getClass().getSimpleName() + " for " + Wording.of(event));
      answered.with(result, times);
    }

    /** Handles the end of the instance that received the event and returned no result. */
    private void lost() {
      at = Optional.empty();
      if (repeatable) {
        later(this::submit);
      } else {
        settle(new IntakeResult.Unavailable("simulated: nobody answered"));
      }
    }

    private void submitCopy() {
      Optional<Cluster.Instance> some = world.cluster().any();
      if (some.isPresent()) {
        var unused = some.get().intake().submit(event).thenAccept(this::count);
      }
    }

    private void count(IntakeResult result) {
      if (result instanceof IntakeResult.Accepted) {
        accepted++;
        world
            .verdict()
            .check(
                accepted <= 1 || !isKeyed(event),
                Check.NOTHING_IS_APPLIED_TWICE,
                "an event was accepted twice: " + Wording.of(event));
      }
    }

    private void later(Runnable what) {
      world.agenda().after(world.chance().millisBetween(50, 2_500), what);
    }
  }

  /** Submits an event that has a key, or that is harmless to repeat, until it is settled. */
  void send(String from, Event event, Answered answered) {
    Letter letter = new Letter(from, event, true, answered);
    dispatch(letter);
    if (world.isTroubled()
        && isKeyed(event)
        && world.chance().percent(world.scenario().duplicates())) {
      for (int copy = world.chance().between(1, 4); copy > 0; copy--) {
        boolean muchLater = world.chance().percent(20);
        world
            .agenda()
            .after(world.chance().millisBetween(0, muchLater ? 60_000 : 2_000), letter::submitCopy);
      }
    }
  }

  /** Submits an event that must not be repeated; Unavailable is then a final result. */
  void sendOnce(String from, Event event, Answered answered) {
    Letter letter = new Letter(from, event, false, answered);
    dispatch(letter);
  }

  private static boolean isKeyed(Event event) {
    return event instanceof CustomerEvent
        || (event instanceof DeskEvent fromDesk && fromDesk.key().isPresent());
  }

  /** Returns the event of a desk that was submitted under that key. */
  Optional<Event> eventOf(EventKey key) {
    return Optional.ofNullable(sent.get(key));
  }

  private void dispatch(Letter letter) {
    world.history().add(letter.from, "hands in " + Wording.of(letter.event));
    open.add(letter);
    if (letter.event instanceof DeskEvent fromDesk) {
      fromDesk.key().ifPresent(key -> sent.put(key, fromDesk));
    }
    letter.submit();
  }

  /** Handles the loss of a killed instance, whose results will never arrive. */
  void lost(Cluster.Instance instance) {
    for (Letter letter : List.copyOf(open)) {
      if (letter.at.isPresent() && letter.at.get() == instance) {
        letter.lost();
      }
    }
  }

  /** Returns descriptions of the events without a final result. */
  List<String> unanswered() {
    return open.stream().map(letter -> Wording.of(letter.event)).toList();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }
}
