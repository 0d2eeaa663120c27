module dev.relay.core {
  requires static org.jspecify;

  exports dev.relay.core.agent;
  exports dev.relay.core.conversation;
  exports dev.relay.core.customer;
  exports dev.relay.core.delivery;
  exports dev.relay.core.knowledge;
  exports dev.relay.core.message;
  exports dev.relay.core.notice;
  exports dev.relay.core.routing;
  exports dev.relay.core.cases;
}
