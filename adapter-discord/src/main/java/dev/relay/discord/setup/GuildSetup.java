package dev.relay.discord.setup;

import dev.relay.discord.commands.CommandTexts;
import dev.relay.discord.commands.DiscordCommands;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.PermissionOverride;
import net.dv8tion.jda.api.entities.channel.middleman.StandardGuildMessageChannel;

/**
 * Plans what a server lacks for Relay: a category, channels with their permissions, welcome messages with buttons, commands. What is
 * there is taken as it is; nothing is deleted, moved or renamed, and where a channel was there before, its members keep what they may,
 * save that in the announcements only staff posts. A second plan after a set-up changes nothing. Every method blocks.
 */
public final class GuildSetup {
  private static final String COMMUNITY = "COMMUNITY";

  private final KnownChannels known;
  private final WelcomeMessages welcomes;
  private final SetupWork work;
  private final DiscordCommands commands;

  /**
   * A set-up.
   *
   * @param texts names and words
   * @param settings what the operator chose
   * @param commands what is registered
   */
  public GuildSetup(CommandTexts texts, SetupSettings settings, DiscordCommands commands) {
    this.known = new KnownChannels(texts, settings);
    this.welcomes = new WelcomeMessages(texts, settings.locale());
    this.work = new SetupWork(texts, settings, known, welcomes, commands);
    this.commands = commands;
  }

  /** What would be done in that server; changes nothing. */
  public SetupPlan plan(Guild guild) {
    Map<ServerPlace, StandardGuildMessageChannel> found = new EnumMap<>(ServerPlace.class);
    for (ServerPlace place : ServerPlace.values()) {
      known.channel(guild, place).ifPresent(channel -> found.put(place, channel));
    }
    List<SetupStep> steps = new ArrayList<>();
    planCategory(guild, found, steps);
    for (ServerPlace place : ServerPlace.values()) {
      StandardGuildMessageChannel channel = found.get(place);
      if (channel == null) {
        boolean news =
            place == ServerPlace.ANNOUNCEMENTS && guild.getFeatures().contains(COMMUNITY);
        steps.add(new SetupStep.CreateChannel(place, known.nameOf(place), news));
      } else {
        steps.add(planAdoption(guild, place, channel));
      }
    }
    for (ServerPlace place : ServerPlace.values()) {
      if (place.welcomes()) {
        steps.add(planWelcome(guild, place, Optional.ofNullable(found.get(place))));
      }
    }
    steps.add(planCommands(guild));
    Map<ServerPlace, Long> ids = new EnumMap<>(ServerPlace.class);
    found.forEach((place, channel) -> ids.put(place, channel.getIdLong()));
    return new SetupPlan(steps, missing(guild, steps), ids);
  }

  private void planCategory(
      Guild guild, Map<ServerPlace, StandardGuildMessageChannel> found, List<SetupStep> steps) {
    known
        .category(guild)
        .ifPresentOrElse(
            category -> steps.add(new SetupStep.Leave("category \"" + category.getName() + "\"")),
            () -> {
              if (found.size() < ServerPlace.values().length) {
                steps.add(new SetupStep.CreateCategory(known.categoryName()));
              }
            });
  }

  private static SetupStep planAdoption(
      Guild guild, ServerPlace place, StandardGuildMessageChannel channel) {
    Set<Permission> denied = EnumSet.noneOf(Permission.class);
    denied.addAll(place.deniedWhereAdopted());
    PermissionOverride members = channel.getPermissionOverride(guild.getPublicRole());
    if (members != null) {
      denied.removeAll(members.getDenied());
    }
    // What members lose the bot would lose with them: then it is given all that it needs.
    Set<Permission> lacking = EnumSet.noneOf(Permission.class);
    lacking.addAll(place.neededByBot());
    if (denied.isEmpty()) {
      lacking.removeAll(guild.getSelfMember().getPermissions(channel));
    }
    boolean isRight = denied.isEmpty() && lacking.isEmpty();
    return isRight
        ? new SetupStep.Leave("channel #" + channel.getName())
        : new SetupStep.Adopt(place, channel.getName(), denied, lacking);
  }

  private SetupStep planWelcome(
      Guild guild, ServerPlace place, Optional<StandardGuildMessageChannel> channel) {
    if (channel.isPresent() && canRead(guild, channel.get()) && welcomes.isIn(channel.get())) {
      return new SetupStep.Leave("welcome message in #" + channel.get().getName());
    }
    return new SetupStep.Welcome(
        place,
        channel.map(StandardGuildMessageChannel::getName).orElseGet(() -> known.nameOf(place)));
  }

  private static boolean canRead(Guild guild, StandardGuildMessageChannel channel) {
    return guild
        .getSelfMember()
        .hasPermission(channel, Permission.VIEW_CHANNEL, Permission.MESSAGE_HISTORY);
  }

  private SetupStep planCommands(Guild guild) {
    List<String> missing = commands.missing(guild.getJDA()).join();
    return missing.isEmpty() ? new SetupStep.Leave("commands") : new SetupStep.Register(missing);
  }

  /** What the bot lacks: to do the steps, and to give in channels what it may not do itself is not allowed to it either. */
  private static Set<Permission> missing(Guild guild, List<SetupStep> steps) {
    Set<Permission> needed = EnumSet.noneOf(Permission.class);
    for (SetupStep step : steps) {
      if (step instanceof SetupStep.CreateCategory) {
        needed.add(Permission.MANAGE_CHANNEL);
      } else if (step instanceof SetupStep.CreateChannel create) {
        needed.add(Permission.MANAGE_CHANNEL);
        needed.add(Permission.MANAGE_ROLES);
        needed.addAll(create.place().neededByBot());
        needed.addAll(create.place().deniedToMembers());
        needed.addAll(create.place().allowedToMembers());
      } else if (step instanceof SetupStep.Adopt adopt) {
        needed.add(Permission.MANAGE_ROLES);
        needed.addAll(adopt.denied());
        needed.addAll(adopt.allowed());
      } else if (step instanceof SetupStep.Welcome) {
        needed.add(Permission.PIN_MESSAGES);
      }
    }
    Member bot = guild.getSelfMember();
    needed.removeIf(permission -> bot.hasPermission(permission));
    return needed;
  }

  /**
   * Does the steps of a plan in order; one that Discord refuses ends it, and what is done by then stays: a new plan goes on there.
   *
   * @return the ids of the channels, those made now included
   * @throws IllegalStateException where the plan says that permissions are missing
   */
  public Map<ServerPlace, Long> apply(Guild guild, SetupPlan plan) {
    if (!plan.missing().isEmpty()) {
      throw new IllegalStateException("the bot lacks permissions: " + plan.missing());
    }
    return work.apply(guild, plan);
  }
}
