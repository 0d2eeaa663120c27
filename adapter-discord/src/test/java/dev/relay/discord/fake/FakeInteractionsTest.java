package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.requests.ErrorResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Commands, buttons and modals between a real JDA and the fake. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FakeInteractionsTest {
  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.start();
  private final BlockingQueue<GenericEvent> events = new LinkedBlockingQueue<>();
  private final JDA jda = JdaConnection.connect(discord, (EventListener) events::add);
  private final FakeCustomer ada = discord.customer("ada");

  FakeInteractionsTest() {
    jda.upsertCommand(Commands.slash("helpme", "Ask for help")
            .setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM)
            .setNameLocalization(DiscordLocale.SPANISH, "ayuda")
            .addOption(OptionType.STRING, "question", "What you want to know"))
        .complete();
  }

  @AfterEach
  void nothing_odd_came() {
    jda.shutdownNow();
    discord.close();
    log.close();
    discord.assertNothingOdd();
    log.assertGatewayClientQuiet();
  }

  @Test
  void a_command_is_deferred_and_answered_by_an_edit() throws Exception {
    ada.speaks("es-ES");
    Interaction interaction = ada.runs("/helpme", Map.of("question", "How?"));
    SlashCommandInteractionEvent event = next(SlashCommandInteractionEvent.class);
    assertThat(event.getOption("question").getAsString()).isEqualTo("How?");
    assertThat(event.getUserLocale()).isEqualTo(DiscordLocale.SPANISH);
    assertThat(event.getContext()).isEqualTo(InteractionContextType.BOT_DM);

    InteractionHook hook = event.deferReply(true).complete();
    assertThat(interaction.wasDeferred()).isTrue();
    assertThat(interaction.answers()).isEmpty();
    hook.editOriginal("So.").complete();
    hook.sendMessage("And so.").complete();

    assertThat(interaction.isPrivate()).isTrue();
    assertThat(interaction.answerTexts()).containsExactly("So.", "And so.");
    assertThat(ada.directMessages()).extracting(SeenMessage::text).containsExactly("And so.");
  }

  @Test
  void a_command_in_a_guild_includes_the_member_and_the_channel() throws Exception {
    long help = discord.guild().addsTextChannel("help");
    Eventually.holds("the channel", () -> jda.getTextChannelById(help) != null);

    ada.in(help).runs("/helpme");

    SlashCommandInteractionEvent event = next(SlashCommandInteractionEvent.class);
    assertThat(event.getChannel().getIdLong()).isEqualTo(help);
    assertThat(event.getMember().getIdLong()).isEqualTo(ada.id());
    assertThat(event.getContext()).isEqualTo(InteractionContextType.GUILD);
  }

  @Test
  void a_late_first_answer_is_refused() throws Exception {
    Interaction interaction = ada.runs("/helpme");
    SlashCommandInteractionEvent event = next(SlashCommandInteractionEvent.class);

    discord.timePasses(Duration.ofMillis(3_001));

    assertThat(interaction.hasFailed()).isTrue();
    assertThatThrownBy(() -> event.reply("too late").complete())
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            refused -> assertThat(refused.getErrorResponse())
                .isEqualTo(ErrorResponse.UNKNOWN_INTERACTION));
    assertThat(interaction.answers()).isEmpty();
  }

  @Test
  void a_second_first_answer_is_refused() throws Exception {
    BlockingQueue<GenericEvent> elsewhere = new LinkedBlockingQueue<>();
    JDA other = JdaConnection.connect(discord, (EventListener) elsewhere::add);
    ada.runs("/helpme");
    SlashCommandInteractionEvent event = next(SlashCommandInteractionEvent.class);
    SlashCommandInteractionEvent same = next(elsewhere, SlashCommandInteractionEvent.class);

    event.reply("first").complete();

    assertThatThrownBy(() -> same.reply("second").complete())
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            refused -> assertThat(refused.getErrorResponse())
                .isEqualTo(ErrorResponse.INTERACTION_ALREADY_ACKNOWLEDGED));
    assertThat(ada.textsFromBot()).containsExactly("first");
    other.shutdownNow();
  }

  @Test
  void the_token_ends_after_fifteen_minutes() throws Exception {
    ada.runs("/helpme");
    SlashCommandInteractionEvent event = next(SlashCommandInteractionEvent.class);
    event.deferReply().complete();
    InteractionHook hook = InteractionHook.from(jda, event.getToken());
    discord.timePasses(Duration.ofMinutes(15).plusSeconds(1));

    assertThatThrownBy(() -> hook.editOriginal("too late").complete())
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            refused -> assertThat(refused.getErrorCode()).isEqualTo(50027));
  }

  @Test
  void a_modal_is_shown_filled_in_and_answered() throws Exception {
    Interaction interaction = ada.runs("/helpme");
    Modal modal = Modal.create("relay:form:bug", "Report a bug")
        .addComponents(
            Label.of(
                "Summary",
                TextInput.create("summary", TextInputStyle.SHORT)
                    .setMaxLength(80)
                    .build()),
            Label.of(
                "Steps",
                TextInput.create("steps", TextInputStyle.PARAGRAPH)
                    .setRequired(false)
                    .build()))
        .build();
    next(SlashCommandInteractionEvent.class).replyModal(modal).complete();
    assertThat(interaction.awaitModal().fields())
        .extracting(SeenModal.SeenField::label)
        .containsExactly("Summary", "Steps");

    Interaction submitted = ada.submits(interaction, Map.of("summary", "It crashes"));
    ModalInteractionEvent event = next(ModalInteractionEvent.class);
    assertThat(event.getModalId()).isEqualTo("relay:form:bug");
    assertThat(event.getValue("summary").getAsString()).isEqualTo("It crashes");
    event.reply("Thank you").setEphemeral(true).complete();

    assertThat(submitted.awaitAnswer().text()).isEqualTo("Thank you");
    assertThatThrownBy(() -> ada.submits(interaction, Map.of()))
        .hasMessageContaining("must be filled in: summary");
  }

  @Test
  void a_button_is_pressed_and_its_message_changes() throws Exception {
    var channel = jda.openPrivateChannelById(ada.id()).complete();
    channel
        .sendMessage("Helped?")
        .addComponents(ActionRow.of(
            Button.primary("relay:helped:17", "Yes"), Button.secondary("relay:person:17", "No")))
        .complete();
    SeenMessage question = ada.directMessages().get(0);
    assertThat(question.buttons())
        .extracting(SeenMessage.SeenButton::label)
        .containsExactly("Yes", "No");

    Interaction interaction = ada.presses(question.id(), "relay:helped:17");
    ButtonInteractionEvent event = next(ButtonInteractionEvent.class);
    assertThat(event.getComponentId()).isEqualTo("relay:helped:17");
    event.editMessage("Good").setComponents().complete();

    assertThat(interaction.isAcknowledged()).isTrue();
    assertThat(ada.textsFromBot()).containsExactly("Good");
    assertThat(ada.directMessages().get(0).buttons()).isEmpty();
  }

  @Test
  void a_press_may_be_acknowledged_first_and_its_message_changed_later() throws Exception {
    jda.openPrivateChannelById(ada.id())
        .complete()
        .sendMessage("Rate us")
        .addComponents(ActionRow.of(Button.primary("relay:rate:17:5", "5")))
        .complete();
    long question = ada.directMessages().get(0).id();

    Interaction interaction = ada.presses(question, "relay:rate:17:5");
    InteractionHook hook = next(ButtonInteractionEvent.class).deferEdit().complete();
    assertThat(interaction.wasDeferred()).isTrue();
    hook.editOriginal("Thank you").setComponents().complete();
    hook.sendMessage("Only you see this").setEphemeral(true).complete();

    assertThat(ada.textsFromBot()).containsExactly("Thank you");
    assertThat(interaction.answerTexts()).containsExactly("Only you see this");
  }

  @Test
  void commands_of_staff_are_offered_to_staff_alone() throws Exception {
    long help = discord.guild().addsTextChannel("help");
    jda.upsertCommand(Commands.slash("announce", "Tell everyone")
            .setContexts(InteractionContextType.GUILD)
            .setDefaultPermissions(DefaultMemberPermissions.enabledFor(Permission.MESSAGE_MANAGE)))
        .complete();
    assertThatThrownBy(() -> ada.in(help).runs("/announce"))
        .hasMessageContaining("not offered to ada");
    assertThatThrownBy(() -> ada.runs("/announce")).hasMessageContaining("not offered to ada");

    discord
        .guild()
        .gives(discord.guild().addsRole("Staff", Permission.MESSAGE_MANAGE.getRawValue()), ada);

    ada.in(help).runs("/announce");
    assertThat(next(SlashCommandInteractionEvent.class).getName()).isEqualTo("announce");
  }

  @Test
  void other_commands_of_the_bot_stay() {
    discord.hasCommand("ping", "A host bot's own");

    jda.upsertCommand("agent", "Ask for a person").complete();

    assertThat(discord.commands()).containsExactly("helpme", "ping", "agent");
  }

  private <E> E next(Class<E> kind) throws InterruptedException {
    return next(events, kind);
  }

  private static <E> E next(BlockingQueue<GenericEvent> events, Class<E> kind)
      throws InterruptedException {
    while (true) {
      GenericEvent event = events.poll(20, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName());
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }
}
