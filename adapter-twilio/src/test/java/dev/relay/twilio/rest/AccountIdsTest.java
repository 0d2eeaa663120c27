package dev.relay.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.TwilioException;
import dev.relay.twilio.account.TwilioAddresses;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Ids that are not set are found in the account. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccountIdsTest {
  private static final FakeTwilio.Account ACCOUNT = FakeTwilio.Account.TEST;
  private static final String OTHER = "WW" + "e".repeat(32);

  private FakeTwilio twilio;
  private AccountIds ids;

  @BeforeEach
  void open() throws IOException {
    twilio = new FakeTwilio();
    ids = new TwilioConnection(
            new TwilioSettings(
                ACCOUNT.sid(),
                ACCOUNT.authToken(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TwilioSettings.Ids.FOUND,
                "chat",
                TwilioSettings.Routing.RELAY,
                new TwilioSettings.Senders(false, List.of(), Locale.ENGLISH, true),
                URI.create("https://help.example"),
                TwilioAddresses.below(twilio.baseUrl()),
                TwilioSettings.Limits.DEFAULT),
            InstantSource.system())
        .ids();
  }

  @AfterEach
  void close() {
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  @Test
  void Flex_names_its_service_its_workspace_and_the_only_workflow() {
    assertThat(ids.chatService()).isEqualTo(ACCOUNT.chatService());
    assertThat(ids.workspace()).isEqualTo(ACCOUNT.workspace());
    assertThat(ids.workflow()).isEqualTo(ACCOUNT.workflow());
    assertThat(twilio.requests()).hasSize(2);
  }

  @Test
  void the_workflow_that_Flex_names_is_used_although_there_are_several() {
    twilio.addWorkflow(OTHER);
    twilio.flexUsesWorkflow(OTHER);

    assertThat(ids.workflow()).isEqualTo(OTHER);
  }

  @Test
  void one_of_several_workflows_must_be_named() {
    twilio.addWorkflow(OTHER);

    assertThatThrownBy(ids::workflow)
        .isInstanceOf(TwilioException.class)
        .hasMessageContaining("RELAY_TWILIO_WORKFLOW_SID");
    assertThat(ids.chatService()).isEqualTo(ACCOUNT.chatService());
  }

  @Test
  void many_who_need_an_id_wait_for_one_call_and_a_failure_is_not_remembered() {
    twilio.plan(Fault.UNAVAILABLE, request -> true, 1);
    assertThatThrownBy(ids::chatService).isInstanceOf(TwilioException.class);
    twilio.forgetRequests();

    assertThat(IntStream.range(0, 16).parallel().mapToObj(unused -> ids.chatService()))
        .containsOnly(ACCOUNT.chatService());

    assertThat(twilio.requests().stream().filter(it -> it.path().endsWith("/Configuration")))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void any_id_may_be_the_accounts_until_it_is_known() {
    String another = "IS" + "9".repeat(32);
    assertThat(ids.mayBeChatService(another)).isTrue();
    assertThat(ids.mayBeWorkspace("WS" + "9".repeat(32))).isTrue();

    String unused = ids.chatService();

    assertThat(ids.mayBeChatService(another)).isFalse();
    assertThat(ids.mayBeChatService(ACCOUNT.chatService())).isTrue();
    assertThat(ids.mayBeWorkspace("WS" + "9".repeat(32))).isFalse();
  }
}
