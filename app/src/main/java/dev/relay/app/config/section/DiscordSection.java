package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.duration;
import static dev.relay.app.config.setting.Parsers.integer;
import static dev.relay.app.config.setting.Parsers.list;
import static dev.relay.app.config.setting.Parsers.matching;
import static dev.relay.app.config.setting.Parsers.plain;
import static dev.relay.app.config.setting.Parsers.webAddress;

import dev.relay.app.config.DiscordSettings;
import dev.relay.app.config.Secret;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.FormField;
import dev.relay.discord.FormSettings;
import dev.relay.discord.StaffChannel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Discord bot. */
final class DiscordSection extends Section<DiscordSettings> {
  private static final int MAX_FIELD = 2_000;
  private static final Pattern ID = Pattern.compile("[0-9]{15,20}");
  private static final Parser<String> CHANNEL =
      matching("a channel's id, 15 to 20 digits (Discord: developer mode, copy channel id)", ID);
  private static final Parser<List<FormField>> FIELDS = list(
      FormSettings.MAX_FURTHER,
      plain("1 to 40 characters of a-z 0-9 _ -, * if required", DiscordSection::field));
  private static final List<String> COMMANDS = List.of(
      "helpme",
      "bug",
      "new_feature",
      "agent",
      "cases",
      "close",
      "announce",
      "case",
      "block",
      "unblock");

  private final Setting<Optional<Secret>> token =
      secret("discord.token", "Token of the Discord bot. Without it Discord is off.");
  private final Setting<Optional<URI>> apiUrl = optional(
      "discord.apiUrl",
      webAddress("https", "http"),
      "Alternative address of Discord's API, such as https://proxy.example/api/v10/.");
  private final Setting<Optional<URI>> gatewayUrl = optional(
      "discord.gatewayUrl", webAddress("wss", "ws"), "Alternative address of Discord's gateway.");
  private final Setting<Optional<String>> helpChannel = optional(
      "discord.helpChannel",
      CHANNEL,
      "Channel with private threads for customers who do not accept direct messages.");
  final Setting<Optional<String>> announcementChannel = optional(
      "discord.announcementChannel", CHANNEL, "Channel in which announcements are posted.");
  private final Setting<Optional<String>> bugChannel =
      optional("discord.bugChannel", CHANNEL, "Public channel in which bug reports are posted.");
  private final Setting<Optional<String>> featureChannel = optional(
      "discord.featureChannel", CHANNEL, "Public channel in which feature requests are posted.");
  private final Setting<List<FormField>> bugFields = setting(
      "discord.bugFields",
      FIELDS,
      FormSettings.DEFAULT.bug(),
      "steps, platform, version",
      "Fields of the /bug form besides title and description.");
  private final Setting<List<FormField>> featureFields = setting(
      "discord.featureFields",
      FIELDS,
      FormSettings.DEFAULT.featureRequest(),
      "Fields of the /new_feature form besides title and description.");
  private final Setting<List<String>> guilds = setting(
      "discord.guilds",
      list(50, matching("a server's id, 15 to 20 digits", ID)),
      List.of(),
      "the servers of the configured channels",
      "The brand's servers. Permissions in other servers make nobody a member of staff.");
  private final Setting<List<String>> staffRoles = setting(
      "discord.staffRoles",
      list(50, matching("a role's id, 15 to 20 digits", ID)),
      List.of(),
      "Roles that may use the staff commands, besides members with the permission.");
  private final Setting<Optional<String>> staffChannel = optional(
      "discord.staffChannel", CHANNEL, "Channel of staff, notified of customers who wait.");
  private final Setting<Optional<String>> staffPing = optional(
      "discord.staffPing",
      matching("a role's id, 15 to 20 digits", ID),
      "Role that is pinged in the channel of staff.");
  private final Setting<Duration> staffAfter = setting(
      "discord.staffAfter",
      duration(Duration.ofSeconds(1), Duration.ofHours(12)),
      StaffChannel.DEFAULT_AFTER,
      "How long a customer waits until staff is notified.");
  private final Setting<Duration> staffRepeat = setting(
      "discord.staffRepeat",
      duration(Duration.ofMinutes(1), Duration.ofHours(12)),
      StaffChannel.DEFAULT_REPEAT,
      "Time after which the role is pinged again.");
  private final Setting<Integer> staffPings = setting(
      "discord.staffPings",
      integer(1, 20),
      StaffChannel.DEFAULT_PINGS,
      "How often the role is pinged for one notice.");
  private final Setting<List<String>> commandsLeftOut = setting(
      "discord.commandsLeftOut",
      list(
          10,
          matching(
              "a command: " + String.join(", ", COMMANDS),
              Pattern.compile(String.join("|", COMMANDS)))),
      List.of(),
      "Commands that are not offered.");

  @Override
  public DiscordSettings read(Values values) {
    List<Setting<Optional<String>>> channels =
        List.of(helpChannel, announcementChannel, bugChannel, featureChannel);
    channels.forEach(channel -> values.require(channel, token));
    values.require(staffChannel, token);
    values.require(staffPing, staffChannel);
    return new DiscordSettings(
        values.get(token),
        values.get(apiUrl),
        values.get(gatewayUrl),
        values.get(helpChannel),
        values.get(announcementChannel),
        values.get(bugChannel),
        values.get(featureChannel),
        new CommandSettings(
            new FormSettings(values.get(bugFields), values.get(featureFields)),
            Set.copyOf(values.get(staffRoles)),
            Set.copyOf(values.get(commandsLeftOut)),
            Set.copyOf(values.get(guilds)),
            channels.stream()
                .map(values::get)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet())),
        values
            .get(staffChannel)
            .map(channel -> new StaffChannel(
                Long.parseUnsignedLong(channel),
                values.get(staffPing).map(Long::parseUnsignedLong),
                Set.of(),
                values.get(staffAfter),
                values.get(staffRepeat),
                values.get(staffPings))));
  }

  private static Optional<FormField> field(String text) {
    boolean required = text.endsWith("*");
    String name = required ? text.substring(0, text.length() - 1) : text;
    return name.matches("(?!title$|description$)[a-z0-9_-]{1,40}")
        ? Optional.of(FormField.named(name, required, true, MAX_FIELD))
        : Optional.empty();
  }
}
