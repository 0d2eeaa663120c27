package dev.relay.discord.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.message.Topic;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.DiscordSettings;
import dev.relay.discord.DiscordSetup;
import dev.relay.discord.FormSettings;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.LoggedRequest;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenChannel;
import dev.relay.discord.fake.SeenMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The set-up of a server, as the command line runs it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DiscordSetupTest {
  private static final int TEXT = 0;
  private static final int CATEGORY = 4;
  private static final int NEWS = 5;

  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.start();
  private final List<String> lines = new ArrayList<>();

  @AfterEach
  void nothing_odd_came() {
    discord.close();
    log.close();
    discord.assertNothingOdd();
    log.assertGatewayClientQuiet();
  }

  @Test
  void a_new_server_gets_everything() {
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    SeenChannel category = discord.guild().channel("Help");
    assertThat(category.type()).isEqualTo(CATEGORY);
    assertThat(discord.guild().channels())
        .filteredOn(channel -> channel.parentId() == category.id())
        .extracting(SeenChannel::name)
        .containsExactly("announcements", "bug-report", "feature-request", "customer-service");
    assertThat(discord.guild().channel("announcements").type()).isEqualTo(NEWS);
    assertThat(discord.guild().channel("bug-report").type()).isEqualTo(TEXT);
    assertThat(buttons("customer-service")).containsExactly("relay:help", "relay:cases");
    assertThat(buttons("bug-report")).containsExactly("relay:form:bug");
    assertThat(buttons("feature-request")).containsExactly("relay:form:feature_request");
    assertThat(discord.guild().channel("announcements").messages()).isEmpty();
    assertThat(discord.commands()).contains("helpme", "bug", "announce");
    assertThat(lines.get(0)).isEqualTo("Server \"Home\":");
    assertThat(lines)
        .contains(
            "  create   category \"Help\"",
            "  create   welcome message with buttons in #customer-service",
            "Done.",
            "    helpChannel: \"" + discord.guild().channel("customer-service").id() + "\"",
            "    announcementChannel: \""
                + discord.guild().channel("announcements").id() + "\"");
  }

  @Test
  void the_notices_that_a_message_was_pinned_are_removed() {
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    for (String channel : List.of("customer-service", "bug-report", "feature-request")) {
      assertThat(discord.guild().channel(channel).messages())
          .as(channel)
          .hasSize(1)
          .allMatch(message -> !message.buttons().isEmpty());
    }
  }

  @Test
  void a_notice_that_cannot_be_removed_does_not_stop_the_set_up() {
    discord.faults().next(Routes.DELETE_MESSAGE, Fault.answers(403));

    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();
    assertThat(lines).contains("Done.");
  }

  @Test
  void customers_may_not_post_in_the_announcements_but_staff_and_the_bot_may() {
    long staff = discord.guild().addsRole("Staff", 0);
    DiscordSetup setup = new DiscordSetup(
        settings(Locale.ENGLISH),
        new CommandSettings(FormSettings.DEFAULT, Set.of(Long.toString(staff)), Set.of()));
    assertThat(setup.run(discord.guildId(), false, lines::add)).isTrue();

    List<SeenChannel.Overwrite> overwrites =
        discord.guild().channel("announcements").overwrites();
    long send = Permission.MESSAGE_SEND.getRawValue();
    assertThat(overwrite(overwrites, discord.guildId()).deny() & send).isEqualTo(send);
    assertThat(overwrite(overwrites, staff).allow() & send).isEqualTo(send);
    assertThat(overwrite(overwrites, discord.botId()).allow() & send).isEqualTo(send);
  }

  @Test
  void private_threads_work_in_customer_service() {
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    List<SeenChannel.Overwrite> overwrites =
        discord.guild().channel("customer-service").overwrites();
    long inThreads = Permission.MESSAGE_SEND_IN_THREADS.getRawValue();
    long threads = Permission.CREATE_PRIVATE_THREADS.getRawValue();
    assertThat(overwrite(overwrites, discord.guildId()).allow() & inThreads).isEqualTo(inThreads);
    assertThat(overwrite(overwrites, discord.botId()).allow() & threads).isEqualTo(threads);
  }

  @Test
  void a_second_run_plans_and_changes_nothing() {
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();
    List<SeenChannel> before = discord.guild().channels();
    discord.requests().clear();
    lines.clear();

    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    assertThat(lines).contains("Nothing to do.");
    assertThat(lines.subList(1, 10)).allMatch(line -> line.startsWith("  leave "));
    assertThat(changes()).isEmpty();
    assertThat(discord.guild().channels()).hasSameSizeAs(before);
  }

  @Test
  void a_dry_run_prints_the_plan_and_changes_nothing() {
    int before = discord.guild().channels().size();

    assertThat(runs(Locale.ENGLISH, true)).as("%s", lines).isTrue();

    assertThat(lines)
        .anyMatch(line -> line.startsWith("  create   announcement channel #announcements"))
        .anyMatch(line -> line.startsWith("  register commands /helpme, /bug"))
        .contains("Dry run: nothing was changed.");
    assertThat(changes()).isEmpty();
    assertThat(discord.guild().channels()).hasSize(before);
    assertThat(discord.commands()).isEmpty();
  }

  @Test
  void existing_channels_are_adopted_and_members_keep_their_permissions() {
    long bugs = discord.guild().addsTextChannel("bug-report");
    long news = discord.guild().addsTextChannel("announcements");

    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    assertThat(discord.guild().channel("bug-report").id()).isEqualTo(bugs);
    assertThat(discord.guild().channel("bug-report").parentId()).isZero();
    assertThat(discord.guild().channel("bug-report").overwrites()).isEmpty();
    assertThat(buttons("bug-report")).containsExactly("relay:form:bug");
    assertThat(discord.guild().channel("announcements").id()).isEqualTo(news);
    long send = Permission.MESSAGE_SEND.getRawValue();
    assertThat(overwrite(discord.guild().channel("announcements").overwrites(), discord.guildId())
                .deny()
            & send)
        .isEqualTo(send);
    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("  adopt    channel #announcements; members may no longer:"))
        .contains("  leave    channel #bug-report");
    lines.clear();
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();
    assertThat(lines).contains("Nothing to do.");
  }

  @Test
  void a_welcome_message_is_found_among_many_others() {
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();
    FakeCustomer grace = discord.customer("grace");
    long admin = discord.guild().addsRole("Admin", Permission.ADMINISTRATOR.getRawValue());
    discord.guild().gives(admin, grace);
    long bugs = discord.guild().channel("bug-report").id();
    for (int i = 0; i < 210; i++) {
      grace.in(bugs).writes("Bug " + i);
    }
    lines.clear();

    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    assertThat(lines).contains("  leave    welcome message in #bug-report", "Nothing to do.");
  }

  @Test
  void names_and_texts_are_in_the_operators_language() {
    assertThat(runs(Locale.forLanguageTag("es"), false)).as("%s", lines).isTrue();

    assertThat(discord.guild().channel("atencion-al-cliente").messages().get(0).text())
        .startsWith("**¿Necesitas ayuda?**");
    lines.clear();
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();
    assertThat(lines).contains("Nothing to do.");
  }

  @Test
  void configured_channels_are_used_whatever_their_names() {
    long help = discord.guild().addsTextChannel("support");
    DiscordSettings configured = settings(Locale.ENGLISH).withHelpChannel(help);

    assertThat(new DiscordSetup(configured, CommandSettings.DEFAULT)
            .run(discord.guildId(), false, lines::add))
        .isTrue();

    assertThat(buttons("support")).containsExactly("relay:help", "relay:cases");
    assertThat(discord.guild().channels())
        .extracting(SeenChannel::name)
        .doesNotContain("customer-service");
  }

  @Test
  void configured_channels_are_not_printed_as_settings() {
    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();
    DiscordSettings configured = settings(Locale.ENGLISH)
        .withHelpChannel(discord.guild().channel("customer-service").id())
        .withAnnouncements(Map.of(
            Topic.NEWS, discord.guild().channel("announcements").id(),
            Topic.BUG, discord.guild().channel("bug-report").id(),
            Topic.FEATURE_REQUEST, discord.guild().channel("feature-request").id()));
    lines.clear();

    assertThat(new DiscordSetup(configured, CommandSettings.DEFAULT)
            .run(discord.guildId(), false, lines::add))
        .isTrue();

    assertThat(lines.get(lines.size() - 1)).isEqualTo("Nothing to do.");
  }

  @Test
  void the_permissions_of_the_invitation_are_enough() {
    discord.guild().allowsBotOnly(Permission.getRaw(BotPermissions.all()));

    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isTrue();

    assertThat(lines).contains("Done.");
  }

  @Test
  void the_guide_names_the_permissions_that_the_bot_needs_and_no_others() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "discord.md"));
    String table = guide.substring(guide.indexOf("| permission |"), guide.indexOf("## 2."));

    assertThat(BotPermissions.all())
        .allSatisfy(permission -> assertThat(table).contains(inClient(permission)));
    assertThat(Permission.values())
        .filteredOn(permission -> !BotPermissions.all().contains(permission))
        .filteredOn(permission -> permission != Permission.UNKNOWN)
        .noneMatch(permission -> table.contains("| " + permission.getName())
            || table.contains(", " + permission.getName() + ","));
  }

  /** Returns the name of a permission in Discord's own client and portal. */
  private static String inClient(Permission permission) {
    return permission == Permission.MESSAGE_HISTORY ? "Read Message History" : permission.getName();
  }

  @Test
  void missing_permissions_are_named_and_nothing_is_changed() {
    discord
        .guild()
        .allowsBotOnly(
            Permission.VIEW_CHANNEL.getRawValue() | Permission.MESSAGE_SEND.getRawValue());

    assertThat(runs(Locale.ENGLISH, false)).as("%s", lines).isFalse();

    assertThat(lines)
        .anyMatch(line -> line.startsWith("The bot lacks permissions in this server: ")
            && line.contains("Manage Channels")
            && line.contains("Manage Roles")
            && line.contains("Create Private Threads")
            && !line.contains("Send Messages,"))
        .anyMatch(line -> line.contains("invite the bot again: https://discord.com/")
            && line.contains("applications.commands"))
        .contains("Nothing was changed.");
    assertThat(changes()).isEmpty();
  }

  @Test
  void a_server_without_the_bot_is_reported_with_an_invitation() {
    assertThat(new DiscordSetup(settings(Locale.ENGLISH), CommandSettings.DEFAULT)
            .run(42, false, lines::add))
        .isFalse();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("The bot is not in the server with the id 42. Invite it: https://discord.com/")
        .contains("permissions=" + Permission.getRaw(BotPermissions.all()));
    assertThat(BotPermissions.all()).doesNotContain(Permission.ADMINISTRATOR);
  }

  @Test
  void a_wrong_token_is_reported() {
    DiscordSettings wrong = DiscordSettings.of("wrong")
        .at(URI.create(discord.restUrl()), URI.create(discord.gatewayUrl()));

    assertThat(new DiscordSetup(wrong, CommandSettings.DEFAULT)
            .run(discord.guildId(), false, lines::add))
        .isFalse();

    assertThat(lines.get(0)).startsWith("Discord does not accept the bot's token.");
  }

  private boolean runs(Locale locale, boolean dryRun) {
    return new DiscordSetup(settings(locale), CommandSettings.DEFAULT)
        .run(discord.guildId(), dryRun, lines::add);
  }

  private DiscordSettings settings(Locale locale) {
    return new DiscordSettings(
        discord.token(),
        Optional.of(URI.create(discord.restUrl())),
        Optional.of(URI.create(discord.gatewayUrl())),
        Optional.empty(),
        Map.of(),
        DiscordSettings.DEFAULT_MAX_FILE_BYTES,
        locale);
  }

  private List<String> buttons(String channel) {
    List<SeenMessage> messages = discord.guild().channel(channel).messages();
    assertThat(messages).as("messages in #" + channel).hasSize(1);
    return messages.get(0).buttons().stream()
        .map(SeenMessage.SeenButton::customId)
        .toList();
  }

  private static SeenChannel.Overwrite overwrite(List<SeenChannel.Overwrite> overwrites, long id) {
    return overwrites.stream().filter(it -> it.id() == id).findFirst().orElseThrow();
  }

  /** Returns the requests that change the server. */
  private List<String> changes() {
    return discord.requests().all().stream()
        .map(LoggedRequest::route)
        .filter(route -> !route.startsWith("GET "))
        .toList();
  }
}
