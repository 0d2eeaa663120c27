package dev.relay.app.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The window of one customer or agent, with a browser of its own until the test ends. Used by one thread. */
final class BrowserWindow {
  private final RunningBrowser browser;
  private final ChromeDriver driver;
  private final List<Pattern> expected = new ArrayList<>();

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

  /** Loads the page again. */
  void reload() {
    driver.navigate().refresh();
  }

  /** Goes on inside the frame that a script answers, such as one that stands in a shadow tree. */
  void enterFrame(String script) {
    if (driver.executeScript(script) instanceof WebElement frame) {
      driver.switchTo().frame(frame);
    } else {
      throw new AssertionError("there is no frame");
    }
  }

  /** Goes on outside of all frames. */
  void leaveFrame() {
    driver.switchTo().defaultContent();
  }

  /** The page's title. */
  String title() {
    return String.valueOf(driver.getTitle());
  }

  /** Presses the first element that fits, as soon as it can be pressed. */
  void click(String css) {
    Eventually.await(
        "press " + css,
        () -> tried(() -> driver.findElement(By.cssSelector(css)).click()),
        this::page);
  }

  /** Types into the first element that fits. */
  void type(String css, CharSequence... keys) {
    Eventually.await(
        "type into " + css,
        () -> tried(() -> driver.findElement(By.cssSelector(css)).sendKeys(keys)),
        this::page);
  }

  /** Puts a text into a field at once, as pasting does. */
  void paste(String css, String text) {
    awaitVisible(css);
    driver.executeScript(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('input', { bubbles: true }));",
        css,
        text);
  }

  /** Chooses a value of a list of choices. */
  void choose(String css, String value) {
    awaitVisible(css);
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

  /** The visible text of the first element that fits; empty where there is none. */
  String text(String css) {
    return script("return document.querySelector(arguments[0])?.innerText ?? '';", css);
  }

  /** The visible texts of all that fit, one after the other. */
  String allTexts(String css) {
    return script(
        "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText).join('\\n');",
        css);
  }

  /** Whether something fits and can be seen. */
  boolean isVisible(String css) {
    return script(
            "return String(document.querySelector(arguments[0])?.checkVisibility() ?? false);", css)
        .equals("true");
  }

  /** Waits until something fits and can be seen. */
  void awaitVisible(String css) {
    await("see " + css, () -> isVisible(css));
  }

  /** Waits until nothing that fits can be seen. */
  void awaitHidden(String css) {
    await("see no " + css, () -> !isVisible(css));
  }

  /** Waits until one of those that fit shows that text. */
  void awaitText(String css, String text) {
    await("see \"" + text + "\" in " + css, () -> allTexts(css).contains(text));
  }

  /** Waits until the condition holds. */
  void await(String what, BooleanSupplier condition) {
    Eventually.await(what, condition, this::page);
  }

  /** What a script answers, as text. */
  String script(String script, Object... arguments) {
    return String.valueOf(driver.executeScript(script, arguments));
  }

  /** A file that the page has let the browser keep, as soon as it is complete. */
  Path downloaded(String name) {
    Path file = browser.downloads().resolve(name);
    await("download " + name, () -> Files.exists(file));
    return file;
  }

  /** By how many pixels something is wider than the window or the part of it that scrolls. */
  int overflow() {
    return Integer.parseInt(script("""
        const parts = [document.documentElement, ...document.querySelectorAll(".pane__scroll, .conversation__scroll, .chat__main")];
        return String(Math.max(...parts.map((part) => part.scrollWidth - part.clientWidth)));
        """));
  }

  /** Takes the network away, or gives it back. */
  void setOffline(boolean offline) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Keeps a picture of what is seen. */
  void screenshot(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message of the browser's console that this test brings about on purpose. */
  void expect(String pattern) {
    expected.add(Pattern.compile(pattern));
  }

  /** Errors of the page's console and violations of its security policy, since the window was opened. */
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
