package dev.relay.discord.setup;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.Permission;

/** One step of the set-up, or a part that is already set up. */
public sealed interface SetupStep {

  /** Describes the step for the operator. */
  String describe();

  /** Checks whether the step changes anything. */
  default boolean changes() {
    return true;
  }

  /**
   * Leaves a part that is already set up.
   *
   * @param what the description of the part
   */
  record Leave(String what) implements SetupStep {
    @Override
    public String describe() {
      return "leave    " + what;
    }

    @Override
    public boolean changes() {
      return false;
    }
  }

  /**
   * Creates the category.
   *
   * @param name the name of the category
   */
  record CreateCategory(String name) implements SetupStep {
    @Override
    public String describe() {
      return "create   category \"" + name + "\"";
    }
  }

  /**
   * Creates a channel in the category.
   *
   * @param place the purpose of the channel
   * @param name the name of the channel
   * @param news true for an announcement channel, which other servers can follow
   */
  record CreateChannel(ServerChannel place, String name, boolean news) implements SetupStep {
    @Override
    public String describe() {
      return "create   " + (news ? "announcement channel #" : "text channel #") + name
          + "; members may not: " + names(place.deniedToMembers());
    }
  }

  /**
   * Adopts an existing channel and changes its permissions.
   *
   * @param place the purpose of the channel
   * @param name the name of the channel
   * @param denied the permissions that members lose
   * @param allowed the permissions that the bot gets
   */
  record Adopt(ServerChannel place, String name, Set<Permission> denied, Set<Permission> allowed)
      implements SetupStep {
    /** Copies the sets. */
    public Adopt {
      denied = Set.copyOf(denied);
      allowed = Set.copyOf(allowed);
    }

    @Override
    public String describe() {
      return "adopt    channel #" + name
          + (denied.isEmpty() ? "" : "; members may no longer: " + names(denied))
          + (allowed.isEmpty() ? "" : "; the bot may: " + names(allowed));
    }
  }

  /**
   * Posts a welcome message with buttons.
   *
   * @param place the purpose of the channel
   * @param name the name of the channel
   */
  record Welcome(ServerChannel place, String name) implements SetupStep {
    @Override
    public String describe() {
      return "create   welcome message with buttons in #" + name;
    }
  }

  /**
   * Registers commands.
   *
   * @param names the names without slashes
   */
  record Register(List<String> names) implements SetupStep {
    /** Copies the list. */
    public Register {
      names = List.copyOf(names);
    }

    @Override
    public String describe() {
      return "register commands "
          + names.stream().map(name -> "/" + name).collect(Collectors.joining(", "));
    }
  }

  private static String names(Set<Permission> permissions) {
    return permissions.stream().map(Permission::getName).sorted().collect(Collectors.joining(", "));
  }
}
