package dev.relay.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract and tells which of its rules fail. */
final class BrokenRules {
  private BrokenRules() {}

  /** The numbers of the rules that a subclass of a contract fails, such as {@code 1.3}. */
  static Set<String> of(Class<?> contract) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(contract))
        .build();
    Set<String> broken = new TreeSet<>();
    int[] tests = {0};
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
          tests[0]++;
        }
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
          String name = test.getDisplayName();
          broken.add(name.contains(" ") ? name.substring(0, name.indexOf(" ")) : name);
        }
      }
    });
    if (tests[0] == 0) {
      throw new AssertionError("no test was run of " + contract);
    }
    return broken;
  }
}
