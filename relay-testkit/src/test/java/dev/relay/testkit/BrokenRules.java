package dev.relay.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract and collects the rules that fail. */
final class BrokenRules {
  private static final Pattern RULE = Pattern.compile("^rule ([A-Z]\\d+) (\\d+) ");

  private static final Pattern CLASS = Pattern.compile("^Rule_([A-Z]\\d+)_(\\d+)(_.*)?$");

  private BrokenRules() {}

  /** Returns the numbers of the rules that a subclass of a contract fails, such as {@code C1.3}. */
  static Set<String> of(Class<?> contract) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(contract))
        // The tests of the kit run in parallel already, one contract each.
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
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
          broken.add(ruleOf(test.getDisplayName()));
        }
      }
    });
    if (tests[0] == 0) {
      throw new AssertionError("no test was run of " + contract);
    }
    return broken;
  }

  /** Returns {@code C1.3} for {@code C1.3 MUST answer} and {@code S1.3} for {@code rule S1 3 it answers}. */
  private static String ruleOf(String name) {
    Matcher rule = RULE.matcher(name);
    if (rule.find()) {
      return rule.group(1) + "." + rule.group(2);
    }
    return name.contains(" ") ? name.substring(0, name.indexOf(" ")) : name;
  }

  /** Returns {@code C1.4} for a class with the name {@code Rule_C1_4} or {@code Rule_C1_4_after_a_restart}. */
  static String ruleBrokenBy(Class<?> wrong) {
    Matcher rule = CLASS.matcher(wrong.getSimpleName());
    if (!rule.find()) {
      throw new AssertionError("the name of " + wrong + " has no rule");
    }
    return rule.group(1) + "." + rule.group(2);
  }
}
