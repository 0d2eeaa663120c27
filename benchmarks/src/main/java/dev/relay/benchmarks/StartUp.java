package dev.relay.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the jar costs before anybody writes: processor time of the start, and memory when idle. Linux only. */
final class StartUp {
  private static final long IDLE_SECONDS = 10;

  private StartUp() {}

  static void measure(Path folder, Path jar, Report report) throws Exception {
    if (!Files.exists(jar) || !Files.exists(Path.of("/proc/self/status"))) {
      report.figure("start-up and idle memory", "not measured: no jar, or no /proc");
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString())
        .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("RELAY_HTTP_PORT", "0");
    environment.put("RELAY_DATA_DIR", folder.resolve("start-data").toString());
    Process process = builder.start();
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      do {
        line = lines.readLine();
      } while (line != null && !line.contains("Relay is ready"));
      Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
      report.figure(
          "start until ready, processor seconds", Report.number(cpu.toMillis() / 1e3) + " s");
      process.waitFor(IDLE_SECONDS, TimeUnit.SECONDS);
      report.figure("idle memory (RSS)", residentMebibytes(process.pid()) + " MiB", "≤ 256 MiB");
    } finally {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static long residentMebibytes(long pid) throws java.io.IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0)
        / 1024;
  }
}
