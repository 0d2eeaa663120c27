package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.testkit.Eventually;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.concrete.PrivateChannel;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.utils.FileUpload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The requests of a real JDA to the fake, and their failures. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FakeRestTest implements EventListener {
  private final FakeDiscord discord = FakeDiscord.start();
  private final FakeCustomer ada = discord.customer("ada");
  private final JDA jda = JdaConnection.connect(discord, this);
  private final PrivateChannel channel = jda.openPrivateChannelById(ada.id()).complete();
  private volatile @Nullable Message received;

  @Override
  public void onEvent(GenericEvent event) {
    if (event instanceof MessageReceivedEvent message && !message.getAuthor().isBot()) {
      received = message.getMessage();
    }
  }

  @AfterEach
  void stop() {
    jda.shutdownNow();
    discord.close();
  }

  @Test
  void a_rate_limited_request_is_retried_once() {
    discord.faults().next(Routes.SEND_MESSAGE, Fault.rateLimits(Duration.ofMillis(200)));

    channel.sendMessage("Hello").complete();

    assertThat(ada.textsFromBot()).containsExactly("Hello");
    assertThat(discord.requests().of(Routes.SEND_MESSAGE))
        .extracting(LoggedRequest::status)
        .containsExactly(429, 200);
  }

  @Test
  void the_client_keeps_the_limits_it_is_given() {
    channel.sendMessage("zero").complete();
    discord.rateLimits().perChannel(Routes.SEND_MESSAGE, 2, Duration.ofMillis(300));
    for (int i = 1; i <= 5; i++) {
      channel.sendMessage("message " + i).complete();
    }

    assertThat(ada.textsFromBot()).hasSize(6).endsWith("message 4", "message 5");
    assertThat(discord.requests().of(Routes.SEND_MESSAGE))
        .extracting(LoggedRequest::status)
        .containsOnly(200);
  }

  @Test
  void closed_direct_messages_are_opened_but_not_written_to() {
    ada.closesDirectMessages();

    jda.openPrivateChannelById(ada.id()).complete();
    assertRefused(() -> channel.sendMessage("Hello").complete(), ErrorResponse.CANNOT_SEND_TO_USER);

    assertThat(ada.directMessages()).isEmpty();
  }

  @Test
  void a_lost_answer_does_no_harm_with_a_nonce() {
    discord.faults().always(Routes.SEND_MESSAGE, Fault.actsThenDrops());
    assertThatThrownBy(() -> channel.sendMessage("Hello").setNonce("n1").complete());
    discord.faults().clear();

    channel.sendMessage("Hello").setNonce("n1").complete();

    assertThat(ada.textsFromBot()).containsExactly("Hello");
  }

  @Test
  void a_request_can_be_dropped_before_its_execution_or_fail_after_it() {
    discord.faults().always(Routes.SEND_MESSAGE, Fault.dropsBeforeActing());
    assertThatThrownBy(() -> channel.sendMessage("lost").complete());
    discord.faults().clear();
    discord.faults().next(Routes.SEND_MESSAGE, Fault.actsThenAnswers(500));
    assertThatThrownBy(() -> channel.sendMessage("made").complete());

    assertThat(ada.textsFromBot()).containsExactly("made");
  }

  @Test
  void the_http_client_resends_a_request_that_was_dropped_on_a_kept_connection() {
    discord.faults().next(Routes.SEND_MESSAGE, Fault.actsThenDrops());

    channel.sendMessage("Hello").setNonce("n1").complete();

    assertThat(discord.requests().of(Routes.SEND_MESSAGE))
        .extracting(LoggedRequest::status)
        .containsExactly(0, 200);
    assertThat(ada.textsFromBot()).containsExactly("Hello");
  }

  @Test
  void a_request_can_be_held_until_the_test_releases_it() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    discord.faults().next(Routes.SEND_MESSAGE, Fault.waitsFor(latch));

    var sent = channel.sendMessage("Hello").submit();
    assertThat(ada.textsFromBot()).isEmpty();
    latch.countDown();

    sent.get(20, TimeUnit.SECONDS);
    assertThat(ada.textsFromBot()).containsExactly("Hello");
  }

  @Test
  void files_come_and_go() throws Exception {
    byte[] picture = {1, 2, 3};
    channel
        .sendMessage("Look")
        .addFiles(FileUpload.fromData(picture, "map.png"))
        .complete();
    SeenMessage.SeenFile sent = ada.directMessages().get(0).files().get(0);
    assertThat(sent.name()).isEqualTo("map.png");
    assertThat(sent.size()).isEqualTo(3);

    ada.writesWithFiles("my log", "log.txt", "it broke");
    Message message = Eventually.gives("the message", () -> received);
    Message.Attachment file = message.getAttachments().get(0);
    try (InputStream content = file.getProxy().download().get(20, TimeUnit.SECONDS)) {
      assertThat(content.readAllBytes()).isEqualTo("it broke".getBytes(StandardCharsets.UTF_8));
    }
    discord.expiresLinks();
    assertThat(status(file.getUrl())).isEqualTo(404);
    discord.timePasses(Duration.ofSeconds(2));
    Message again = channel.retrieveMessageById(message.getId()).complete();
    assertThat(status(again.getAttachments().get(0).getUrl())).isEqualTo(200);
  }

  @Test
  void messages_are_edited_deleted_and_read_in_pages() {
    Message message = channel.sendMessage("Helo").complete();
    message.editMessage("Hello").complete();
    assertThat(ada.directMessages().get(0).edited()).isTrue();
    assertThat(ada.textsFromBot()).containsExactly("Hello");
    message.delete().complete();
    assertThat(ada.directMessages()).isEmpty();
    assertRefused(() -> message.editMessage("gone").complete(), ErrorResponse.UNKNOWN_MESSAGE);

    long first = ada.writesUnseen("1");
    ada.writesUnseen("2");
    ada.writesUnseen("3");
    assertThat(channel.getHistoryAfter(first, 1).complete().getRetrievedHistory())
        .extracting(Message::getContentRaw)
        .containsExactly("2");
    assertThat(channel.getHistory().retrievePast(2).complete())
        .extracting(Message::getContentRaw)
        .containsExactly("3", "2");
  }

  @Test
  void stickers_forwards_and_replies_are_understood() {
    long sticker = ada.sendsSticker("wave");
    assertThat(await(sticker).getStickers().get(0).getName()).isEqualTo("wave");
    long forward = ada.forwards("from elsewhere");
    assertThat(await(forward).getMessageSnapshots().get(0).getContentRaw())
        .isEqualTo("from elsewhere");
    long reply = ada.replies(sticker, "that was me");
    assertThat(await(reply).getReferencedMessage().getIdLong()).isEqualTo(sticker);
  }

  @Test
  void refusals_have_discords_own_messages() throws Exception {
    assertThat(post("{\"content\":\"" + "x".repeat(2_001) + "\"}"))
        .contains("50035", "\"content\"", "Must be 2000 or fewer in length.");
    assertThat(post("{\"content\":\"\"}")).contains("50006");
    assertThat(post("{\"content\":\"a\",\"nonce\":\"" + "n".repeat(26) + "\"}"))
        .contains("50035", "nonce");
    assertThat(discord.complaints()).isEmpty();
  }

  @Test
  void unknown_requests_are_complaints() throws Exception {
    assertThat(status(discord.restUrl() + "no/such/route")).isEqualTo(404);
    assertThat(post("{broken")).contains("50109");

    assertThat(discord.complaints()).hasSize(2);
    assertThatThrownBy(discord::assertNothingOdd)
        .hasMessageContaining("no such route: GET /api/v10/no/such/route");
  }

  @Test
  void a_wrong_token_is_refused() throws Exception {
    assertThat(status(discord.restUrl() + "users/@me")).isEqualTo(401);
  }

  private Message await(long id) {
    return Eventually.gives("message " + id, () -> {
      Message last = received;
      return last != null && last.getIdLong() == id ? last : null;
    });
  }

  private String post(String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create(discord.restUrl() + "channels/" + ada.directMessageId() + "/messages"))
        .header("Authorization", "Bot " + discord.token())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static int status(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static void assertRefused(Runnable action, ErrorResponse expected) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            refused -> assertThat(refused.getErrorResponse()).isEqualTo(expected));
  }
}
