package example.pigeon;

import dev.relay.core.channel.Channel;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.testkit.ChannelContract;
import dev.relay.testkit.FarSideTrouble;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PigeonChannelTest extends ChannelContract {
  private final FakePigeon pigeon = new FakePigeon();

  PigeonChannelTest() throws IOException {}

  @AfterEach
  void closePigeon() {
    pigeon.close();
  }

  @Override
  protected Channel newChannel() {
    return new PigeonChannel(pigeon.address());
  }

  @Override
  protected CustomerAddress address(int customer) {
    return new CustomerAddress(PigeonChannel.ID, "chat-" + customer);
  }

  @Override
  protected List<String> shown(CustomerAddress at) {
    return pigeon.shown(at.key());
  }

  @Override
  protected void customerWrites(CustomerAddress at, String messageId, String text) {
    pigeon.customerWrites(at.key(), messageId, text);
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    pigeon.behave(trouble);
  }

  @Override
  protected void repair() {
    pigeon.behaveWell();
  }
}
