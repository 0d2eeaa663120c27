package dev.relay.discord.setup;

import java.util.EnumSet;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/** The permissions that the bot needs in a server: the table in docs/discord.md. Never "Administrator". */
public final class BotPermissions {
  private BotPermissions() {}

  /** Returns the permissions for announcements, welcome messages and gap recovery. */
  static Set<Permission> always() {
    return EnumSet.of(
        Permission.VIEW_CHANNEL,
        Permission.MESSAGE_SEND,
        Permission.MESSAGE_EMBED_LINKS,
        Permission.MESSAGE_ATTACH_FILES,
        Permission.MESSAGE_HISTORY);
  }

  /** Returns the permissions for private threads in the help channel. */
  static Set<Permission> forHelpChannel() {
    return EnumSet.of(
        Permission.CREATE_PRIVATE_THREADS,
        Permission.MESSAGE_SEND_IN_THREADS,
        Permission.MANAGE_THREADS);
  }

  /** Returns the permissions for creating channels; a bot can deny members only what it may do itself. */
  static Set<Permission> forSetup() {
    return EnumSet.of(
        Permission.MANAGE_CHANNEL,
        Permission.MANAGE_ROLES,
        Permission.PIN_MESSAGES,
        Permission.CREATE_PUBLIC_THREADS);
  }

  /** Returns all of these permissions. */
  public static Set<Permission> all() {
    Set<Permission> all = always();
    all.addAll(forHelpChannel());
    all.addAll(forSetup());
    return all;
  }
}
