package dev.relay.app.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser with one window and its own profile. It forgets everything between two tests. Used by one thread at a time. */
final class RunningBrowser implements AutoCloseable {
  /** A field, because a logger that nothing refers to loses its level: Selenium warns of every browser that is newer than itself. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  /** Runs before any script of a page and records violations of the page's security policy. */
  private static final String WATCH = """
      window.relayViolations = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        window.relayViolations.push(event.effectiveDirective + " " + event.blockedURI));
      """;

  private final String language;
  private final ChromeDriver driver;
  private final Path downloads;

  private RunningBrowser(String language, ChromeDriver driver, Path downloads) {
    this.language = language;
    this.driver = driver;
    this.downloads = downloads;
  }

  /** Starts a browser in this language, with its downloads in that folder. */
  static RunningBrowser start(Browser program, String language, Path folder) {
    ChromeOptions options = options(language, folder, Map.of());
    options.setBinary(program.shell().orElse(program.binary()).toFile());
    return started(program, options, language, folder);
  }

  /**
   * Starts a browser whose windows are private and whose pages may store nothing, by its own settings. Only the whole browser
   * has such settings.
   */
  static RunningBrowser startPrivately(Browser program, String language, Path folder) {
    ChromeOptions options =
        options(language, folder, Map.of("profile.default_content_setting_values.cookies", 2));
    options.setBinary(program.binary().toFile());
    options.addArguments("--incognito");
    return started(program, options, language, folder);
  }

  private static RunningBrowser started(
      Browser program, ChromeOptions options, String language, Path folder) {
    SELENIUM.setLevel(Level.SEVERE);
    ChromeDriverService service = new ChromeDriverService.Builder()
        .usingDriverExecutable(program.driver().toFile())
        .usingAnyFreePort()
        .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    // On a busy machine a page can keep a script waiting for longer than the usual half minute.
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(5));
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    SlowMachine.slow(driver);
    // The settings below do not reach the shell.
    Path downloads = folder.resolve("downloads");
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    return new RunningBrowser(language, driver, downloads);
  }

  private static ChromeOptions options(String language, Path folder, Map<String, Object> settings) {
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Fewer processes: without them a test takes a third less processor time. Each window still
        // has a browser of its own.
        "--disable-extensions",
        "--in-process-gpu",
        "--disable-site-isolation-trials",
        "--renderer-process-limit=1",
        "--enable-features=NetworkServiceInProcess2",
        "--disable-features=SpareRendererForSitePerProcess,OptimizationHints,Translate,MediaRouter,"
            + "AudioServiceOutOfProcess,BackForwardCache",
        // A page lives for seconds here: its scripts end before optimised code would have paid off.
        // Measured with short tests and with one that loads thousands of messages: see
        // docs/decisions/0033.
        "--js-flags=--no-turbofan --no-maglev --single-threaded",
        // The profile is a folder of the driver, because the shell shows no page with another one.
        // The shell reads the languages of its pages from this argument, the browser from its
        // settings.
        "--accept-lang=" + language,
        "--lang=" + language);
    options.addArguments(SlowMachine.options());
    Map<String, Object> all = new HashMap<>(settings);
    all.put("intl.accept_languages", language);
    all.put("download.default_directory", folder.resolve("downloads").toString());
    all.put("download.prompt_for_download", false);
    options.setExperimentalOption("prefs", all);
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    return options;
  }

  String language() {
    return language;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Returns the folder in which the browser stores files that a page offers. */
  Path downloads() {
    return downloads;
  }

  /** Gives the window a shape. */
  void show(WindowShape shape) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", shape.width(),
            "height", shape.height(),
            "deviceScaleFactor", shape.phone() ? 2 : 1,
            "mobile", shape.phone()));
    driver.executeCdpCommand(
        "Emulation.setTouchEmulationEnabled", Map.of("enabled", shape.phone()));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", shape.dark() ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Forgets the pages, cookies, stored data, messages and files of a test at this address. */
  void forget(String address) throws IOException {
    List<String> tabs = new ArrayList<>(driver.getWindowHandles());
    for (String other : tabs.subList(1, tabs.size())) {
      driver.switchTo().window(other).close();
    }
    driver.switchTo().window(tabs.get(0));
    driver.get("about:blank");
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", address, "storageTypes", "all"));
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    driver.executeCdpCommand("Page.resetNavigationHistory", Map.of());
    driver.manage().logs().get(LogType.BROWSER);
    if (Files.isDirectory(downloads)) {
      try (Stream<Path> files = Files.list(downloads)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
