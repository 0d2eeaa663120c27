package dev.relay.benchmarks;

import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.nio.file.Path;

/** How fast a message is acknowledged durably, against what the disk itself can do in the same run. */
final class Acknowledgements {
  private static final int ROUNDS = 3;
  private static final long MILLIS = 4_000;

  private Acknowledgements() {}

  static void measure(Path folder, Report report) throws Exception {
    double raw = 0;
    double one = 0;
    double many = 0;
    double messages = 0;
    double commits = 0;
    for (int round = 0; round < ROUNDS; round++) {
      raw += RawDisk.appendsPerSecond(folder, MILLIS) / ROUNDS;
      try (Store store = JdbcStore.sqlite(folder.resolve("ack-" + round + ".db"));
          World world = new World(store).listening()) {
        new Load(world, 8, 100).run(1_000, false);
        one += new Load(world, 1, 100).run(MILLIS, false).perSecond() / ROUNDS;
        long before = world.commits.get();
        Load.Result result = new Load(world, 64, 6_400).run(MILLIS, false);
        many += result.perSecond() / ROUNDS;
        messages += result.messages();
        commits += world.commits.get() - before;
      }
    }
    report.figure("raw 4 KiB write + fdatasync, one thread", Report.number(raw) + "/s");
    report.figure("durable acknowledgements, 1 caller", Report.number(one) + "/s");
    report.figure("… as a ratio to raw", Report.number(one / raw), "≥ 0.6");
    report.figure("durable acknowledgements, 64 callers", Report.number(many) + "/s");
    report.figure("… as a ratio to raw", Report.number(many / raw), "≥ 10");
    report.figure(
        "commits per acknowledged message, 64 callers",
        Report.number(commits / messages),
        "≤ 0.05");
  }
}
