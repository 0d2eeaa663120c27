package dev.relay.core.conversation;

/** Something that happened to a conversation. */
public sealed interface Event permits CustomerEvent, DeskEvent, EngineEvent {}
