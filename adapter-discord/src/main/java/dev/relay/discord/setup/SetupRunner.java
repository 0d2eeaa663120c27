package dev.relay.discord.setup;

import dev.relay.discord.commands.Registration;
import dev.relay.discord.text.CommandTexts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.channel.concrete.Category;
import net.dv8tion.jda.api.entities.channel.middleman.StandardGuildMessageChannel;
import net.dv8tion.jda.api.requests.restaction.ChannelAction;

/** Applies the steps of a plan. Blocks; throws JDA's exceptions if Discord refuses a step. */
final class SetupRunner {
  private final CommandTexts texts;
  private final SetupSettings settings;
  private final KnownChannels known;
  private final WelcomeMessages welcomes;
  private final Registration commands;

  SetupRunner(
      CommandTexts texts,
      SetupSettings settings,
      KnownChannels known,
      WelcomeMessages welcomes,
      Registration commands) {
    this.texts = texts;
    this.settings = settings;
    this.known = known;
    this.welcomes = welcomes;
    this.commands = commands;
  }

  Map<ServerChannel, Long> apply(Guild guild, SetupPlan plan) {
    Map<ServerChannel, StandardGuildMessageChannel> channels = new EnumMap<>(ServerChannel.class);
    for (ServerChannel place : ServerChannel.values()) {
      known.channel(guild, place).ifPresent(channel -> channels.put(place, channel));
    }
    Optional<Category> category = known.category(guild);
    for (SetupStep step : plan.steps()) {
      if (step instanceof SetupStep.CreateCategory create) {
        category = Optional.of(guild.createCategory(create.name()).complete());
      } else if (step instanceof SetupStep.CreateChannel create) {
        channels.put(create.place(), create(guild, create, category));
      } else if (step instanceof SetupStep.Adopt adopt) {
        adopt(guild, adopt, there(channels, adopt.place()));
      } else if (step instanceof SetupStep.Welcome welcome) {
        welcomes.post(there(channels, welcome.place()), welcome.place());
      } else if (step instanceof SetupStep.Register) {
        List<String> unused = commands.register(guild.getJDA()).join();
      }
    }
    Map<ServerChannel, Long> ids = new EnumMap<>(ServerChannel.class);
    channels.forEach((place, channel) -> ids.put(place, channel.getIdLong()));
    return ids;
  }

  private static StandardGuildMessageChannel there(
      Map<ServerChannel, StandardGuildMessageChannel> channels, ServerChannel place) {
    StandardGuildMessageChannel channel = channels.get(place);
    if (channel == null) {
      throw new IllegalStateException(
          "the channel for " + place + " was deleted after the plan was made");
    }
    return channel;
  }

  private StandardGuildMessageChannel create(
      Guild guild, SetupStep.CreateChannel create, Optional<Category> category) {
    return create.news()
        ? prepared(
                guild,
                create.place(),
                guild.createNewsChannel(create.name(), category.orElse(null)))
            .complete()
        : prepared(
                guild,
                create.place(),
                guild.createTextChannel(create.name(), category.orElse(null)))
            .complete();
  }

  private <T extends StandardGuildMessageChannel> ChannelAction<T> prepared(
      Guild guild, ServerChannel place, ChannelAction<T> action) {
    ChannelAction<T> prepared = action
        .setTopic(texts.get(settings.locale(), "setup." + place.key() + ".topic"))
        .addPermissionOverride(
            guild.getPublicRole(), place.allowedToMembers(), place.deniedToMembers())
        .addPermissionOverride(guild.getSelfMember(), place.neededByBot(), Set.of());
    if (place == ServerChannel.ANNOUNCEMENTS) {
      for (Role staff : staff(guild)) {
        prepared = prepared.addPermissionOverride(staff, Set.of(Permission.MESSAGE_SEND), Set.of());
      }
    }
    return prepared;
  }

  private void adopt(Guild guild, SetupStep.Adopt adopt, StandardGuildMessageChannel channel) {
    // The bot and staff first, so that neither is locked out in between.
    if (!adopt.allowed().isEmpty()) {
      channel
          .upsertPermissionOverride(guild.getSelfMember())
          .grant(adopt.allowed())
          .complete();
    }
    if (!adopt.denied().isEmpty()) {
      for (Role staff : staff(guild)) {
        channel.upsertPermissionOverride(staff).grant(Permission.MESSAGE_SEND).complete();
      }
      channel
          .upsertPermissionOverride(guild.getPublicRole())
          .deny(adopt.denied())
          .complete();
    }
  }

  private List<Role> staff(Guild guild) {
    return settings.staffRoles().stream()
        .map(guild::getRoleById)
        .filter(role -> role != null)
        .toList();
  }
}
