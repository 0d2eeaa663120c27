package dev.relay.discord.setup;

import java.util.EnumSet;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/** What the bot needs to be allowed in a server: the table in docs/discord.md, in one place. Never "Administrator". */
final class BotPermissions {
  private BotPermissions() {}

  /** To announce, to post welcome messages, and to read on after a restart. */
  static Set<Permission> always() {
    return EnumSet.of(
        Permission.VIEW_CHANNEL,
        Permission.MESSAGE_SEND,
        Permission.MESSAGE_EMBED_LINKS,
        Permission.MESSAGE_ATTACH_FILES,
        Permission.MESSAGE_HISTORY);
  }

  /** To serve players in private threads of the help channel. */
  static Set<Permission> forHelpChannel() {
    return EnumSet.of(
        Permission.CREATE_PRIVATE_THREADS,
        Permission.MESSAGE_SEND_IN_THREADS,
        Permission.MANAGE_THREADS);
  }

  /** To make channels, with what members may do in them: a bot can deny only what it may do itself. */
  static Set<Permission> forSetup() {
    return EnumSet.of(
        Permission.MANAGE_CHANNEL,
        Permission.MANAGE_ROLES,
        Permission.PIN_MESSAGES,
        Permission.CREATE_PUBLIC_THREADS);
  }

  /** All of it. */
  static Set<Permission> all() {
    Set<Permission> all = always();
    all.addAll(forHelpChannel());
    all.addAll(forSetup());
    return all;
  }
}
