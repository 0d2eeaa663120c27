package dev.relay.app.browser;

import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The window of one customer or agent, with a browser of its own until the test ends. Used by one thread. */
final class BrowserWindow {
  /** Only a failure takes that long; a computer that does much else can be very slow. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Holds back the answers to requests whose paths match until they are released. */
  private static final String HOLD = """
      const [pattern] = arguments;
      const real = window.fetch;
      const released = new Promise((go) => { window.releaseAnswers = go; });
      window.answersHeld = 0;
      window.fetch = async (address, options) => {
        const answer = await real(address, options);
        if (new RegExp(pattern).test(new URL(address, location).pathname)) {
          window.answersHeld += 1;
          await released;
        }
        return answer;
      };
      return '';""";

  private final RunningBrowser browser;
  private final ChromeDriver driver;
  private final List<Pattern> expected = new ArrayList<>();
  private final List<String> scripts = new ArrayList<>();

  BrowserWindow(RunningBrowser browser, WindowShape shape) {
    this.browser = browser;
    this.driver = browser.driver();
    browser.show(shape);
  }

  /** Returns the browser, which is given back after the test. */
  RunningBrowser browser() {
    return browser;
  }

  /** Opens an address. */
  void go(String address) {
    driver.get(address);
  }

  /** Reloads the page. */
  void reload() {
    driver.navigate().refresh();
  }

  /** Continues inside the frame that a script returns, such as one in a shadow tree. */
  void enterFrame(String script) {
    if (driver.executeScript(script) instanceof WebElement frame) {
      driver.switchTo().frame(frame);
    } else {
      throw new AssertionError("there is no frame");
    }
  }

  /** Continues outside of all frames. */
  void leaveFrame() {
    driver.switchTo().defaultContent();
  }

  /** Returns the title of the page. */
  String title() {
    return String.valueOf(driver.getTitle());
  }

  /** Clicks the first matching element as soon as it can be clicked. */
  void click(String css) {
    Eventually.holds(
        PATIENCE,
        () -> "press " + css + "; the page is " + page(),
        () -> tried(() -> clickIfEnabled(driver.findElement(By.cssSelector(css)))));
  }

  /** Clicks an element. A browser ignores a click on a button that is disabled while the server answers. */
  private static void clickIfEnabled(WebElement element) {
    if (!element.isEnabled()) {
      throw new ElementNotInteractableException("it is disabled");
    }
    element.click();
  }

  /** Types into the first matching element. */
  void type(String css, CharSequence... keys) {
    Eventually.holds(
        PATIENCE,
        () -> "type into " + css + "; the page is " + page(),
        () -> tried(() -> driver.findElement(By.cssSelector(css)).sendKeys(keys)));
  }

  /** Sets the text of a field at once, as pasting does. */
  void paste(String css, String text) {
    awaitVisible(css);
    driver.executeScript(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('input', { bubbles: true }));",
        css,
        text);
  }

  /** Selects a value of a list. */
  void choose(String css, String value) {
    awaitVisible(css);
    await(
        css + " offers " + value,
        () -> script(
                "const { options } = document.querySelector(arguments[0]) ?? {};"
                    + "return String(!options || [...options].some((one) => one.value === arguments[1]));",
                css,
                value)
            .equals("true"));
    driver.executeScript(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('change', { bubbles: true }));",
        css,
        value);
  }

  /** Presses keys wherever the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Shift together with a key, wherever the focus is. */
  void pressWithShift(CharSequence key) {
    new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
  }

  /** Presses Ctrl together with a key, wherever the focus is. */
  void pressWithControl(CharSequence key) {
    new Actions(driver).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
  }

  /** Returns how many elements the page has. */
  int elements() {
    return Integer.parseInt(script("return String(document.querySelectorAll('*').length);"));
  }

  /** Returns the visible text of the first matching element; empty if there is none. */
  String text(String css) {
    return script("return document.querySelector(arguments[0])?.innerText ?? '';", css);
  }

  /** Returns the visible texts of all matching elements, one per line. */
  String allTexts(String css) {
    return script(
        "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText).join('\\n');",
        css);
  }

  /** Checks whether a matching element is visible. */
  boolean isVisible(String css) {
    return script(
            "return String(document.querySelector(arguments[0])?.checkVisibility() ?? false);", css)
        .equals("true");
  }

  /** Waits until a matching element is visible. */
  void awaitVisible(String css) {
    await("see " + css, () -> isVisible(css));
  }

  /** Waits until no matching element is visible. */
  void awaitHidden(String css) {
    await("see no " + css, () -> !isVisible(css));
  }

  /** Waits until a matching element shows that text. */
  void awaitText(String css, String text) {
    await("see \"" + text + "\" in " + css, () -> allTexts(css).contains(text));
  }

  /** Waits until a matching element has the focus, so that the keys that are pressed next go there. */
  void awaitFocus(String css) {
    await("the focus on " + css, () -> isFocused(css));
  }

  /** Checks whether a matching element has the focus. */
  boolean isFocused(String css) {
    return script("return String(document.activeElement?.matches(arguments[0]) ?? false);", css)
        .equals("true");
  }

  /** Waits until the condition holds. */
  void await(String what, BooleanSupplier condition) {
    Eventually.holds(PATIENCE, () -> what + "; the page is " + page(), condition);
  }

  /** Runs a script and returns its result as text. */
  String script(String script, Object... arguments) {
    return String.valueOf(driver.executeScript(script, arguments));
  }

  /** Runs a script that calls its last argument with its result; returns that as text. */
  String scriptWithCallback(String script, Object... arguments) {
    return String.valueOf(driver.executeAsyncScript(script, arguments));
  }

  /** Gives the open page another shape, as turning a phone, zooming, or changing the preferences does. The language stays. */
  void show(WindowShape shape) {
    browser.show(shape);
  }

  /** Waits until a file with this content has been downloaded. Some browsers show a file under its name before it is complete. */
  void awaitDownload(String name, byte[] content) {
    Path file = browser.downloads().resolve(name);
    await("download " + name, () -> Files.exists(file) && Arrays.equals(bytes(file), content));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns by how many pixels something exceeds the width of the window or of a scrolling part. */
  int overflow() {
    return Integer.parseInt(script("""
        const parts = [document.documentElement, ...document.querySelectorAll(".pane__scroll, .conversation__scroll, .chat__main")];
        return String(Math.max(...parts.map((part) => part.scrollWidth - part.clientWidth)));
        """));
  }

  /** Holds back the server's answers to the page's requests whose path matches, until they are released or the page is left. */
  void holdAnswers(String pattern) {
    script(HOLD, pattern);
  }

  /** Waits until an answer is held back: the server has processed the request. */
  void awaitHeldAnswer() {
    await("an answer", () -> script("return String(window.answersHeld > 0);").equals("true"));
  }

  /** Lets the page receive the answers that were held back last. */
  void releaseAnswers() {
    script("window.releaseAnswers(); return '';");
  }

  /** Disconnects or reconnects the network. */
  void setOffline(boolean offline) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Opens an address in a further tab of the same browser and goes on there; the tabs before it are hidden. */
  void openTab(String address) {
    openEmptyTab();
    go(address);
  }

  /** Empties the browser's cache. */
  void clearCache() {
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
  }

  /** Goes on in the first tab. */
  void backToFirstTab() {
    driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(0));
  }

  /** Goes on in the tab that was opened last. */
  void toLastTab() {
    List<String> tabs = List.copyOf(driver.getWindowHandles());
    driver.switchTo().window(tabs.get(tabs.size() - 1));
  }

  /** Lets the pages opened from now on find no shared workers, as on some phones. */
  void forbidSharedWorkers() {
    beginPagesWith("delete window.SharedWorker;");
  }

  /** Runs a script in the pages that this tab opens from now on, before their own. */
  void beginPagesWith(String source) {
    Map<String, Object> added =
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", source));
    if (driver.getWindowHandle().equals(firstTab())) {
      scripts.add((String) added.get("identifier"));
    }
  }

  private String firstTab() {
    return List.copyOf(driver.getWindowHandles()).get(0);
  }

  /** Opens a further tab of the same browser without an address and goes on there. */
  void openEmptyTab() {
    driver.switchTo().newWindow(WindowType.TAB);
    SlowMachine.slow(driver);
  }

  /** Closes all tabs but the first, and goes on there. */
  private void closeTabs() {
    List<String> tabs = List.copyOf(driver.getWindowHandles());
    for (String tab : tabs.subList(1, tabs.size())) {
      driver.switchTo().window(tab).close();
    }
    driver.switchTo().window(tabs.get(0));
  }

  /** Forbids the pages opened from now on to store anything or to take locks, as private windows and blocked frames do. */
  void forbidStorage() {
    Map<String, Object> added = driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "const forbidden = () => { throw new DOMException('The request was denied.', 'SecurityError'); };"
                + "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])"
                + " Object.defineProperty(window, name, { get: forbidden });"
                + "LockManager.prototype.request = async () => forbidden();"));
    scripts.add((String) added.get("identifier"));
  }

  /** Takes back what was forbidden and opened, for the next test that uses the browser. */
  void restore() {
    // Before the scripts, which are those of the first tab: those of the others go with them.
    closeTabs();
    for (String script : scripts) {
      driver.executeCdpCommand(
          "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
    scripts.clear();
  }

  /**
   * Removes all cookies, also those that scripts cannot see: the session is gone. From now on the console may report requests to
   * the interface that were refused: 401, and 403 for those that are on their way while the agent signs in, with the new cookie
   * and the old token.
   */
  void loseCookies() {
    expect("/api/v1/\\S+ - .* 401 ");
    expect("/api/v1/\\S+ - .* 403 ");
    driver.manage().deleteAllCookies();
  }

  /** Stores a screenshot. */
  void screenshot(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Allows a message in the console that this test causes on purpose. */
  void expect(String pattern) {
    expected.add(Pattern.compile(pattern));
  }

  /** Returns errors in the console and violations of the security policy since the window was opened. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER).getAll()) {
      String message = entry.getMessage();
      boolean isExpected =
          expected.stream().anyMatch(one -> one.matcher(message).find());
      if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !isExpected) {
        problems.add(message);
      }
    }
    String violations = script("return (window.relayViolations ?? []).join(', ');");
    if (!violations.isEmpty()) {
      problems.add("security policy: " + violations);
    }
    return problems;
  }

  private String page() {
    return script("return document.body?.innerText ?? '';");
  }

  private static boolean tried(Runnable action) {
    try {
      action.run();
      return true;
    } catch (NoSuchElementException
        | StaleElementReferenceException
        | ElementNotInteractableException e) {
      return false;
    }
  }
}
