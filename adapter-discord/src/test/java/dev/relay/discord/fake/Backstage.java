package dev.relay.discord.fake;

/** The parts of the fake that the driver's classes share. */
record Backstage(
    World world,
    Messages messages,
    DirectMessageDoors doors,
    Commands commands,
    Interactions interactions,
    GuildChannels guildChannels) {}
