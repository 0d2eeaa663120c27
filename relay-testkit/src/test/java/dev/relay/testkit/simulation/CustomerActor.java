package dev.relay.testkit.simulation;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A customer who writes, edits and deletes messages, presses buttons, files cases and ends conversations. Used by one thread. */
final class CustomerActor {
  private static final Duration LATE = Duration.ofSeconds(118);

  private final World world;
  private final Ledger ledger;
  private final String name;
  private final CustomerAddress address;
  private final CustomerProfile profile;
  private final List<String> written = new ArrayList<>();
  private int actionsLeft;
  private int count;

  CustomerActor(World world, Ledger ledger, int number) {
    this.world = world;
    this.ledger = ledger;
    this.name = "customer-" + number;
    this.address = new CustomerAddress(SimulatedChannel.ID, "place-" + number);
    this.profile =
        new CustomerProfile("person-" + number, "Customer " + number, Locale.ENGLISH, Set.of());
    this.actionsLeft = world.scenario().actions();
  }

  void begin() {
    soon();
    if (world.chance().percent(40)) {
      world.agenda().after(LATE, this::comesLate);
    }
  }

  /** Asks for a live agent at a time at which all others are about to fall silent. */
  private void comesLate() {
    world
        .post()
        .send(
            name,
            new CustomerEvent.CustomerPressed(origin(), Button.TALK_TO_PERSON),
            (result, times) -> {});
  }

  private void soon() {
    boolean rests = world.chance().percent(10);
    world.agenda().after(world.chance().millisBetween(0, rests ? 45_000 : 6_000), this::act);
  }

  private void act() {
    if (actionsLeft-- <= 0 || !world.isTroubled()) {
      return;
    }
    int what = world.chance().between(1, 100);
    if (what <= 48) {
      write(this::soon);
    } else if (what <= 60) {
      // Two events at the same moment: the actor does not wait for the first result.
      write(() -> {});
      write(this::soon);
    } else if (what <= 75) {
      send(new CustomerEvent.CustomerPressed(origin(), Button.TALK_TO_PERSON));
    } else if (what <= 80) {
      send(new CustomerEvent.CustomerPressed(
          origin(),
          world
              .chance()
              .of(List.of(
                  Button.THAT_HELPED,
                  Button.DID_NOT_HELP,
                  Button.IT_IS_SOLVED,
                  Button.STILL_NEED_HELP,
                  Button.STOP_CASE_NOTICES,
                  Button.RESUME_CASE_NOTICES))));
    } else if (what <= 85) {
      send(new CustomerEvent.CustomerEnded(origin()));
    } else if (what == 86) {
      send(new CustomerEvent.CustomerNotReached(origin(), "the carrier lost it"));
    } else if (what <= 89) {
      send(new CustomerEvent.CaseFiled(origin(), CaseKind.BUG, "a fault", "it broke", Map.of()));
    } else if (written.isEmpty()) {
      soon();
    } else if (what <= 95) {
      send(new CustomerEvent.CustomerEdited(
          origin(), world.chance().of(written), "edited by " + name));
    } else {
      send(new CustomerEvent.CustomerDeleted(origin(), world.chance().of(written)));
    }
  }

  private void write(Runnable then) {
    Origin origin = origin();
    String text = name + " says " + count + (world.chance().percent(12) ? " person" : "");
    String sourceId = "m" + count;
    Ledger.Line line = ledger.add(name, text);
    world
        .post()
        .send(
            name,
            new CustomerEvent.CustomerWrote(origin, Optional.of(sourceId), MessageBody.text(text)),
            (result, handedIn) -> {
              line.answered(result, handedIn);
              written.add(sourceId);
              then.run();
            });
  }

  private void send(CustomerEvent event) {
    world.post().send(name, event, (result, times) -> soon());
  }

  private Origin origin() {
    count++;
    return new Origin(
        new EventKey("chat", name + "/" + count),
        address,
        profile,
        Optional.of(Integer.toString(count)),
        Optional.empty(),
        Optional.empty());
  }
}
