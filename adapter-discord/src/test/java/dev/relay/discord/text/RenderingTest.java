package dev.relay.discord.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.rest.OutgoingFile;
import dev.relay.discord.rest.OutgoingMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RenderingTest {
  private static final Participant BOT =
      new Participant(Participant.Role.VIRTUAL_AGENT, "virtual-agent", "Relay");
  private static final int MIB = 1_024 * 1_024;

  private final Attachments contents = new MemoryStore().attachments();
  private final Rendering rendering =
      new Rendering(TextFiles.channel(), file -> Optional.of("https://relay.example/" + file.id()));

  private List<OutgoingMessage> render(Participant author, MessageBody body, Locale locale) {
    Outbound.Message message = new Outbound.Message(author, body);
    ConversationId conversation = new ConversationId(17);
    Delivery delivery = new Delivery(
        DeliveryId.of(new LaneKey(conversation, Destination.CUSTOMER), 1),
        conversation,
        new EntryId(1),
        DiscordAddresses.address(5),
        locale,
        message,
        1,
        Instant.EPOCH);
    return rendering.messages(delivery, message, Optional.of(contents));
  }

  private List<OutgoingMessage> render(Participant author, MessageBody body) {
    return render(author, body, Locale.ENGLISH);
  }

  private AttachmentRef kept(String name, int bytes) throws Exception {
    return contents.keep(
        "discord:5",
        name,
        "image/png",
        new ByteArrayInputStream(new byte[bytes]),
        bytes,
        Instant.EPOCH);
  }

  @Test
  void an_agent_is_named_and_the_name_cannot_format_anything() {
    Participant agent = Participant.agent("ada", "Ada *the* _great_\nx");

    assertThat(render(agent, MessageBody.text("Hello")).get(0).text())
        .isEqualTo("**Ada \\*the\\* \\_great\\_ x:** Hello");
    assertThat(render(agent, MessageBody.text("> quoted")).get(0).text()).contains(":**\n> quoted");
  }

  @Test
  void texts_of_the_virtual_agent_and_of_relay_have_no_prefix() {
    assertThat(render(BOT, MessageBody.text("Hello")).get(0).text()).isEqualTo("Hello");
    assertThat(render(Participant.RELAY, MessageBody.text("Bye")).get(0).text()).isEqualTo("Bye");
  }

  @Test
  void articles_follow_the_text_with_title_passage_and_link() {
    ArticleLink article = new ArticleLink(
        "a1", "Lost *sword*", "Look in <#1>.", Optional.of("https://example.com/a"));
    MessageBody body = new MessageBody("This may help:", List.of(), List.of(article), List.of());

    assertThat(render(BOT, body).get(0).text())
        .isEqualTo("This may help:\n\n**Lost \\*sword\\***\nLook in \\<\\#1\\>.\n"
            + "<https://example.com/a>");
  }

  @Test
  void the_virtual_agents_answer_is_one_article_in_its_markdown_and_a_line_of_links() {
    MessageBody body = new MessageBody(
        "Does one of these help?",
        List.of(),
        List.of(
            new ArticleLink(
                "a1",
                "Refunds",
                "Open Shop.",
                Optional.of("https://example.com/a"),
                Optional.of("## How\n1. Open **Shop**.\n2. Wait.")),
            new ArticleLink("a2", "Gifts*", "No.", Optional.of("https://example.com/b")),
            new ArticleLink("a3", "Trades", "No.", Optional.empty())),
        List.of());

    assertThat(render(BOT, body).get(0).text())
        .isEqualTo("Does one of these help?\n\n**Refunds**\n**How**\n1. Open **Shop**.\n2. Wait.\n"
            + "<https://example.com/a>\n\nSee also: [Gifts\\*](<https://example.com/b>) · Trades");
    assertThat(render(BOT, body, new Locale("es")).get(0).text())
        .contains("\n\nVer también: [Gifts\\*]");
    assertThat(render(Participant.agent("ada", "Ada"), body).get(0).text())
        .contains("**Gifts\\***\nNo.", "**Trades**\nNo.");
  }

  @Test
  void each_step_of_a_rating_has_a_word() {
    MessageBody body = new MessageBody("How was it?", List.of(), List.of(), List.of(Button.RATE));

    assertThat(render(Participant.RELAY, body).get(0).rows().toString())
        .contains(
            "\"1 · Very bad\"",
            "\"2 · Bad\"",
            "\"3 · All right\"",
            "\"4 · Good\"",
            "\"5 · Very good\"");
    assertThat(render(Participant.RELAY, body, new Locale("es")).get(0).rows().toString())
        .contains("\"1 · Muy mal\"", "\"5 · Muy bien\"");
  }

  @Test
  void the_last_message_has_buttons_in_the_customers_language() {
    MessageBody body = new MessageBody(
        "word ".repeat(600), List.of(), List.of(), List.of(Button.TALK_TO_PERSON, Button.RATE));

    List<OutgoingMessage> messages = render(BOT, body, new Locale("es"));

    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).rows().isEmpty()).isTrue();
    String rows = messages.get(1).rows().toString();
    assertThat(rows)
        .contains(
            "Hablar con una persona", "relay:person:17", "relay:rate:17:1", "relay:rate:17:5");
  }

  @Test
  void each_message_has_a_nonce_of_its_own_that_is_always_the_same() {
    MessageBody body = MessageBody.text("word ".repeat(1_500));

    List<String> nonces = render(BOT, body).stream().map(OutgoingMessage::nonce).toList();

    assertThat(nonces).doesNotHaveDuplicates().hasSize(4).allMatch(nonce -> nonce.length() <= 25);
    assertThat(nonces.get(0))
        .isEqualTo(DeliveryId.of(new LaneKey(new ConversationId(17), Destination.CUSTOMER), 1)
            .value());
    assertThat(render(BOT, body).stream().map(OutgoingMessage::nonce)).isEqualTo(nonces);
    assertThat(Nonces.of(new DeliveryId("zzzzzzzzzzzzz-c-zzzzzzzzz"), 7)).hasSizeLessThan(26);
  }

  @Test
  void files_are_sent_in_requests_that_discord_accepts() throws Exception {
    List<AttachmentRef> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.add(kept("shot" + i + ".png", 9 * MIB));
    }

    List<OutgoingMessage> messages =
        render(BOT, new MessageBody("Look:", files, List.of(), List.of()));

    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).text()).isEqualTo("Look:");
    assertThat(messages.get(0).files()).extracting(OutgoingFile::name).hasSize(2);
    assertThat(messages.get(1).files()).hasSize(2);
    assertThat(messages.get(1).text()).isEmpty();
  }

  @Test
  void a_file_too_big_for_discord_becomes_a_link_and_a_lost_one_a_sentence() throws Exception {
    AttachmentRef big = kept("big.zip", 11 * MIB);
    AttachmentRef lost = new AttachmentRef("none", "gone.txt", "text/plain", 5);

    List<OutgoingMessage> messages =
        render(BOT, new MessageBody("", List.of(big, lost), List.of(), List.of()));

    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).files()).isEmpty();
    assertThat(messages.get(0).text())
        .contains("big.zip", "11.0 MiB", "https://relay.example/" + big.id())
        .contains("gone.txt", "no longer available");
  }

  @Test
  void unsendable_characters_are_replaced_and_invisible_text_becomes_an_ellipsis() {
    assertThat(render(BOT, MessageBody.text("a\ud800b\u0000c")).get(0).text())
        .isEqualTo("a\ufffdb\ufffdc");
    assertThat(render(BOT, MessageBody.text("\u200b")).get(0).text()).isEqualTo("…");
  }

  @Test
  void a_text_of_the_largest_length_fits_into_messages() {
    for (OutgoingMessage message : render(BOT, MessageBody.text("x".repeat(16_000)))) {
      assertThat(message.text()).hasSizeLessThanOrEqualTo(MessageSplitter.LIMIT);
    }
  }
}
