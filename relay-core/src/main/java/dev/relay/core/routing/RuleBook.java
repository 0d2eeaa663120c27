package dev.relay.core.routing;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.PortId;
import dev.relay.core.text.Cut;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All routing rules in order; the first that matches decides.
 *
 * @param rules the rules in the order in which they are tried
 */
public record RuleBook(List<RoutingRule> rules) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}");

  /** No rules: every conversation begins with the virtual agent. */
  public static final RuleBook EMPTY = new RuleBook(List.of());

  /** Copies the rules, so that the rule book cannot change. */
  public RuleBook {
    rules = List.copyOf(rules);
  }

  /** Returns the route of the first rule that matches, else {@link Route#FALLBACK}. */
  public Route route(Situation situation) {
    return rules.stream()
        .filter(rule -> rule.matches(situation))
        .findFirst()
        .map(RoutingRule::route)
        .orElse(Route.FALLBACK);
  }

  /** Returns the rule that a situation takes, and why each earlier rule did not match. */
  public Explanation explain(Situation situation) {
    List<Verdict> verdicts = new ArrayList<>();
    for (RoutingRule rule : rules) {
      List<String> failed = rule.conditions().stream()
          .filter(condition -> !condition.holds(situation))
          .map(Condition::describe)
          .toList();
      verdicts.add(new Verdict(rule, failed));
      if (failed.isEmpty()) {
        return new Explanation(verdicts, rule.route());
      }
    }
    return new Explanation(verdicts, Route.FALLBACK);
  }

  /**
   * The explanation of a route.
   *
   * @param tried the rules that were tried, in order; only the last can have matched
   * @param route the route
   */
  public record Explanation(List<Verdict> tried, Route route) {}

  /**
   * The result of trying one rule.
   *
   * @param rule the rule
   * @param failed the conditions that did not hold, described; empty if the rule matched
   */
  public record Verdict(RoutingRule rule, List<String> failed) {
    /** Returns whether the rule matched. */
    public boolean matched() {
      return failed.isEmpty();
    }
  }

  /**
   * The facts that routing rules can use when a conversation begins.
   *
   * @param channel the channel that the customer came through
   * @param guild the community, if the channel has communities
   * @param command the command that the customer used, without a slash
   * @param locale the customer's language
   * @param roles the customer's roles in the community
   * @param words the first words; may be empty
   * @param caseKind the kind of case, if a form was filled in
   * @param at the time
   */
  public record Situation(
      PortId channel,
      Optional<String> guild,
      Optional<String> command,
      Locale locale,
      Set<String> roles,
      FirstWords words,
      Optional<CaseKind> caseKind,
      Instant at) {

    /** Creates a situation from the customer's text as it was written. */
    public Situation(
        PortId channel,
        Optional<String> guild,
        Optional<String> command,
        Locale locale,
        Set<String> roles,
        String text,
        Optional<CaseKind> caseKind,
        Instant at) {
      this(channel, guild, command, locale, roles, FirstWords.of(text), caseKind, at);
    }

    /** Copies the roles, so that the situation cannot change. */
    public Situation {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * The first words of a customer, prepared once for all rules: without accents, in small letters, and bounded, because strangers
   * write them and every rule looks at them.
   *
   * @param folded the prepared text
   */
  public record FirstWords(String folded) {
    /** The number of UTF-16 units that rules look at: a situation is described in its first sentences. */
    public static final int MAX_TEXT = 1_000;

    /** No words. */
    public static final FirstWords NONE = new FirstWords("");

    /** Cuts what a few letters that stand for whole phrases can become. */
    public FirstWords {
      folded = Cut.to(folded, 2 * MAX_TEXT);
    }

    /** Prepares the beginning of a text. */
    public static FirstWords of(String text) {
      String folded = Normalizer.normalize(Cut.to(text, MAX_TEXT), Normalizer.Form.NFKD);
      return new FirstWords(
          MARKS.matcher(folded).replaceAll("").toLowerCase(Locale.ROOT).strip());
    }

    /** Returns whether these words contain that word or phrase as whole words. */
    boolean contain(FirstWords phrase) {
      String wanted = phrase.folded;
      int at = wanted.isEmpty() ? -1 : folded.indexOf(wanted);
      while (at >= 0) {
        int end = at + wanted.length();
        boolean begins = at == 0 || !isInWord(folded.codePointBefore(at));
        boolean ends = end == folded.length() || !isInWord(folded.codePointAt(end));
        if (begins && ends) {
          return true;
        }
        at = folded.indexOf(wanted, at + 1);
      }
      return false;
    }

    private static boolean isInWord(int letter) {
      int type = Character.getType(letter);
      return Character.isLetterOrDigit(letter)
          || type == Character.LETTER_NUMBER
          || type == Character.OTHER_NUMBER;
    }
  }
}
