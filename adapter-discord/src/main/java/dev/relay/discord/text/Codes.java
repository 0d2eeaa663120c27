package dev.relay.discord.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Discord's codes in a message, which only its own clients show as words: mentions of users, roles and channels, commands, custom emojis, dates,
 * and links to the pages of a server. Live agents, the virtual agent and the web read words instead. Code blocks and inline code are left
 * alone, as Discord does. Source: Discord's documentation, Reference, "Message Formatting". Stateless.
 */
public final class Codes {
  private static final Pattern CODE_OR_QUOTED = Pattern.compile(
      // What must be left alone comes first: code blocks, inline code, escaped characters.
      "(?s:```.*?```)|``.+?``|`[^`\\n]+`|\\\\<"
          + "|<@!?(?<user>[0-9]{1,20})>"
          + "|<@&(?<role>[0-9]{1,20})>"
          + "|<#(?<channel>[0-9]{1,20})>"
          + "|</(?<command>[^:<>\\n]{1,100}):[0-9]{1,20}>"
          + "|<a?:(?<emoji>[A-Za-z0-9_]{1,32}):[0-9]{1,20}>"
          + "|<t:(?<time>-?[0-9]{1,13})(?::(?<style>[A-Za-z]))?>"
          + "|<id:(?<page>[a-z-]{1,30})(?::[0-9]{1,20})?>");
  private static final Map<String, String> PAGES = Map.of(
      "customize", "Channels & Roles",
      "browse", "Browse Channels",
      "guide", "Server Guide",
      "linked-roles", "Linked Roles");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);
  private static final int LAST_YEAR = 9_999;

  private Codes() {}

  /** The names behind ids, as far as they are known without a request. */
  public interface Names {
    /** Returns a user's name. */
    Optional<String> user(long id);

    /** Returns a role's name. */
    Optional<String> role(long id);

    /** Returns a channel's name. */
    Optional<String> channel(long id);

    /** Returns the words for an unknown user, role or channel. */
    String unknown(Kind kind);
  }

  /** The kinds of mentions. */
  public enum Kind {
    /** A user. */
    USER,
    /** A role. */
    ROLE,
    /** A channel. */
    CHANNEL
  }

  /** Returns a text with words in place of codes; a code that Discord would not show as words either stays. */
  public static String inWords(String text, Names names) {
    if (text.indexOf('<') < 0) {
      return text;
    }
    return CODE_OR_QUOTED
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(words((Matcher) found, names)));
  }

  private static String words(Matcher code, Names names) {
    if (code.group("user") != null) {
      return id(code, "user")
          .map(id -> names.user(id).map(name -> "@" + name).orElse(names.unknown(Kind.USER)))
          .orElse(code.group());
    }
    if (code.group("role") != null) {
      return id(code, "role")
          .map(id -> names.role(id).map(name -> "@" + name).orElse(names.unknown(Kind.ROLE)))
          .orElse(code.group());
    }
    if (code.group("channel") != null) {
      return id(code, "channel")
          .map(id -> names.channel(id).map(name -> "#" + name).orElse(names.unknown(Kind.CHANNEL)))
          .orElse(code.group());
    }
    if (code.group("command") != null) {
      return "/" + code.group("command");
    }
    if (code.group("emoji") != null) {
      return ":" + code.group("emoji") + ":";
    }
    if (code.group("time") != null) {
      return date(code).orElse(code.group());
    }
    return code.group("page") == null
        ? code.group()
        : PAGES.getOrDefault(code.group("page"), code.group());
  }

  private static Optional<Long> id(MatchResult code, String group) {
    try {
      return Optional.of(Long.parseUnsignedLong(((Matcher) code).group(group)));
    } catch (NumberFormatException tooGreat) {
      return Optional.empty();
    }
  }

  /** Returns a date in words that mean the same everywhere; Discord shows it in the reader's own time zone. */
  private static Optional<String> date(Matcher code) {
    try {
      ZonedDateTime at =
          Instant.ofEpochSecond(Long.parseLong(code.group("time"))).atZone(ZoneOffset.UTC);
      if (at.getYear() < 0 || at.getYear() > LAST_YEAR) {
        return Optional.empty();
      }
      boolean isDay = "d".equalsIgnoreCase(code.group("style"));
      return Optional.of((isDay ? DATE : MOMENT).format(at));
    } catch (DateTimeException nonsense) {
      return Optional.empty();
    }
  }
}
