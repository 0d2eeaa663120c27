package dev.relay.testkit.simulation;

import dev.relay.core.intake.Intake;
import dev.relay.core.store.Store;

/**
 * Changes parts of the engine before it runs. The tests of the simulator insert defective parts to show that the checks find them.
 */
interface Variation {
  /** The engine as it is. */
  Variation NONE = new Variation() {};

  /** Returns the store as the engine sees it. */
  default Store store(Store store) {
    return store;
  }

  /** Returns the intake as the world sees it. */
  default Intake intake(Intake intake, Agenda agenda) {
    return intake;
  }
}
