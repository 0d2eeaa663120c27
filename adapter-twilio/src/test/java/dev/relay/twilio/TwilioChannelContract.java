package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Channel;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.testkit.ChannelContract;
import dev.relay.testkit.FarSideTrouble;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;

/** The contract of channels, against a Twilio that is checked by Twilio's own descriptions. */
abstract class TwilioChannelContract extends ChannelContract {
  private static final String PREFIX = "Bea: ";

  private final FakeTwilio twilio;
  private final WebhookDoor door;
  private final Line line;
  private final TwilioSettings settings;
  private final List<AutoCloseable> open = new ArrayList<>();

  TwilioChannelContract(Line line) throws IOException {
    this.line = line;
    twilio = new FakeTwilio();
    door = new WebhookDoor();
    settings = TestSettings.of(
        twilio.baseUrl(), door.publicUrl(), Duration.ofHours(1), List.of(line.sender()));
    var unused = TwilioAccount.setup(settings, InstantSource.system()).apply();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    door.close();
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  @Override
  protected Channel newChannel() {
    TwilioAccount account = new TwilioAccount(settings, InstantSource.system());
    Channel channel = account.channels().get(0);
    open.add(channel::stop);
    open.add(account);
    door.leadsTo(account.webhooks(outcome -> {}));
    return channel;
  }

  @Override
  protected CustomerAddress address(int customer) {
    return new CustomerAddress(new PortId(line.sender().medium().id()), line.customer(customer));
  }

  @Override
  protected List<String> shown(CustomerAddress at) {
    return twilio.customers().shown(at.key()).stream()
        .map(it -> it.startsWith(PREFIX) ? it.substring(PREFIX.length()) : it)
        .toList();
  }

  @Override
  protected void customerWrites(CustomerAddress at, String messageId, String text) {
    twilio.customers().writes(at.key(), line.sender().address(), messageId, text);
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    Predicate<ApiRequest> messages =
        it -> it.method().equals("POST") && it.path().endsWith("/Messages");
    switch (trouble) {
      case UNREACHABLE -> twilio.plan(Fault.DROP, it -> true, Integer.MAX_VALUE);
      case BREAKS_OFF -> twilio.plan(Fault.DROP, messages, Integer.MAX_VALUE);
      case ASKS_TO_WAIT -> twilio.plan(Fault.RATE_LIMIT, it -> true, Integer.MAX_VALUE);
      case REFUSES -> twilio.plan(Fault.REFUSE, it -> true, Integer.MAX_VALUE);
      case ANSWER_LOST -> twilio.plan(Fault.ACT_THEN_DROP, messages, Integer.MAX_VALUE);
      case ANSWER_GARBLED -> twilio.plan(Fault.ACT_THEN_GARBLE, messages, Integer.MAX_VALUE);
      case FAILS_INTERNALLY -> twilio.plan(Fault.ACT_THEN_503, messages, Integer.MAX_VALUE);
    }
  }

  @Override
  protected void repair() {
    twilio.heal();
  }
}
