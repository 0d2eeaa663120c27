package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Topic;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.FormSettings;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.Guild;
import dev.relay.discord.fake.Interaction;
import dev.relay.discord.fake.Place;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The commands of staff. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StaffCommandTest {
  private static final String ELSEWHERE = "Staff commands don't work in this server";

  private final Community community = new Community();
  private final FakeCustomer ada = community.discord.customer("ada");
  private final FakeCustomer grace = community.discord.customer("grace");
  private final Place desk = grace.in(community.town);

  StaffCommandTest() {
    long staff = community
        .discord
        .guild()
        .addsRole(
            "Staff",
            Permission.MANAGE_SERVER.getRawValue() | Permission.MODERATE_MEMBERS.getRawValue());
    community.discord.guild().gives(staff, grace);
    Eventually.holds("the role is known", () -> community.connection().getRoleById(staff) != null);
  }

  @AfterEach
  void close() {
    community.close();
  }

  @Test
  void announce_publishes_once() {
    Interaction announced = desk.runs(
        "/announce",
        Map.of("title", "Patch 2", "text", "Boats!\\nAnd sails.", "url", "https://a.example/2"));

    assertThat(announced.awaitAnswer().text())
        .isEqualTo("Announced. It appears as soon as Discord accepts it.");
    assertThat(announced.isPrivate()).isTrue();
    Eventually.holds("the announcement", () -> community.announced.size() == 1);
    assertThat(community.announced.get(0).title()).isEqualTo("Patch 2");
    assertThat(community.announced.get(0).text()).isEqualTo("Boats!\nAnd sails.");
    assertThat(community.announced.get(0).url()).contains("https://a.example/2");
  }

  @Test
  void announce_reports_that_an_earlier_announcement_is_stuck() {
    community.refusesAnnouncements = true;
    desk.runs("/announce", Map.of("title", "Patch 1", "text", "Boats")).awaitAnswer();
    Eventually.holds(
        "it is parked",
        () -> community
            .store
            .read(queries -> queries.lane(Topic.NEWS.lane()))
            .filter(lane -> lane.parkedAt().isPresent())
            .isPresent());

    assertThat(desk.runs("/announce", Map.of("title", "Patch 2", "text", "Sails"))
            .awaitAnswer()
            .text())
        .startsWith("Stored, but not published for now:")
        .contains("the channel is gone", "retry the delivery at the desk");
  }

  @Test
  void announce_refuses_addresses_that_are_not_public() {
    for (String url : new String[] {"http://a.example", "javascript:alert(1)", "https://", "a b"}) {
      assertThat(desk.runs("/announce", Map.of("title", "Patch", "text", "Boats", "url", url))
              .awaitAnswer()
              .text())
          .as(url)
          .isEqualTo(
              "The address must begin with https:// and name a host. Nothing was announced.");
    }
    grace.speaks("es-ES");
    assertThat(desk.runs("/announce", Map.of("title", "  ", "text", "Boats"))
            .awaitAnswer()
            .text())
        .isEqualTo("El título está vacío. No se ha anunciado nada.");
    assertThat(community.announced).isEmpty();
  }

  @Test
  void case_shows_a_case() {
    files("It *crashes*");

    assertThat(desk.runs("/case", Map.of("number", 1001)).awaitAnswer().text())
        .startsWith(
            "**#1001** · Bug · New · Normal\n**It \\*crashes\\***\nCustomer: Ada\nOpened <t:")
        .contains("> On the map")
        .contains("Platform: Linux");
    grace.speaks("es-419");
    assertThat(desk.runs("/case", Map.of("number", 1001)).awaitAnswer().text())
        .startsWith("**#1001** · Error · Nuevo · Normal")
        .contains("Plataforma: Linux");
    assertThat(desk.runs("/case", Map.of("number", 7)).awaitAnswer().text())
        .isEqualTo("No existe el caso #7.");
  }

  @Test
  void case_changes_a_case_under_the_callers_name() {
    files("It crashes");

    Interaction changed = desk.runs(
        "/case",
        Map.of("number", 1001, "status", "OPEN", "priority", "URGENT", "note", "Seen\\ntwice"));

    assertThat(changed.awaitAnswer().text())
        .startsWith("Saved.\n**#1001** · Bug · Open · Urgent")
        .contains("Notes:\nGrace, <t:")
        .contains("Seen twice");
    assertThat(community.supportCase(1001).status()).isEqualTo(CaseStatus.OPEN);
    assertThat(community.supportCase(1001).priority()).isEqualTo(CasePriority.URGENT);
    assertThat(history())
        .filteredOn(entry -> entry.field().equals("status"))
        .extracting(CaseHistoryEntry::actor)
        .extracting(it -> it.id())
        .containsExactly("discord:" + grace.id());
  }

  @Test
  void case_lists_the_allowed_statuses() {
    files("It crashes");

    assertThat(
            desk.runs("/case", Map.of("number", 1001, "status", "CLOSED", "note", "Away with it"))
                .awaitAnswer()
                .text())
        .isEqualTo("#1001 is “New”, so it can't become “Closed”. From there it can go to: “Open”,"
            + " “Waiting for the customer”, “Solved”. Nothing was changed.");
    grace.speaks("es-ES");
    assertThat(desk.runs("/case", Map.of("number", 1001, "status", "CLOSED"))
            .awaitAnswer()
            .text())
        .isEqualTo(
            "#1001 está en «Nuevo» y no puede pasar a «Cerrado». Desde ahí puede pasar a: «Abierto»,"
                + " «En espera del cliente», «Resuelto». No se ha cambiado nada.");
    assertThat(notes()).isEmpty();
  }

  @Test
  void block_and_unblock_a_customer() {
    assertThat(desk.runs("/block", Map.of("user", ada, "reason", "spam"))
            .awaitAnswer()
            .text())
        .isEqualTo("<@" + ada.id() + "> has never written to us.");
    ada.in(community.town).runs("/helpme", Map.of("question", "How?")).awaitAnswer();

    assertThat(desk.runs("/block", Map.of("user", ada, "reason", "spam", "hours", 2))
            .awaitAnswer()
            .text())
        .isEqualTo("<@" + ada.id() + "> is blocked until <t:"
            + Community.NOW.plus(Duration.ofHours(2)).getEpochSecond() + ":f>.");
    assertThat(community.customer(ada).orElseThrow().block())
        .contains(new Customer.Block("spam", Optional.of(Community.NOW.plus(Duration.ofHours(2)))));
    assertThat(desk.runs("/block", Map.of("user", ada, "reason", "spam"))
            .awaitAnswer()
            .text())
        .isEqualTo("<@" + ada.id() + "> is blocked until you unblock them.");
    grace.speaks("es-ES");
    assertThat(desk.runs("/unblock", Map.of("user", ada)).awaitAnswer().text())
        .isEqualTo("<@" + ada.id() + "> puede volver a escribirnos.");
    assertThat(community.customer(ada).orElseThrow().block()).isEmpty();
  }

  @Test
  void staff_commands_are_not_offered_to_customers_nor_in_direct_messages() {
    for (String command : new String[] {"/announce", "/case", "/block", "/unblock"}) {
      assertThatThrownBy(() -> ada.in(community.town).runs(command))
          .as(command)
          .hasMessageContaining("not offered");
      assertThatThrownBy(() -> grace.runs(command)).hasMessageContaining("not offered");
    }
  }

  @Test
  void staff_commands_shown_to_customers_by_mistake_are_refused_when_used() {
    showsToEverybody(community, "block");
    grace.in(community.town).runs("/helpme", Map.of("question", "How?")).awaitAnswer();

    assertThat(ada.in(community.town)
            .runs("/block", Map.of("user", grace, "reason", "spam"))
            .awaitAnswer()
            .text())
        .isEqualTo("You need the permission “Timeout Members” in this server, or a staff role."
            + " An administrator can give you one.");
    ada.speaks("es-ES");
    assertThat(ada.in(community.town)
            .runs("/block", Map.of("user", grace, "reason", "spam"))
            .awaitAnswer()
            .text())
        .isEqualTo(
            "Necesitas el permiso «Aislar temporalmente a miembros» en este servidor o un rol del"
                + " equipo. Un administrador puede dártelo.");
    assertThat(community.customer(grace).orElseThrow().block()).isEmpty();
  }

  @Test
  void the_owner_of_another_server_is_not_staff_of_the_brand() {
    files("It crashes");
    Guild elsewhere = community.discord.isInvitedInto("Elsewhere");
    FakeCustomer eve = community.discord.customer("eve");
    Place square = square(community, elsewhere, eve);

    assertThat(square
            .runs("/case", Map.of("number", 1001, "note", "Mine"))
            .awaitAnswer()
            .text())
        .startsWith(ELSEWHERE);
    assertThat(square
            .runs("/block", Map.of("user", ada, "reason", "spam"))
            .awaitAnswer()
            .text())
        .startsWith(ELSEWHERE);
    assertThat(square.runs("/unblock", Map.of("user", ada)).awaitAnswer().text())
        .startsWith(ELSEWHERE);
    eve.speaks("es-ES");
    assertThat(square
            .runs("/announce", Map.of("title", "Coins", "text", "Free!"))
            .awaitAnswer()
            .text())
        .startsWith("Los comandos del equipo no funcionan en este servidor");
    assertThat(notes()).isEmpty();
    assertThat(community.customer(ada).orElseThrow().block()).isEmpty();
    assertThat(community.announced).isEmpty();
  }

  @Test
  void if_no_servers_are_named_those_of_the_configured_channels_count() {
    try (Community other = new Community(guild -> CommandSettings.DEFAULT.withChannels(
        Set.of(Long.toString(guild.addsTextChannel("bugs")), "123456789012345678")))) {
      FakeCustomer bob = other.discord.customer("bob");
      long moderators =
          other.discord.guild().addsRole("Moderators", Permission.MODERATE_MEMBERS.getRawValue());
      other.discord.guild().gives(moderators, bob);
      Eventually.holds(
          "the role is known", () -> other.connection().getRoleById(moderators) != null);
      FakeCustomer eve = other.discord.customer("eve");
      Place square = square(other, other.discord.isInvitedInto("Elsewhere"), eve);

      assertThat(bob.in(other.town)
              .runs("/case", Map.of("number", 7))
              .awaitAnswer()
              .text())
          .isEqualTo("There is no case #7.");
      assertThat(square.runs("/case", Map.of("number", 7)).awaitAnswer().text())
          .startsWith(ELSEWHERE);
    }
  }

  @Test
  void configured_roles_are_staff_even_if_no_server_is_named() {
    try (Community other = new Community(guild -> new CommandSettings(
        FormSettings.DEFAULT, Set.of(Long.toString(guild.addsRole("Helpers", 0))), Set.of()))) {
      showsToEverybody(other, "case");
      FakeCustomer bob = other.discord.customer("bob");
      JDA connection = other.connection();
      long helpers = connection.getRolesByName("Helpers", false).get(0).getIdLong();
      assertThat(bob.in(other.town)
              .runs("/case", Map.of("number", 7))
              .awaitAnswer()
              .text())
          .startsWith(ELSEWHERE);

      other.discord.guild().gives(helpers, bob);

      assertThat(bob.in(other.town)
              .runs("/case", Map.of("number", 7))
              .awaitAnswer()
              .text())
          .isEqualTo("There is no case #7.");
    }
  }

  /** Creates a channel in another server, in which a customer has all permissions. */
  private static Place square(Community community, Guild elsewhere, FakeCustomer owner) {
    long square = elsewhere.addsTextChannel("square");
    long owners = elsewhere.addsRole("Owners", Permission.ADMINISTRATOR.getRawValue());
    elsewhere.gives(owners, owner);
    Eventually.holds(
        "the server is known",
        () -> community.connection().getRoleById(owners) != null
            && community.connection().getTextChannelById(square) != null);
    return owner.in(square);
  }

  /** Shows a command to everybody, as an administrator can; here by a registration without permissions. */
  private static void showsToEverybody(Community community, String command) {
    community.commands().data().stream()
        .filter(data -> data.getName().equals(command))
        .forEach(data -> community
            .connection()
            .upsertCommand(data.setDefaultPermissions(DefaultMemberPermissions.ENABLED))
            .complete());
  }

  private List<CaseHistoryEntry> history() {
    return community.store.read(queries -> queries.history(new CaseNumber(1001), 100));
  }

  private List<CaseNote> notes() {
    return community.store.read(queries -> queries.notes(new CaseNumber(1001), 10));
  }

  private void files(String title) {
    Interaction form = ada.runs("/bug");
    ada.submits(form, Map.of("title", title, "description", "On the map", "platform", "Linux"))
        .awaitAnswer();
  }
}
