package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.desk.AgentDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.testkit.AgentDeskContract;
import dev.relay.testkit.FarSideTrouble;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The Flex desk keeps the contract of agent desks, against a Twilio that is checked by Twilio's own descriptions. */
class FlexDeskContractTest extends AgentDeskContract {
  private static final String AGENT = "bob";

  final FakeTwilio twilio;
  final WebhookDoor door;
  private final List<TwilioAccount> accounts = new ArrayList<>();

  FlexDeskContractTest() throws IOException {
    twilio = new FakeTwilio();
    door = new WebhookDoor();
    twilio.taskCallback(door.publicUrl() + WebhookRequest.FLEX);
  }

  @AfterEach
  void close() {
    accounts.forEach(account -> {
      account.desk().stop();
      account.close();
    });
    door.close();
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  @Override
  protected AgentDesk newDesk() {
    TwilioSettings settings = TestSettings.of(twilio.baseUrl(), door.publicUrl());
    return opened(new TwilioAccount(settings, InstantSource.system()));
  }

  /** Connects a desk to Twilio's webhooks until the test is over. */
  final AgentDesk opened(TwilioAccount account) {
    accounts.add(account);
    door.leadsTo(account.webhooks(outcome -> {}));
    return account.desk();
  }

  @Override
  protected boolean isOffered(ConversationId conversation) {
    return twilio.agents().isOffered(conversation.value());
  }

  @Override
  protected List<String> shown(ConversationId conversation) {
    List<String> texts = new ArrayList<>();
    twilio.conversations(conversation.value()).forEach(it -> texts.addAll(it.texts()));
    return texts;
  }

  @Override
  protected void agentJoins(ConversationId conversation) {
    twilio.agents().accept(conversation.value(), AGENT);
  }

  @Override
  protected void agentWrites(ConversationId conversation, String messageId, String text) {
    String unused = twilio.agents().write(conversation.value(), AGENT, messageId, text);
  }

  @Override
  protected void agentLeaves(ConversationId conversation) {
    twilio.agents().leave(conversation.value(), AGENT);
  }

  @Override
  protected void agentEnds(ConversationId conversation) {
    twilio.agents().end(conversation.value(), AGENT);
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    Fault fault = switch (trouble) {
      case UNREACHABLE, BREAKS_OFF -> Fault.DROP;
      case ASKS_TO_WAIT -> Fault.RATE_LIMIT;
      case REFUSES -> Fault.REFUSE;
      case ANSWER_LOST -> Fault.ACT_THEN_DROP;
      case ANSWER_GARBLED -> Fault.ACT_THEN_GARBLE;
      case FAILS_INTERNALLY -> Fault.ACT_THEN_503;
    };
    twilio.plan(fault, request -> true, Integer.MAX_VALUE);
  }

  @Override
  protected void repair() {
    twilio.heal();
  }
}
