package dev.relay.benchmarks;

import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.nio.file.Path;

/** From the customer's message to the virtual agent's answer on the customer's side: two deliveries, each claimed and marked. */
final class FullPath {
  private static final long MILLIS = 8_000;

  private FullPath() {}

  static void measure(Path folder, Report report) throws Exception {
    double raw = RawDisk.appendsPerSecond(folder, MILLIS / 2);
    for (int callers : new int[] {1, 64, 256}) {
      try (Store store = JdbcStore.sqlite(folder.resolve("path-" + callers + ".db"));
          World world = new World(store).delivering()) {
        new Load(world, callers, 1_000).run(2_000, true);
        long commits = world.commits.get();
        long delivered = world.delivered.get();
        Load.Result result = new Load(world, callers, 10_000).run(MILLIS, true);
        long answered = world.delivered.get() - delivered;
        String name = "question to answer, " + callers + (callers == 1 ? " customer" : " customers")
            + " at once";
        report.figure(
            name,
            Report.number(result.perSecond()) + "/s, each of two messages (" + answered
                + " answers)");
        report.figure(
            "… p50 and p99",
            Report.number(result.p50()) + " ms, " + Report.number(result.p99()) + " ms");
        report.figure("… as a ratio to raw, messages", Report.number(2 * result.perSecond() / raw));
        report.figure(
            "… commits per message",
            Report.number((world.commits.get() - commits) / (2.0 * result.messages())),
            callers == 256 ? "≤ 0.05" : "");
      }
    }
  }
}
