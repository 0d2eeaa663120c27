package dev.relay.app.browser;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The paths of Chromium and its driver on this computer.
 *
 * @param binary the browser
 * @param shell Chromium's engine without the interface of a browser, which takes about half of the processor time; empty if it is
 *     not installed
 * @param driver the program that controls the browser
 */
record Browser(Path binary, Optional<Path> shell, Path driver) {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Debian's package chromium-headless-shell; its command on the path is a script that would outlive a killed browser. */
  private static final Path DEBIANS_SHELL = Path.of("/usr/lib/chromium/chromium-headless-shell");

  /** Finds them on the path. If they are missing, aborts the test, or fails it if browsers are required. */
  static Browser required() {
    Optional<Path> binary =
        BROWSERS.stream().flatMap(name -> find(name).stream()).findFirst();
    Optional<Path> driver = find("chromedriver");
    if (binary.isPresent() && driver.isPresent()) {
      return new Browser(binary.get(), findShell(), driver.get());
    }
    String message =
        "Chromium and chromedriver are needed on the path (Debian: apt install chromium"
            + " chromium-driver); found browser: " + binary.isPresent() + ", driver: "
            + driver.isPresent();
    if (Arrays.asList(System.getProperty("relay.tests.require", "").split(","))
        .contains("browser")) {
      return fail(message);
    }
    return abort(message);
  }

  private static Optional<Path> findShell() {
    return Files.isExecutable(DEBIANS_SHELL)
        ? Optional.of(DEBIANS_SHELL)
        : find("chrome-headless-shell");
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
