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
  private static final int USERS = 6_400;

  private Round() {}

  /** Takes the folder for databases, and the seconds of each measurement and of each time to warm up. */
  public static void main(String[] arguments) throws Exception {
    long millis = 1_000 * Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "round");
    try (Store store = JdbcStore.sqlite(folder.resolve("acknowledge.db"));
        World world = new World(store).listening()) {
      new Load(world, 64, USERS).run(millis, false);
      print("acknowledge-1", new Load(world, 1, 100), false, millis);
      print("acknowledge-64", new Load(world, 64, USERS), false, millis);
    }
    try (Store store = JdbcStore.sqlite(folder.resolve("path.db"));
        World world = new World(store).delivering()) {
      new Load(world, 64, USERS).run(millis, true);
      print("answer-1", new Load(world, 1, 100), true, millis);
      print("answer-64", new Load(world, 64, USERS), true, millis);
      print("answer-256", new Load(world, 256, USERS), true, millis);
    }
  }

  private static void print(String name, Load load, boolean untilAnswered, long millis)
      throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Load.Result result = load.run(millis, untilAnswered);
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
