package dev.relay.app.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.WebDriverException;

/** Lends browsers to one test after another, so that a browser is not started for every window. Thread-safe. */
final class BrowserPool implements AutoCloseable {
  private final Path folder;
  private final List<RunningBrowser> idle = new ArrayList<>();

  private BrowserPool(Path folder) {
    this.folder = folder;
  }

  /** Lends a browser in this language that has seen nothing yet, or has forgotten it. */
  RunningBrowser lend(Browser program, String language) throws IOException {
    Optional<RunningBrowser> waiting = takeIdle(language);
    return waiting.isPresent()
        ? waiting.get()
        : RunningBrowser.start(program, language, Files.createTempDirectory(folder, "browser-"));
  }

  /** Takes a browser back after a test at this address. A browser that cannot forget the test is ended. */
  void giveBack(RunningBrowser browser, String address) {
    try {
      browser.forget(address);
    } catch (IOException | WebDriverException e) {
      browser.close();
      return;
    }
    synchronized (idle) {
      idle.add(browser);
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      idle.forEach(RunningBrowser::close);
      idle.clear();
    }
  }

  private Optional<RunningBrowser> takeIdle(String language) {
    synchronized (idle) {
      Optional<RunningBrowser> found =
          idle.stream().filter(it -> it.language().equals(language)).findFirst();
      found.ifPresent(idle::remove);
      return found;
    }
  }

  /** Gives tests the pool of the whole run, which ends its browsers after the last test. */
  static final class Provider implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(BrowserPool.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == BrowserPool.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(BrowserPool.class, key -> open(), BrowserPool.class);
    }

    private static BrowserPool open() {
      try {
        Path folder = Path.of("target", "browsers").toAbsolutePath();
        return new BrowserPool(Files.createDirectories(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
