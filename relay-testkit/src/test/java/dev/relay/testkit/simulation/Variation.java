package dev.relay.testkit.simulation;

import dev.relay.core.intake.Intake;
import dev.relay.core.operations.SteadyClock;
import dev.relay.core.store.Store;
import java.time.InstantSource;

/**
 * Change to parts of the engine before it runs. The simulator's own tests insert parts with a defect, to show that the checks find
 * it.
 */
interface Variation {
  /** Variation that leaves the engine unchanged. */
  Variation NONE = new Variation() {};

  /** Returns the store that the engine uses. */
  default Store store(Store store) {
    return store;
  }

  /** Returns the clock of one engine, which may follow the wall clock in its own way. */
  default InstantSource clock(InstantSource wall, Agenda agenda) {
    return new SteadyClock(wall, () -> agenda.elapsed().toNanos());
  }

  /** Returns the intake that the world uses. */
  default Intake intake(Intake intake, Agenda agenda) {
    return intake;
  }
}
