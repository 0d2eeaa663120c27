package dev.relay.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Runs the measurements; docs/performance.md describes how and shows a run. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs measurements.
   *
   * @param arguments the measurements ({@code all}, or some of {@code acknowledge,path,many,twilio,search,start}), the folder to work in, and
   *     the jar to start
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Set.of(arguments[0].split(","));
    Path target = Path.of(arguments[1]);
    Files.createDirectories(target);
    Path folder = Files.createTempDirectory(target, "measured");
    Report report = new Report(System.out);
    if (wants(wanted, "acknowledge")) {
      Acknowledgements.measure(folder, report);
    }
    if (wants(wanted, "path")) {
      FullPath.measure(folder, report);
    }
    if (wants(wanted, "many")) {
      ManyConversations.measure(folder, report);
    }
    if (wants(wanted, "twilio")) {
      TwilioBeside.measure(folder, report);
    }
    if (wants(wanted, "search")) {
      SearchCost.measure(folder, report);
    }
    if (wants(wanted, "start")) {
      StartUp.measure(folder, Path.of(arguments[2]), report);
    }
    report.writeTo(target.resolve("performance.md"));
  }

  private static boolean wants(Set<String> wanted, String what) {
    return wanted.contains("all") || wanted.contains(what);
  }
}
