package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AgentAccount.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new Relay and as many browser windows as a test opens. After each test no window may have an error in its console or a
 * violation of the page's security policy. Pictures go to {@code target/screenshots}, or to the folder of the system property
 * {@code relay.screenshots}; the windows of a failed test go to {@code target/screenshots/last}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ExtendWith(BrowserPool.Provider.class)
abstract class BrowserTest {
  static final String PASSWORD = "correct horse battery";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  /** Notices a failure before the windows are given back. */
  @RegisterExtension
  final AfterTestExecutionCallback result =
      test -> failed = test.getExecutionException().isPresent();

  private final List<BrowserWindow> windows = new ArrayList<>();
  private final List<RunningBrowser> privately = new ArrayList<>();
  private boolean failed;
  private BrowserPool browsers;
  private Browser program;
  private RelayServer relay;

  @BeforeEach
  void startRelay(BrowserPool pool) {
    program = Browser.required();
    browsers = pool;
    relay = startServer(folder, settings());
  }

  @AfterEach
  void nothingWentWrongInAnyWindow(TestInfo test) throws IOException {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      problems.addAll(windows.get(i).problems());
      if (failed || !problems.isEmpty()) {
        windows.get(i).screenshot(Path.of("target", "screenshots", "last", lastName(test, i)));
      }
      windows.get(i).restore();
      if (!privately.contains(windows.get(i).browser())) {
        browsers.giveBack(windows.get(i).browser(), relay.address());
      }
    }
    privately.forEach(RunningBrowser::close);
    if (relay != null) {
      relay.close();
    }
    assertThat(problems).as("errors in the consoles of the windows").isEmpty();
  }

  /** Returns settings by their environment names, for tests that need other settings than the defaults. */
  Map<String, String> settings() {
    return Map.of();
  }

  /**
   * Starts the server of one test, inside this process.
   *
   * @param data the folder of its data
   * @param settings by their environment names
   */
  RelayServer startServer(Path data, Map<String, String> settings) {
    return RelayInside.start(data, settings);
  }

  RelayServer relay() {
    return relay;
  }

  BrowserWindow open(WindowShape shape) throws IOException {
    BrowserWindow window = new BrowserWindow(browsers.lend(program, shape.language()), shape);
    windows.add(window);
    return window;
  }

  /** Opens a private window, in a browser of its own. */
  BrowserWindow openPrivately(WindowShape shape) {
    Path profile = folder.resolve("private-" + privately.size());
    RunningBrowser browser = RunningBrowser.startPrivately(program, shape.language(), profile);
    privately.add(browser);
    BrowserWindow window = new BrowserWindow(browser, shape);
    windows.add(window);
    return window;
  }

  ChatPage customer(WindowShape shape) throws IOException {
    return new ChatPage(open(shape), relay.address());
  }

  /** Opens the desk of the first agent, an administrator. */
  DeskPage firstAgent(WindowShape shape, String name) throws IOException {
    return agent(shape, "admin", name);
  }

  /** Opens the desk of another agent. */
  DeskPage agent(WindowShape shape, String username, String name) throws IOException {
    relay.addAgent(username, name, PASSWORD);
    return DeskPage.logIn(open(shape), relay.address(), username, PASSWORD);
  }

  /** Opens the desk of a supervisor, who may also take conversations over. */
  DeskPage supervisor(WindowShape shape, String username, String name) throws IOException {
    relay.addAgent(username, name, PASSWORD, Role.SUPERVISOR);
    return DeskPage.logIn(open(shape), relay.address(), username, PASSWORD);
  }

  /** Adds a waiting customer without a window. */
  void anotherCustomerWaits(String name, String question) {
    new Visitor(relay.address(), name).ask(question);
  }

  /** Stores a picture for the documentation; a relative folder is relative to the project. */
  void picture(BrowserWindow window, String name) {
    Path wanted = Path.of(System.getProperty("relay.screenshots", "app/target/screenshots"));
    Path project = Files.isDirectory(Path.of("..", "docs")) ? Path.of("..") : Path.of("");
    window.screenshot(project.resolve(wanted).resolve(name + ".png"));
  }

  private static String lastName(TestInfo test, int window) {
    return test.getTestMethod().map(method -> method.getName()).orElse("test") + "-" + window
        + ".png";
  }
}
