package dev.relay.discord.text;

import dev.relay.core.text.Wording;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;

/**
 * The names behind the codes of one message: the users that Discord sends with it, and the roles and channels in JDA's cache.
 *
 * @param users the names of the mentioned users by id
 * @param jda the connection whose cache is used; empty if there is none yet
 * @param texts the texts of the channel
 * @param locale the language of live agents
 */
public record CodeNames(Map<Long, String> users, Optional<JDA> jda, Wording texts, Locale locale)
    implements Codes.Names {

  /** Copies the names. */
  public CodeNames {
    users = Map.copyOf(users);
  }

  @Override
  public Optional<String> user(long id) {
    return Optional.ofNullable(users.get(id))
        .or(() -> jda.map(it -> it.getUserById(id)).map(it -> it.getEffectiveName()));
  }

  @Override
  public Optional<String> role(long id) {
    return jda.map(it -> it.getRoleById(id)).map(Role::getName);
  }

  @Override
  public Optional<String> channel(long id) {
    return jda.map(it -> it.getGuildChannelById(id)).map(GuildChannel::getName);
  }

  @Override
  public String unknown(Codes.Kind kind) {
    return texts.get(locale, "mention." + kind);
  }
}
