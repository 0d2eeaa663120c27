package dev.relay.discord.setup;

import dev.relay.discord.commands.CommandTexts;
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

/** Finds in a server what an earlier set-up made, or what the operator made under the same name. Immutable. */
final class KnownChannels {
  private final CommandTexts texts;
  private final SetupSettings settings;

  KnownChannels(CommandTexts texts, SetupSettings settings) {
    this.texts = texts;
    this.settings = settings;
  }

  /** The name that a channel gets. */
  String nameOf(ServerPlace place) {
    return texts.get(settings.locale(), "setup." + place.key());
  }

  /** The name that the category gets. */
  String categoryName() {
    return texts.get(settings.locale(), "setup.category");
  }

  Optional<Category> category(Guild guild) {
    return names("setup.category").stream()
        .flatMap(name -> guild.getCategoriesByName(name, true).stream())
        .findFirst();
  }

  /** The channel that the configuration names, else one of the place's name in any language, rather in the category than elsewhere. */
  Optional<StandardGuildMessageChannel> channel(Guild guild, ServerPlace place) {
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

  /** The text in the wanted language first, then in all others: the language may have been another one at the last set-up. */
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
