package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.testkit.Eventually;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.concrete.Category;
import net.dv8tion.jda.api.entities.channel.concrete.NewsChannel;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Channels, threads and roles of a guild between a real JDA and the fake. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FakeGuildTest {
  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.start();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final JDA jda = JdaConnection.connect(
      discord, List.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT), (EventListener)
          event -> {
            if (event instanceof MessageReceivedEvent received
                && !received.getAuthor().isBot()) {
              heard.add(received.getMessage().getContentRaw());
            }
          });
  private final net.dv8tion.jda.api.entities.Guild guild = jda.getGuildById(discord.guildId());

  @AfterEach
  void nothing_odd_came() {
    jda.shutdownNow();
    discord.close();
    log.close();
    discord.assertNothingOdd();
    log.assertGatewayClientQuiet();
  }

  @Test
  void channels_are_created_with_their_permissions() {
    Category category = guild.createCategory("Support").complete();
    NewsChannel news = category
        .createNewsChannel("announcements")
        .addPermissionOverride(guild.getPublicRole(), null, EnumSet.of(Permission.MESSAGE_SEND))
        .complete();

    SeenChannel seen = discord.guild().channel("announcements");
    assertThat(seen.id()).isEqualTo(news.getIdLong());
    assertThat(seen.type()).isEqualTo(5);
    assertThat(seen.parentId()).isEqualTo(category.getIdLong());
    assertThat(seen.overwrites())
        .containsExactly(new SeenChannel.Overwrite(
            discord.guildId(), 0, 0, Permission.MESSAGE_SEND.getRawValue()));
    Eventually.holds("the cache", () -> guild.getNewsChannelById(news.getId()) != null);
    guild.getNewsChannelById(news.getId()).getManager().setTopic("News").complete();
    assertThat(discord.guild().channel("announcements").topic()).isEqualTo("News");
  }

  @Test
  void an_announcement_is_crossposted_and_gets_a_reaction() {
    long news = discord.guild().addsAnnouncementChannel("announcements");
    Eventually.holds("the channel", () -> jda.getNewsChannelById(news) != null);
    Message message =
        jda.getNewsChannelById(news).sendMessage("Version 2 is out").complete();
    message.crosspost().complete();
    message.addReaction(Emoji.fromUnicode("🎉")).complete();

    SeenMessage seen = discord.guild().channel("announcements").messages().get(0);
    assertThat(seen.json().path("flags").asInt()).isEqualTo(1);
    assertThat(seen.reactions()).containsExactly("🎉");
  }

  @Test
  void a_private_thread_can_hold_the_dialogue() {
    FakeCustomer ada = discord.customer("ada");
    long help = discord.guild().addsTextChannel("help");
    Eventually.holds("the channel", () -> jda.getTextChannelById(help) != null);
    TextChannel channel = jda.getTextChannelById(help);

    ThreadChannel thread = channel.createThreadChannel("Help for ada", true).complete();
    thread.addThreadMemberById(ada.id()).complete();
    thread.sendMessage("Hello").complete();
    ada.in(thread.getIdLong()).writes("I am here");

    Eventually.holds("the message", () -> heard.equals(List.of("I am here")));
    SeenChannel seen = discord.guild().threads(help).get(0);
    assertThat(seen.type()).isEqualTo(12);
    assertThat(seen.members()).containsExactlyInAnyOrder(ada.id(), discord.botId());
    assertThat(seen.messages()).extracting(SeenMessage::text).containsExactly("Hello", "I am here");
    thread.getManager().setArchived(true).complete();
    assertThat(discord.guild().threads(help).get(0).archived()).isTrue();
    thread.sendMessage("Still there?").complete();
    assertThat(discord.guild().threads(help).get(0).archived()).isFalse();
  }

  @Test
  void a_ping_is_shown_unless_mentions_are_off() {
    FakeCustomer ada = discord.customer("ada");
    long help = discord.guild().addsTextChannel("help");
    Eventually.holds("the channel", () -> jda.getTextChannelById(help) != null);
    String text = "@everyone <@" + ada.id() + ">";

    jda.getTextChannelById(help).sendMessage(text).complete();
    jda.getTextChannelById(help)
        .sendMessage(text)
        .setAllowedMentions(EnumSet.noneOf(Message.MentionType.class))
        .complete();

    assertThat(ada.in(help).messages())
        .extracting(SeenMessage::pings)
        .containsExactly(List.of("everyone", "ada"), List.of());
  }

  @Test
  void the_set_up_finds_application_members_and_pins() {
    long help = discord.guild().addsTextChannel("help");
    Eventually.holds("the channel", () -> jda.getTextChannelById(help) != null);

    assertThat(jda.retrieveApplicationInfo().complete().getIdLong()).isEqualTo(discord.botId());
    assertThat(guild.retrieveMemberById(discord.customer("ada").id()).complete().getEffectiveName())
        .isEqualTo("Ada");
    Message welcome = jda.getTextChannelById(help).sendMessage("Welcome").complete();
    welcome.pin().complete();
    assertThat(discord
            .guild()
            .channel("help")
            .messages()
            .get(0)
            .json()
            .path("pinned")
            .asBoolean())
        .isTrue();
    assertThat(jda.getTextChannelById(help).retrievePinnedMessages().complete())
        .extracting(pinned -> pinned.getMessage().getIdLong())
        .containsExactly(welcome.getIdLong());
  }

  @Test
  void requests_without_permission_are_refused() {
    discord.guild().allowsBotOnly(Permission.VIEW_CHANNEL.getRawValue());
    Eventually.holds(
        "the role", () -> !guild.getSelfMember().hasPermission(Permission.MANAGE_CHANNEL));

    assertThatThrownBy(() -> guild.createTextChannel("help").complete())
        .hasMessageContaining("MANAGE_CHANNEL");
  }
}
