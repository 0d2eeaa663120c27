/** Relay's core: domain, engine, ports; depends on nothing but jspecify's annotations. */
module dev.relay.core {
  requires static transitive org.jspecify;

  exports dev.relay.core;
  exports dev.relay.core.access;
  exports dev.relay.core.cases;
  exports dev.relay.core.channel;
  exports dev.relay.core.conversation;
  exports dev.relay.core.customer;
  exports dev.relay.core.delivery;
  exports dev.relay.core.desk;
  exports dev.relay.core.embed;
  exports dev.relay.core.id;
  exports dev.relay.core.intake;
  exports dev.relay.core.knowledge;
  exports dev.relay.core.memory;
  exports dev.relay.core.message;
  exports dev.relay.core.notice;
  exports dev.relay.core.operations;
  exports dev.relay.core.plugin;
  exports dev.relay.core.routing;
  exports dev.relay.core.store;
  exports dev.relay.core.team;
  exports dev.relay.core.text;
  exports dev.relay.core.virtualagent;
  exports dev.relay.core.workspace;
}
