package dev.relay.discord.fake;

/** What the driver's classes work with. */
record Backstage(
    World world,
    Messages messages,
    DirectMessageDoors doors,
    Commands commands,
    Interactions interactions,
    GuildChannels guildChannels) {}
