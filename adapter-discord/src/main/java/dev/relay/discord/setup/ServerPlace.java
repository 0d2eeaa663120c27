package dev.relay.discord.setup;

import java.util.EnumSet;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/** A channel that Relay works with in a server. */
public enum ServerPlace {
  /** Where news appears; only staff may post. */
  ANNOUNCEMENTS("announcements", false),
  /** Where reported bugs appear. */
  BUG_REPORT("bug-report", true),
  /** Where wished features appear. */
  FEATURE_REQUEST("feature-request", true),
  /** Where players ask for help, and where private threads are for those who take no direct messages. */
  CUSTOMER_SERVICE("customer-service", false);

  private final String key;
  /** Whether members may talk about its messages, in threads. */
  private final boolean discussed;

  ServerPlace(String key, boolean discussed) {
    this.key = key;
    this.discussed = discussed;
  }

  /** The name of its texts. */
  String key() {
    return key;
  }

  /** What members may not do in a channel that Relay makes: its messages are Relay's, so that the buttons stay in sight. */
  Set<Permission> deniedToMembers() {
    Set<Permission> denied = EnumSet.of(Permission.MESSAGE_SEND, Permission.CREATE_PRIVATE_THREADS);
    if (!discussed) {
      denied.add(Permission.CREATE_PUBLIC_THREADS);
    }
    return denied;
  }

  /** What members must be able to do in a channel that Relay makes. */
  Set<Permission> allowedToMembers() {
    return this == CUSTOMER_SERVICE
        ? EnumSet.of(Permission.MESSAGE_SEND_IN_THREADS)
        : EnumSet.noneOf(Permission.class);
  }

  /** What members may not do in a channel that was there before: only what the place cannot be without. */
  Set<Permission> deniedWhereAdopted() {
    return this == ANNOUNCEMENTS
        ? EnumSet.of(Permission.MESSAGE_SEND)
        : EnumSet.noneOf(Permission.class);
  }

  /** What the bot must be able to do in it. */
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

  /** Whether a welcome message with buttons stands in it. */
  boolean welcomes() {
    return this != ANNOUNCEMENTS;
  }
}
