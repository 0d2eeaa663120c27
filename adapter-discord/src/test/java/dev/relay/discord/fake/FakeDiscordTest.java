package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The fake with a real JDA. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FakeDiscordTest {
  private final FakeDiscord discord = FakeDiscord.start();
  private final Heard heard = new Heard();
  private final JDA jda;

  FakeDiscordTest() {
    jda = JdaConnection.connect(discord, heard);
  }

  @AfterEach
  void nothing_odd_came() {
    jda.shutdownNow();
    discord.close();
    discord.assertNothingOdd();
  }

  @Test
  void the_bot_knows_itself_and_its_guild() {
    assertThat(jda.getSelfUser().getIdLong()).isEqualTo(discord.botId());
    assertThat(jda.getGuildById(discord.guildId())).isNotNull();
  }

  @Test
  void a_direct_message_reaches_the_bot() {
    FakeCustomer ada = discord.customer("ada");
    long id = ada.writes("I am stuck");

    Eventually.holds("the message", () -> heard.texts.equals(List.of("I am stuck")));
    assertThat(heard.ids).containsExactly(id);
  }

  @Test
  void a_direct_message_reaches_the_customer() {
    FakeCustomer ada = discord.customer("ada");

    jda.openPrivateChannelById(ada.id()).complete().sendMessage("Hello").complete();

    assertThat(ada.textsFromBot()).containsExactly("Hello");
  }

  @Test
  void a_nonce_prevents_duplicates_only_for_some_minutes() {
    FakeCustomer ada = discord.customer("ada");
    var channel = jda.openPrivateChannelById(ada.id()).complete();
    long first = channel.sendMessage("Hello").setNonce("one").complete().getIdLong();

    discord.timePasses(Duration.ofMinutes(4));
    assertThat(channel.sendMessage("Hello").setNonce("one").complete().getIdLong())
        .isEqualTo(first);
    discord.timePasses(Duration.ofMinutes(2));
    assertThat(channel.sendMessage("Hello").setNonce("one").complete().getIdLong())
        .isNotEqualTo(first);
    assertThat(ada.textsFromBot()).containsExactly("Hello", "Hello");
  }

  private static final class Heard extends ListenerAdapter {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<Long> ids = new CopyOnWriteArrayList<>();

    @Override
    public void onMessageReceived(MessageReceivedEvent event) {
      if (!event.getAuthor().isBot()) {
        ids.add(event.getMessageIdLong());
        texts.add(event.getMessage().getContentRaw());
      }
    }
  }
}
