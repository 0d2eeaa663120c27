package dev.relay.testkit.simulation;

import dev.relay.core.intake.Intake;
import dev.relay.core.store.Store;

/**
 * Changes parts of the engine before it runs. The tests of the simulator put in parts that break a promise, to see that the checks
 * notice.
 */
interface Variation {
  /** The engine as it is. */
  Variation NONE = new Variation() {};

  /** The store as the engine sees it. */
  default Store store(Store store) {
    return store;
  }

  /** The intake as the world sees it. */
  default Intake intake(Intake intake, Agenda agenda) {
    return intake;
  }
}
