package dev.relay.discord.fake;

/** The bits of the gateway's intents, as documented by Discord. */
final class Intents {
  static final long GUILDS = 1;
  static final long GUILD_MEMBERS = 1 << 1;
  static final long GUILD_PRESENCES = 1 << 8;
  static final long GUILD_MESSAGES = 1 << 9;
  static final long GUILD_MESSAGE_REACTIONS = 1 << 10;
  static final long GUILD_MESSAGE_TYPING = 1 << 11;
  static final long DIRECT_MESSAGES = 1 << 12;
  static final long DIRECT_MESSAGE_REACTIONS = 1 << 13;
  static final long DIRECT_MESSAGE_TYPING = 1 << 14;
  static final long MESSAGE_CONTENT = 1 << 15;

  /** The privileged intents, which Discord grants only to applications that have requested them. */
  static final long PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;

  /** The mark of events that reach every session. */
  static final long ANY = -1;

  private Intents() {}

  static long messages(FakeChannel channel) {
    return channel.isDirect() ? DIRECT_MESSAGES : GUILD_MESSAGES;
  }

  static long reactions(FakeChannel channel) {
    return channel.isDirect() ? DIRECT_MESSAGE_REACTIONS : GUILD_MESSAGE_REACTIONS;
  }

  static long typing(FakeChannel channel) {
    return channel.isDirect() ? DIRECT_MESSAGE_TYPING : GUILD_MESSAGE_TYPING;
  }
}
