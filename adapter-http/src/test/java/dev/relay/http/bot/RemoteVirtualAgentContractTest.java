package dev.relay.http.bot;

import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.http.RemoteVirtualAgent;
import dev.relay.testkit.VirtualAgentContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The remote virtual agent fulfils the contract of all virtual agents. */
final class RemoteVirtualAgentContractTest extends VirtualAgentContract {
  private final FakeRasa rasa = start();

  private static FakeRasa start() {
    try {
      return new FakeRasa();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void begin() {
    rasa.asked.clear();
  }

  @AfterEach
  void stop() {
    rasa.close();
  }

  @Override
  protected VirtualAgent working() {
    return agent(rasa.url());
  }

  @Override
  protected VirtualAgent withBrokenDependency() {
    URI url = rasa.url();
    rasa.close();
    return agent(url);
  }

  private static VirtualAgent agent(URI url) {
    return new RemoteVirtualAgent(url, "Helper", RemoteVirtualAgent.DEFAULT_TIMEOUT);
  }
}
