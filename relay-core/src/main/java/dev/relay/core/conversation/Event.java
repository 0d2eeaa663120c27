package dev.relay.core.conversation;

/** An event of a conversation. */
public sealed interface Event permits CustomerEvent, DeskEvent, EngineEvent {}
