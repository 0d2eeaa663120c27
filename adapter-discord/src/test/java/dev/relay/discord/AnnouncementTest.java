package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Announcer.Announcement;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnnouncementTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final Scene scene = new Scene();
  private final long news = scene.discord.guild().addsAnnouncementChannel("news");
  private final long bugs = scene.discord.guild().addsTextChannel("bugs");

  @AfterEach
  void close() {
    scene.close();
  }

  private Announcer announcer() {
    return scene
        .listening(DiscordBot.with(
            scene.settings().withAnnouncements(Map.of(Topic.NEWS, news, Topic.BUG, bugs))))
        .announcer()
        .orElseThrow();
  }

  private static Announcement announcement(int number, Topic topic, String title, String text) {
    return new Announcement(new DeliveryId("1-a-" + number), topic, title, text, Optional.empty());
  }

  private List<SeenMessage> shownIn(String channel) {
    return scene.discord.guild().channel(channel).messages();
  }

  private static Announcement card(int number, CaseStatus status, CasePriority priority) {
    return card(number, reported(new CaseNumber(1042), status, priority));
  }

  private static Announcement card(int number, SupportCase shown) {
    return new Announcement(
        new DeliveryId("1-a-" + number),
        Topic.BUG,
        "#1042 Lift stuck",
        "Between two floors",
        Optional.empty(),
        Optional.of(shown));
  }

  private static SupportCase reported(CaseNumber number, CaseStatus status, CasePriority priority) {
    return new SupportCase(
        number,
        CaseKind.BUG,
        status,
        priority,
        "Lift stuck",
        "Between two floors",
        Map.of(),
        Set.of(),
        QueueName.DEFAULT,
        Optional.of(Participant.agent("bea", "Bea")),
        new CustomerId(1),
        List.of(),
        Optional.empty(),
        NOW,
        NOW,
        Optional.empty(),
        Optional.empty(),
        1);
  }

  @Test
  void a_card_follows_its_case_in_the_same_message() {
    Announcer announcer = announcer();
    String id = Scene.externalId(announcer.publish(card(1, CaseStatus.NEW, CasePriority.NORMAL)));

    assertThat(announcer.update(card(1, CaseStatus.SOLVED, CasePriority.URGENT), id))
        .isInstanceOf(Delivered.class);

    assertThat(shownIn("bugs")).hasSize(1);
    var embed = shownIn("bugs").get(0).json().path("embeds").path(0);
    assertThat(embed.path("title").asText()).isEqualTo("#1042 Lift stuck");
    assertThat(embed.path("footer").path("text").asText()).isEqualTo("Solved · Urgent · Bea");
    assertThat(announcer.lookUp(card(1, CaseStatus.NEW, CasePriority.NORMAL)))
        .isInstanceOf(LookUp.Found.class);
  }

  @Test
  void the_card_of_a_duplicate_names_the_case_that_remains_in_the_same_message() {
    Announcer announcer = announcer();
    String id = Scene.externalId(announcer.publish(card(1, CaseStatus.NEW, CasePriority.NORMAL)));
    SupportCase duplicate =
        card(1, CaseStatus.NEW, CasePriority.NORMAL).supportCase().orElseThrow();
    SupportCase remaining = reported(new CaseNumber(1050), CaseStatus.OPEN, CasePriority.NORMAL);
    SupportCase.Merge merge = new SupportCase.Merge(
        remaining.number(), Participant.agent("bea", "Bea"), NOW, "the same lift");
    SupportCase merged = ((SupportCase.CaseDecision.Merged)
            duplicate.mergeInto(remaining, List.of(), merge, CasePolicy.DEFAULT))
        .merged();

    assertThat(announcer.update(card(1, merged), id)).isInstanceOf(Delivered.class);

    assertThat(shownIn("bugs")).hasSize(1);
    var embed = shownIn("bugs").get(0).json().path("embeds").path(0);
    assertThat(embed.path("title").asText()).isEqualTo("#1042 Lift stuck");
    assertThat(embed.path("footer").path("text").asText()).isEqualTo("Merged into #1050 · Bea");
  }

  @Test
  void a_card_that_a_moderator_has_deleted_stops_nothing() {
    Announcer announcer = announcer();
    String id = Scene.externalId(announcer.publish(card(1, CaseStatus.NEW, CasePriority.NORMAL)));
    scene.discord.guild().deletesMessage(bugs, shownIn("bugs").get(0).id());

    assertThat(announcer.update(card(1, CaseStatus.OPEN, CasePriority.NORMAL), id))
        .isInstanceOf(Delivered.class);
    assertThat(shownIn("bugs")).isEmpty();
  }

  @Test
  void customers_reports_format_nothing_and_hide_no_link() {
    Announcer announcer = announcer();
    String text =
        "[free gold](https://evil.example) <@" + scene.bob.id() + "> *x* " + "_".repeat(3_900);

    assertThat(announcer.publish(
            announcement(1, Topic.BUG, "#1042 [win](https://evil.example)", text)))
        .isInstanceOf(Delivered.class);
    announcer.publish(announcement(2, Topic.NEWS, "*New*", "[all](https://relay.example)"));

    var report = shownIn("bugs").get(0).json().path("embeds").path(0);
    assertThat(report.path("title").asText())
        .isEqualTo("#1042 \\[win\\]\\(https://evil.example\\)");
    assertThat(report.path("description").asText())
        .startsWith("\\[free gold\\]\\(https://evil.example\\) \\<@")
        .hasSize(4_096)
        .endsWith("…");
    var own = shownIn("news").get(0).json().path("embeds").path(0);
    assertThat(own.path("description").asText()).isEqualTo("[all](https://relay.example)");
  }

  @Test
  void an_announcement_is_found_among_many_others() {
    Announcer announcer = announcer();
    Announcement first = announcement(1, Topic.BUG, "#1 Lift", "It is stuck");
    announcer.publish(first);
    for (int i = 0; i < 150; i++) {
      scene.bob.in(bugs).writes("me too " + i);
    }

    assertThat(announcer.lookUp(first)).isInstanceOf(LookUp.Found.class);
    scene.discord.knowsNoncesFor(Duration.ZERO);
    assertThat(announcer.lookUp(first)).isInstanceOf(LookUp.Found.class);
    assertThat(announcer.lookUp(announcement(2, Topic.BUG, "#1 Lift", "It is stuck")))
        .isInstanceOf(LookUp.NotFound.class);
  }

  @Test
  void a_topic_whose_channel_is_gone_is_named_and_the_others_are_published() {
    Announcer announcer = announcer();
    scene.discord.guild().deletesChannel(bugs);

    DeliveryResult refused = announcer.publish(announcement(1, Topic.BUG, "#1 Lift", "Stuck"));

    assertThat(refused)
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.scope()).isEqualTo(Rejected.Scope.CUSTOMER));
    assertThat(announcer.publish(announcement(2, Topic.NEWS, "New", "All")))
        .isInstanceOf(Delivered.class);
    assertThat(announcer.health().ready()).isFalse();
    assertThat(announcer.health().detail())
        .contains("BUG cannot be published in channel " + bugs, "10003", "retry the delivery")
        .doesNotContain("NEWS");
  }

  @Test
  void a_topic_is_healthy_again_once_it_can_be_published() {
    Announcer announcer = announcer();
    for (int code : new int[] {50_001, 50_013}) {
      scene.discord.faults().next(Routes.SEND_MESSAGE, Fault.answers(403, code));
      announcer.publish(announcement(1, Topic.NEWS, "New", "All"));
      assertThat(announcer.health().detail()).contains(Integer.toString(code));
    }

    announcer.publish(announcement(1, Topic.NEWS, "New", "All"));

    assertThat(announcer.health()).isEqualTo(Health.up());
  }

  @Test
  void too_many_later_messages_leave_doubt() {
    Announcer announcer = announcer();
    for (int i = 0; i < 520; i++) {
      scene.bob.in(bugs).writes("me too " + i);
    }

    assertThat(announcer.lookUp(announcement(1, Topic.BUG, "#1 Lift", "It is stuck")))
        .isInstanceOf(LookUp.CannotTell.class);
  }

  @Test
  void publishing_in_following_servers_delays_nothing() {
    Announcer announcer = announcer();
    CountDownLatch slow = new CountDownLatch(1);
    scene.discord.faults().next(Routes.CROSSPOST, Fault.waitsFor(slow));

    assertThat(announcer.publish(announcement(1, Topic.NEWS, "New", "All")))
        .isInstanceOf(Delivered.class);
    assertThat(scene.discord.requests().of(Routes.CROSSPOST)).allMatch(it -> it.status() == 0);

    slow.countDown();
    Eventually.holds(
        "it is passed on", () -> shownIn("news").get(0).json().path("flags").asInt() % 2 == 1);
  }
}
