package dev.relay.discord.staff;

import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.Options;
import dev.relay.discord.interaction.PlainText;
import dev.relay.discord.interaction.PrivateAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /block user reason [hours]}: refuses a customer's messages. {@code /unblock user}: accepts them again. */
public final class BlockCommand implements Command {
  static final String BLOCK = "block";
  static final String UNBLOCK = "unblock";

  private static final Permission NEEDED = Permission.MODERATE_MEMBERS;
  /** One year; a longer block is a block without an end. */
  private static final long MAX_HOURS = 8760;

  private final boolean blocks;
  private final CommandContext context;
  private final StaffCheck staff;
  private final CommandDefinitions definitions;

  private BlockCommand(
      boolean blocks, CommandContext context, StaffCheck staff, CommandDefinitions definitions) {
    this.blocks = blocks;
    this.context = context;
    this.staff = staff;
    this.definitions = definitions;
  }

  /** Creates {@code /block}. */
  public static BlockCommand block(
      CommandContext context, StaffCheck staff, CommandDefinitions definitions) {
    return new BlockCommand(true, context, staff, definitions);
  }

  /** Creates {@code /unblock}. */
  public static BlockCommand unblock(
      CommandContext context, StaffCheck staff, CommandDefinitions definitions) {
    return new BlockCommand(false, context, staff, definitions);
  }

  @Override
  public SlashCommandData data() {
    if (!blocks) {
      return definitions
          .forStaff(UNBLOCK, NEEDED)
          .addOptions(definitions.option(UNBLOCK, "user", OptionType.USER, true));
    }
    return definitions
        .forStaff(BLOCK, NEEDED)
        .addOptions(
            definitions.option(BLOCK, "user", OptionType.USER, true),
            definitions
                .option(BLOCK, "reason", OptionType.STRING, true)
                .setMaxLength(Customers.MAX_REASON),
            definitions
                .option(BLOCK, "hours", OptionType.INTEGER, false)
                .setRequiredRange(1, MAX_HOURS));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    staff
        .begin(event, customers, NEEDED, context.texts())
        .ifPresent(answer -> execute(event, answer));
  }

  private void execute(SlashCommandInteractionEvent event, PrivateAnswer answer) {
    String user = Options.text(event, "user").orElse("");
    if (!blocks) {
      change(answer, user, Optional.empty());
      return;
    }
    String reason = Options.text(event, "reason").orElse("");
    if (reason.isEmpty() || reason.length() > Customers.MAX_REASON) {
      answer.say("block.reason", "limit", Integer.toString(Customers.MAX_REASON));
      return;
    }
    Optional<Instant> until = Options.number(event, "hours")
        .map(hours -> context.clock().instant().plus(Duration.ofHours(hours)));
    change(answer, user, Optional.of(new Customer.Block(reason, until)));
  }

  private void change(PrivateAnswer answer, String user, Optional<Customer.Block> block) {
    String mention = "<@" + user + ">";
    context.executor().run(answer, () -> {
      Optional<Customer> customer =
          context.relay().store().read(queries -> queries.customer(DiscordAddresses.CHANNEL, user));
      if (customer.isEmpty()) {
        answer.say("block.unknown", "user", mention);
        return;
      }
      answer.when(context.relay().customers().block(customer.get().id(), block), changed -> {
        if (block.isEmpty()) {
          answer.say("unblock.done", "user", mention);
        } else {
          blocked(answer, mention, block.get());
        }
      });
    });
  }

  private static void blocked(PrivateAnswer answer, String mention, Customer.Block block) {
    if (block.until().isPresent()) {
      answer.say(
          "block.done.until",
          "user",
          mention,
          "until",
          PlainText.moment(block.until().get()));
    } else {
      answer.say("block.done", "user", mention);
    }
  }
}
