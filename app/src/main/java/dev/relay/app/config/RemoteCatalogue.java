package dev.relay.app.config;

import dev.relay.discord.commands.FormField;
import dev.relay.discord.commands.FormSettings;
import dev.relay.discord.feeds.FeedSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of other companies' systems; part of the {@link Catalogue}. */
final class RemoteCatalogue {
  private static final int MAX_FIELD = 2_000;

  // Discord.
  static final Setting<Optional<Secret>> DISCORD_TOKEN =
      Setting.secret("discord.token", "The token of the Discord bot. Without it Discord is off.");
  static final Setting<Optional<URI>> DISCORD_API_URL = Setting.optional(
      "discord.apiUrl",
      Readings.webAddress("https", "http"),
      "Another address for Discord's interface, such as https://proxy.example/api/v10/.");
  static final Setting<Optional<URI>> DISCORD_GATEWAY_URL = Setting.optional(
      "discord.gatewayUrl",
      Readings.webAddress("wss", "ws"),
      "Another address for Discord's gateway.");
  static final Setting<Optional<String>> DISCORD_HELP_CHANNEL = channel(
      "discord.helpChannel",
      "where customers whose direct messages are closed are served, in private threads");
  static final Setting<Optional<String>> DISCORD_ANNOUNCEMENT_CHANNEL =
      channel("discord.announcementChannel", "where announcements appear");
  static final Setting<Optional<String>> DISCORD_BUG_CHANNEL =
      channel("discord.bugChannel", "where the bugs that customers report appear, for all to see");
  static final Setting<Optional<String>> DISCORD_FEATURE_CHANNEL = channel(
      "discord.featureChannel", "where the features that customers wish appear, for all to see");

  static final Setting<List<FormField>> DISCORD_BUG_FIELDS =
      fields("discord.bugFields", "/bug", FormSettings.DEFAULT.bug(), "steps, platform, version");
  static final Setting<List<FormField>> DISCORD_FEATURE_FIELDS = fields(
      "discord.featureFields", "/new_feature", FormSettings.DEFAULT.featureRequest(), "none");
  static final Setting<List<String>> DISCORD_GUILDS = Setting.of(
      "discord.guilds",
      Readings.list(
          50, Readings.matching("a server's id, 15 to 20 digits", Pattern.compile("[0-9]{15,20}"))),
      List.of(),
      "the servers to which the configured channels belong",
      "The brand's servers in Discord: in others nobody is staff by permission, whoever invited the"
          + " bot there.");
  static final Setting<List<String>> DISCORD_STAFF_ROLES = Setting.of(
      "discord.staffRoles",
      Readings.list(
          50, Readings.matching("a role's id, 15 to 20 digits", Pattern.compile("[0-9]{15,20}"))),
      List.of(),
      "none",
      "Roles in Discord that may use the commands of staff, besides those with the permission.");
  static final Setting<List<String>> DISCORD_COMMANDS_LEFT_OUT = Setting.of(
      "discord.commandsLeftOut",
      Readings.list(
          10,
          Readings.matching(
              "a command: helpme, bug, new_feature, agent, cases, close, announce, case, block,"
                  + " unblock",
              Pattern.compile(
                  "helpme|bug|new_feature|agent|cases|close|announce|case|block" + "|unblock"))),
      List.of(),
      "none",
      "Commands that are not offered.");

  // News of web sites.
  static final Setting<List<URI>> FEEDS = Setting.of(
      "feeds.addresses",
      Readings.list(50, Readings.document()),
      List.of(),
      "none",
      "RSS or Atom feeds whose news is announced, each item once. Needs"
          + " discord.announcementChannel.");
  static final Setting<Duration> FEEDS_EVERY = Setting.of(
      "feeds.every",
      Readings.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
      FeedSettings.DEFAULT_EVERY,
      "10m",
      "How long to wait between two looks at a feed.");
  static final Setting<Duration> FEEDS_MAX_AGE = Setting.of(
      "feeds.maxAge",
      Readings.duration(Duration.ofHours(1), Duration.ofDays(30)),
      FeedSettings.DEFAULT_MAX_AGE,
      "3d",
      "How old news may be to be announced still. Must be shorter than retention.seenEvents.");

  static final List<Setting<?>> ALL = List.of(
      DISCORD_TOKEN,
      DISCORD_API_URL,
      DISCORD_GATEWAY_URL,
      DISCORD_HELP_CHANNEL,
      DISCORD_ANNOUNCEMENT_CHANNEL,
      DISCORD_BUG_CHANNEL,
      DISCORD_FEATURE_CHANNEL,
      DISCORD_BUG_FIELDS,
      DISCORD_FEATURE_FIELDS,
      DISCORD_GUILDS,
      DISCORD_STAFF_ROLES,
      DISCORD_COMMANDS_LEFT_OUT,
      FEEDS,
      FEEDS_EVERY,
      FEEDS_MAX_AGE);

  private RemoteCatalogue() {}

  private static Setting<Optional<String>> channel(String key, String meaning) {
    return Setting.optional(
        key,
        Readings.matching(
            "a channel's id, 15 to 20 digits (Discord: developer mode, copy channel id)",
            Pattern.compile("[0-9]{15,20}")),
        "The id of the Discord channel " + meaning + ".");
  }

  private static Setting<List<FormField>> fields(
      String key, String command, List<FormField> fallback, String fallbackText) {
    return Setting.of(
        key,
        Readings.list(
            FormSettings.MAX_FURTHER,
            Readings.plain(
                "a field's name of 1 to 40 characters of a-z 0-9 _ -, and a * where it must be"
                    + " filled in",
                RemoteCatalogue::field)),
        fallback,
        fallbackText,
        "What the form of " + command + " asks for besides title and description.");
  }

  private static Optional<FormField> field(String text) {
    boolean required = text.endsWith("*");
    String name = required ? text.substring(0, text.length() - 1) : text;
    return name.matches("(?!title$|description$)[a-z0-9_-]{1,40}")
        ? Optional.of(FormField.named(name, required, true, MAX_FIELD))
        : Optional.empty();
  }
}
