package dev.relay.discord.setup;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.Permission;

/** One thing that the set-up does, or finds done already. */
public sealed interface SetupStep {

  /** In words, for the operator. */
  String describe();

  /** Whether it changes anything. */
  default boolean changes() {
    return true;
  }

  /**
   * It is there and as it should be.
   *
   * @param what in words
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
   * Makes the category.
   *
   * @param name its name
   */
  record CreateCategory(String name) implements SetupStep {
    @Override
    public String describe() {
      return "create   category \"" + name + "\"";
    }
  }

  /**
   * Makes a channel in the category.
   *
   * @param place what it is for
   * @param name its name
   * @param news whether it is an announcement channel, which other servers can follow
   */
  record CreateChannel(ServerChannel place, String name, boolean news) implements SetupStep {
    @Override
    public String describe() {
      return "create   " + (news ? "announcement channel #" : "text channel #") + name
          + "; members may not: " + names(place.deniedToMembers());
    }
  }

  /**
   * Takes a channel that is there, and changes its permissions.
   *
   * @param place what it is for
   * @param name its name
   * @param denied what members may not do from now on
   * @param allowed what the bot may do from now on
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
   * @param place where
   * @param name the channel's name
   */
  record Welcome(ServerChannel place, String name) implements SetupStep {
    @Override
    public String describe() {
      return "create   welcome message with buttons in #" + name;
    }
  }

  /**
   * Makes Discord know commands.
   *
   * @param names without slashes
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
