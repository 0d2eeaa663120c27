package dev.relay.core.routing;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.RuleBook.FirstWords;
import dev.relay.core.routing.RuleBook.Situation;
import java.util.Locale;

/** One condition of a routing rule. */
public sealed interface Condition {

  /** Returns whether the condition holds in a situation. */
  boolean holds(Situation situation);

  /** Returns the condition in words, for explanations. */
  String describe();

  /** The customer came through this channel. */
  record InChannel(PortId channel) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      return situation.channel().equals(channel);
    }

    @Override
    public String describe() {
      return "channel is " + channel;
    }
  }

  /** The customer wrote in this community. */
  record InGuild(String guild) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      return situation.guild().filter(guild::equals).isPresent();
    }

    @Override
    public String describe() {
      return "guild is " + guild;
    }
  }

  /** The customer used this command. */
  record ByCommand(String command) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      return situation.command().filter(command::equals).isPresent();
    }

    @Override
    public String describe() {
      return "command is " + command;
    }
  }

  /** The customer's language is this one; a region is compared only if the rule names one. */
  record SpeaksLocale(Locale locale) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      Locale theirs = situation.locale();
      return theirs.getLanguage().equals(locale.getLanguage())
          && (locale.getCountry().isEmpty() || locale.getCountry().equals(theirs.getCountry()));
    }

    @Override
    public String describe() {
      return "locale is " + locale.toLanguageTag();
    }
  }

  /** The customer has this role in the community. */
  record HasRole(String role) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      return situation.roles().contains(role);
    }

    @Override
    public String describe() {
      return "customer has the role " + role;
    }
  }

  /** The first words contain this word or phrase as whole words, ignoring letter case and accents. */
  final class HasWords implements Condition {
    private final String words;
    private final FirstWords folded;

    /** Creates a condition for a word or phrase, which is prepared once. */
    public HasWords(String words) {
      this.words = words;
      this.folded = FirstWords.of(words);
    }

    /** Returns the word or phrase. */
    public String words() {
      return words;
    }

    @Override
    public boolean holds(Situation situation) {
      return situation.words().contain(folded);
    }

    @Override
    public String describe() {
      return "text has \"" + words + "\"";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof HasWords has && has.words.equals(words);
    }

    @Override
    public int hashCode() {
      return words.hashCode();
    }

    @Override
    public String toString() {
      return "HasWords[" + words + "]";
    }
  }

  /** The case is of this kind. */
  record AboutCaseKind(CaseKind kind) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      return situation.caseKind().filter(kind::equals).isPresent();
    }

    @Override
    public String describe() {
      return "case kind is " + kind;
    }
  }

  /** The time is (or is not) within these business hours. */
  record DuringHours(BusinessHours hours, boolean open) implements Condition {
    @Override
    public boolean holds(Situation situation) {
      return hours.isOpenAt(situation.at()) == open;
    }

    @Override
    public String describe() {
      return open ? "within business hours" : "outside business hours";
    }
  }
}
