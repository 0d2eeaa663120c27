package dev.relay.app.browser;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A slow machine for the browser tests, made on purpose to find tests and pages that depend on which of two events comes first: the system
 * property {@code relay.tests.browser-slowdown} divides the speed of the pages' scripts, {@code relay.tests.network-latency} is the longest
 * delay of the network in milliseconds. Without them nothing is slowed down.
 */
final class SlowMachine {
  private static final int SLOWDOWN = Integer.getInteger("relay.tests.browser-slowdown", 1);
  private static final int LATENCY = Integer.getInteger("relay.tests.network-latency", 0);

  private SlowMachine() {}

  /** Returns the options of a browser on this machine. */
  static List<String> options() {
    return LATENCY == 0
        ? List.of()
        : List.of(
            "--proxy-server=" + Network.SLOW.address(),
            // Without it a browser connects to its own computer without the proxy.
            "--proxy-bypass-list=<-loopback>");
  }

  /** Slows the current tab down. */
  static void slow(ChromeDriver driver) {
    if (SLOWDOWN > 1) {
      driver.executeCdpCommand("Emulation.setCPUThrottlingRate", Map.of("rate", SLOWDOWN));
    }
  }

  /** Opened at the first use, which there is none of on a machine of the usual speed. */
  private static final class Network {
    static final SlowNetwork SLOW = SlowNetwork.open(LATENCY);
  }
}
