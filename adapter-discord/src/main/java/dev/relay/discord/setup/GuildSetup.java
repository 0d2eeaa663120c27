package dev.relay.discord.setup;

import dev.relay.discord.commands.Registration;
import dev.relay.discord.text.CommandTexts;
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
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/**
 * Plans and applies the set-up of a server: a category, channels with their permissions, welcome messages with buttons, commands.
 * Existing channels are adopted; nothing is deleted, moved or renamed. Members keep their permissions in an adopted channel, except that
 * only staff may post in the announcements. A second plan after a set-up changes nothing. Every method blocks.
 */
public final class GuildSetup {
  private static final String COMMUNITY = "COMMUNITY";

  private final KnownChannels known;
  private final WelcomeMessages welcomes;
  private final SetupRunner work;
  private final Registration commands;

  /**
   * Creates a set-up.
   *
   * @param texts the names of channels and the welcome messages
   * @param settings the operator's settings
   * @param commands registers the commands
   */
  public GuildSetup(CommandTexts texts, SetupSettings settings, Registration commands) {
    this.known = new KnownChannels(texts, settings);
    this.welcomes = new WelcomeMessages(texts, settings.locale());
    this.work = new SetupRunner(texts, settings, known, welcomes, commands);
    this.commands = commands;
  }

  /** Returns the plan for a server; changes nothing. */
  public SetupPlan plan(Guild guild) {
    Map<ServerChannel, StandardGuildMessageChannel> found = new EnumMap<>(ServerChannel.class);
    for (ServerChannel place : ServerChannel.values()) {
      known.channel(guild, place).ifPresent(channel -> found.put(place, channel));
    }
    List<SetupStep> steps = new ArrayList<>();
    planCategory(guild, found, steps);
    for (ServerChannel place : ServerChannel.values()) {
      StandardGuildMessageChannel channel = found.get(place);
      if (channel == null) {
        boolean news =
            place == ServerChannel.ANNOUNCEMENTS && guild.getFeatures().contains(COMMUNITY);
        steps.add(new SetupStep.CreateChannel(place, known.nameOf(place), news));
      } else {
        steps.add(planAdoption(guild, place, channel));
      }
    }
    for (ServerChannel place : ServerChannel.values()) {
      if (place.welcomes()) {
        steps.add(planWelcome(guild, place, Optional.ofNullable(found.get(place))));
      }
    }
    steps.add(planCommands(guild));
    Map<ServerChannel, Long> ids = new EnumMap<>(ServerChannel.class);
    found.forEach((place, channel) -> ids.put(place, channel.getIdLong()));
    return new SetupPlan(steps, missing(guild, steps), ids);
  }

  private void planCategory(
      Guild guild, Map<ServerChannel, StandardGuildMessageChannel> found, List<SetupStep> steps) {
    known
        .category(guild)
        .ifPresentOrElse(
            category -> steps.add(new SetupStep.Leave("category \"" + category.getName() + "\"")),
            () -> {
              if (found.size() < ServerChannel.values().length) {
                steps.add(new SetupStep.CreateCategory(known.categoryName()));
              }
            });
  }

  private static SetupStep planAdoption(
      Guild guild, ServerChannel place, StandardGuildMessageChannel channel) {
    Set<Permission> denied = EnumSet.noneOf(Permission.class);
    denied.addAll(place.deniedWhereAdopted());
    PermissionOverride members = channel.getPermissionOverride(guild.getPublicRole());
    if (members != null) {
      denied.removeAll(members.getDenied());
    }
    // The bot would lose what members lose; in that case it gets all the permissions it needs.
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
      Guild guild, ServerChannel place, Optional<StandardGuildMessageChannel> channel) {
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
    List<String> missing = commands.missing(guild.getJDA()).join().stream()
        .map(SlashCommandData::getName)
        .toList();
    return missing.isEmpty() ? new SetupStep.Leave("commands") : new SetupStep.Register(missing);
  }

  /** Returns the missing permissions; a bot cannot grant permissions in a channel that it does not have itself. */
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
   * Applies the steps of a plan in order. If Discord refuses a step, the earlier steps stay and a new plan continues there.
   *
   * @return the ids of the channels, including new ones
   * @throws IllegalStateException if the plan reports missing permissions
   */
  public Map<ServerChannel, Long> apply(Guild guild, SetupPlan plan) {
    if (!plan.missing().isEmpty()) {
      throw new IllegalStateException("the bot lacks permissions: " + plan.missing());
    }
    return work.apply(guild, plan);
  }
}
