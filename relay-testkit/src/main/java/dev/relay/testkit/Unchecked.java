package dev.relay.testkit;

import java.util.concurrent.Callable;

/** Calls what an implementer's test provides: a fault in it fails the test as it is. */
final class Unchecked {
  private Unchecked() {}

  interface Action {
    void run() throws Exception;
  }

  static <T> T call(Callable<T> action) {
    try {
      return action.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the test's own part failed", e);
    }
  }

  static void run(Action action) {
    var unused = call(() -> {
      action.run();
      return 0;
    });
  }
}
