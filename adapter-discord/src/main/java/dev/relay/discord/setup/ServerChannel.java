package dev.relay.discord.setup;

import java.util.EnumSet;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/** A channel in a server that Relay uses. */
public enum ServerChannel {
  /** The channel of announcements; only staff may post. */
  ANNOUNCEMENTS("announcements", false),
  /** The channel in which reported bugs are posted. */
  BUG_REPORT("bug-report", true),
  /** The channel in which feature requests are posted. */
  FEATURE_REQUEST("feature-request", true),
  /** The channel for help, with private threads for customers who do not accept direct messages. */
  CUSTOMER_SERVICE("customer-service", false);

  private final String key;
  /** True if members may discuss its messages in threads. */
  private final boolean discussed;

  ServerChannel(String key, boolean discussed) {
    this.key = key;
    this.discussed = discussed;
  }

  /** Returns the name of its texts. */
  String key() {
    return key;
  }

  /** Returns what members may not do in a new channel: only Relay posts, so that the buttons stay in sight. */
  Set<Permission> deniedToMembers() {
    Set<Permission> denied = EnumSet.of(Permission.MESSAGE_SEND, Permission.CREATE_PRIVATE_THREADS);
    if (!discussed) {
      denied.add(Permission.CREATE_PUBLIC_THREADS);
    }
    return denied;
  }

  /** Returns what members must be able to do in a new channel. */
  Set<Permission> allowedToMembers() {
    return this == CUSTOMER_SERVICE
        ? EnumSet.of(Permission.MESSAGE_SEND_IN_THREADS)
        : EnumSet.noneOf(Permission.class);
  }

  /** Returns what members may not do in an adopted channel: only the necessary minimum. */
  Set<Permission> deniedWhereAdopted() {
    return this == ANNOUNCEMENTS
        ? EnumSet.of(Permission.MESSAGE_SEND)
        : EnumSet.noneOf(Permission.class);
  }

  /** Returns what the bot must be able to do in the channel. */
  Set<Permission> neededByBot() {
    Set<Permission> needed = EnumSet.of(
        Permission.VIEW_CHANNEL,
        Permission.MESSAGE_SEND,
        Permission.MESSAGE_HISTORY,
        Permission.MESSAGE_EMBED_LINKS);
    if (this == CUSTOMER_SERVICE) {
      needed.add(Permission.MESSAGE_ATTACH_FILES);
      needed.addAll(BotPermissions.forHelpChannel());
    }
    return needed;
  }

  /** Checks whether the channel gets a welcome message with buttons. */
  boolean welcomes() {
    return this != ANNOUNCEMENTS;
  }
}
