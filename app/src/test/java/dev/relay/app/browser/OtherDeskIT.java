package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Relay's own desk while a customer waits for Flex, which is unavailable. */
class OtherDeskIT extends BrowserTest {
  private static final String MARK = "[data-mark=other-desk]";

  @Override
  Map<String, String> settings() {
    return Map.of(
        "RELAY_TWILIO_ACCOUNT_SID",
        "AC" + "a".repeat(32),
        "RELAY_TWILIO_AUTH_TOKEN",
        "token",
        "RELAY_TWILIO_CHAT_SERVICE_SID",
        "IS" + "a".repeat(32),
        "RELAY_TWILIO_WORKSPACE_SID",
        "WS" + "a".repeat(32),
        "RELAY_TWILIO_WORKFLOW_SID",
        "WW" + "a".repeat(32),
        "RELAY_TWILIO_API_URL",
        "http://127.0.0.1:9",
        "RELAY_PUBLIC_URL",
        "http://127.0.0.1:9",
        "RELAY_DESK_BACK_OFF",
        "1h");
  }

  @Test
  void customers_who_wait_for_flex_are_marked_until_an_agent_accepts_them_here()
      throws IOException {
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    anotherCustomerWaits("Bo", "I want to talk to a person please");
    desk.window().awaitText("#conversations " + MARK, "At Twilio Flex");
    picture(desk.window(), "desk-other-desk");

    desk.openFirst();
    desk.accept();

    desk.show("mine");
    desk.window().awaitText("#conversations", "With you");
    assertThat(desk.window().isVisible("#conversations " + MARK)).isFalse();
  }
}
