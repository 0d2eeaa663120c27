package dev.relay.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One short round of measurements, for {@code beside.sh}: prints messages per second and the processor time of this process for each message. It uses only what earlier versions
 * have as well, so that it can be compiled against them.
 */
final class Round {
  private static final long WARM_UP_MILLIS = 6_000;
  private static final long MILLIS = 6_000;
  private static final int USERS = 6_400;

  private Round() {}

  /** Takes the folder for databases. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "round");
    try (Store store = JdbcStore.sqlite(folder.resolve("acknowledge.db"));
        World world = new World(store).listening()) {
      new Load(world, 64, USERS).run(WARM_UP_MILLIS, false);
      print("acknowledge-1", new Load(world, 1, 100), false);
      print("acknowledge-64", new Load(world, 64, USERS), false);
    }
    try (Store store = JdbcStore.sqlite(folder.resolve("path.db"));
        World world = new World(store).delivering()) {
      new Load(world, 64, USERS).run(WARM_UP_MILLIS, true);
      print("answer-1", new Load(world, 1, 100), true);
      print("answer-64", new Load(world, 64, USERS), true);
    }
  }

  private static void print(String name, Load load, boolean untilAnswered)
      throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Load.Result result = load.run(MILLIS, untilAnswered);
    double micros = (system.getProcessCpuTime() - before) / 1e3 / result.messages();
    System.out.printf(
        Locale.ROOT,
        "%s %.0f %.1f %.2f %.2f%n",
        name,
        result.perSecond(),
        micros,
        result.p50(),
        result.p99());
  }
}
