package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the contracts name exactly the rules that the kit tests, and the guide shows the example that the build runs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContractPagesTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern ROW =
      Pattern.compile("^\\| ([A-Z]\\d+\\.\\d+) \\|", Pattern.MULTILINE);
  private static final Pattern NUMBER = Pattern.compile("^([A-Z]\\d+\\.\\d+) (MUST|SHOULD) ");
  private static final Pattern STORE_RULE = Pattern.compile("^rule_(S\\d+)_(\\d+)_");
  private static final Pattern SECTION = Pattern.compile("^## (S\\d+) ");
  private static final Pattern ITEM = Pattern.compile("^(\\d+)\\. ");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "dev.relay.testkit.ChannelContract, channel-contract.md",
    "dev.relay.testkit.AgentDeskContract, agent-desk-contract.md",
    "dev.relay.testkit.AnnouncerContract, announcer-contract.md",
    "dev.relay.testkit.KnowledgeBaseContract, knowledge-base-contract.md",
    "dev.relay.testkit.VirtualAgentContract, virtual-agent-contract.md"
  })
  void a_page_names_the_rules_of_its_contract(Class<?> contract, String page) throws IOException {
    Set<String> tested = new TreeSet<>();
    for (Method method : contract.getDeclaredMethods()) {
      DisplayName name = method.getAnnotation(DisplayName.class);
      if (name != null) {
        Matcher number = NUMBER.matcher(name.value());
        assertThat(number.find()).as(name.value()).isTrue();
        tested.add(number.group(1));
      }
    }

    assertThat(named(page)).containsExactlyInAnyOrderElementsOf(tested);
  }

  private static List<String> named(String page) throws IOException {
    return ROW.matcher(Files.readString(DOCS.resolve(page)))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  @Test
  void the_page_of_stores_names_the_rules_of_both_contracts() throws IOException {
    Set<String> tested = new TreeSet<>();
    tested.addAll(rulesOf(StoreContract.class));
    tested.addAll(rulesOf(AccessStoreContract.class));
    List<String> named = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(DOCS.resolve("store-contract.md"))) {
      Matcher heading = SECTION.matcher(line);
      Matcher item = ITEM.matcher(line);
      if (heading.find()) {
        section = heading.group(1);
      } else if (item.find() && !section.isEmpty()) {
        named.add(section + "." + item.group(1));
      }
    }

    assertThat(named).containsExactlyInAnyOrderElementsOf(tested);
  }

  private static Set<String> rulesOf(Class<?> contract) {
    Set<String> rules = new TreeSet<>();
    for (Class<?> each = contract; each != Object.class; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        Matcher rule = STORE_RULE.matcher(method.getName());
        if (rule.find()) {
          rules.add(rule.group(1) + "." + rule.group(2));
        }
      }
    }
    return rules;
  }

  @Test
  void the_guide_to_writing_an_adapter_shows_the_code_that_the_build_runs() throws IOException {
    List<String> blocks = BLOCK
        .matcher(Files.readString(DOCS.resolve("writing-an-adapter.md")))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();

    assertThat(blocks).hasSizeGreaterThan(2);
    String code = body("PigeonChannel") + body("PigeonChannelTest");
    assertThat(blocks).allSatisfy(block -> assertThat(code).contains(block));
  }

  private static String body(String type) throws IOException {
    return Files.readString(Path.of("src/test/java/example/pigeon", type + ".java"));
  }
}
