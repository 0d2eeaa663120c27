package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** An agent at an open desk whose queues change, and who is present from the beginning. */
class QueueMembersIT extends BrowserTest {
  private static final String ROWS = "#conversations .conversation-row";

  /** Keeps every presence that the page shows from now on. */
  private static final String KEEP_PRESENCES = """
      window.presences = [];
      new MutationObserver(() => window.presences.push(document.querySelector('#presence')?.value ?? ''))
          .observe(document.body, { subtree: true, childList: true, attributes: true });
      return '';""";

  @Test
  void see_conversations_come_and_go_with_their_queues_and_never_read_offline() throws IOException {
    DeskPage admin = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    admin.limitQueueTo("admin");
    anotherCustomerWaits("Ana", "Where is my order?");
    admin.window().awaitText(ROWS, "Ana");
    relay().addAgent("bob", "Bob Ross", PASSWORD);
    BrowserWindow bob = open(WindowShape.AGENT);
    bob.go(relay().address() + "/desk");
    bob.script(KEEP_PRESENCES);
    bob.paste("#username", "bob");
    bob.type("#password", PASSWORD, Keys.ENTER);
    bob.awaitVisible("#presence");
    bob.awaitText("#list-rest", "Nobody is waiting");
    assertThat(bob.script("return window.presences.join();")).doesNotContain("offline");

    admin.limitQueueTo("admin", "bob");
    bob.awaitText(ROWS, "Ana");

    bob.click(ROWS);
    bob.awaitText("#messages", "Where is my order?");
    bob.expect(" 404 ");
    admin.limitQueueTo("admin");
    bob.awaitText("#list-rest", "Nobody is waiting");
    bob.awaitVisible("#conversation-failure");
    assertThat(bob.text("#desk")).doesNotContain("Where is my order?");
  }
}
