package dev.relay.discord.setup;

import dev.relay.discord.text.CommandTexts;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.channel.concrete.Category;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.StandardGuildMessageChannel;

/** Finds channels in a server that an earlier set-up created, or the operator created under the same name. Immutable. */
final class KnownChannels {
  private final CommandTexts texts;
  private final SetupSettings settings;

  KnownChannels(CommandTexts texts, SetupSettings settings) {
    this.texts = texts;
    this.settings = settings;
  }

  /** Returns the name of a new channel. */
  String nameOf(ServerChannel place) {
    return texts.get(settings.locale(), "setup." + place.key());
  }

  /** Returns the name of a new category. */
  String categoryName() {
    return texts.get(settings.locale(), "setup.category");
  }

  Optional<Category> category(Guild guild) {
    return names("setup.category").stream()
        .flatMap(name -> guild.getCategoriesByName(name, true).stream())
        .findFirst();
  }

  /** Returns the configured channel, or a channel of the same name in any language, preferably in the category. */
  Optional<StandardGuildMessageChannel> channel(Guild guild, ServerChannel place) {
    Long configured = settings.configured().get(place);
    GuildChannel known = configured == null ? null : guild.getGuildChannelById(configured);
    if (known instanceof StandardGuildMessageChannel channel) {
      return Optional.of(channel);
    }
    Optional<Category> category = category(guild);
    Comparator<StandardGuildMessageChannel> inCategoryFirst = Comparator.comparing(
        channel -> !category.equals(Optional.ofNullable(channel.getParentCategory())));
    return names("setup." + place.key()).stream()
        .flatMap(name -> Stream.<StandardGuildMessageChannel>concat(
                guild.getNewsChannelsByName(name, true).stream(),
                guild.getTextChannelsByName(name, true).stream())
            .sorted(inCategoryFirst))
        .findFirst();
  }

  /** Returns the text in the configured language, then in all others: the last set-up may have used another language. */
  private Set<String> names(String key) {
    Set<String> names = new LinkedHashSet<>();
    names.add(texts.get(settings.locale(), key));
    texts
        .languages()
        .forEach(language ->
            names.add(texts.get(Locale.forLanguageTag(language.replace('_', '-')), key)));
    return names;
  }
}
