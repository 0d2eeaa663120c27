package dev.relay.discord.commands;

import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers;
import dev.relay.discord.PlayerEvents;
import dev.relay.discord.player.Players;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /block user reason [hours]}: refuses what somebody writes. {@code /unblock user}: takes that back. */
final class BlockCommand implements Command {
  static final String BLOCK = "block";
  static final String UNBLOCK = "unblock";

  private static final Permission NEEDED = Permission.MODERATE_MEMBERS;
  /** A year; who is to stay away for longer is blocked without a time. */
  private static final long MAX_HOURS = 8760;

  private final boolean blocks;
  private final Surroundings surroundings;
  private final StaffCheck staff;
  private final CommandShapes shapes;

  private BlockCommand(
      boolean blocks, Surroundings surroundings, StaffCheck staff, CommandShapes shapes) {
    this.blocks = blocks;
    this.surroundings = surroundings;
    this.staff = staff;
    this.shapes = shapes;
  }

  static BlockCommand block(Surroundings surroundings, StaffCheck staff, CommandShapes shapes) {
    return new BlockCommand(true, surroundings, staff, shapes);
  }

  static BlockCommand unblock(Surroundings surroundings, StaffCheck staff, CommandShapes shapes) {
    return new BlockCommand(false, surroundings, staff, shapes);
  }

  @Override
  public SlashCommandData data() {
    if (!blocks) {
      return shapes
          .forStaff(UNBLOCK, NEEDED)
          .addOptions(shapes.option(UNBLOCK, "user", OptionType.USER, true));
    }
    return shapes
        .forStaff(BLOCK, NEEDED)
        .addOptions(
            shapes.option(BLOCK, "user", OptionType.USER, true),
            shapes
                .option(BLOCK, "reason", OptionType.STRING, true)
                .setMaxLength(Customers.MAX_REASON),
            shapes
                .option(BLOCK, "hours", OptionType.INTEGER, false)
                .setRequiredRange(1, MAX_HOURS));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, PlayerEvents players) {
    staff
        .begin(event, players, NEEDED, surroundings.texts())
        .ifPresent(answer -> serve(event, answer));
  }

  private void serve(SlashCommandInteractionEvent event, PrivateAnswer answer) {
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
        .map(hours -> surroundings.clock().instant().plus(Duration.ofHours(hours)));
    change(answer, user, Optional.of(new Customer.Block(reason, until)));
  }

  private void change(PrivateAnswer answer, String user, Optional<Customer.Block> block) {
    String mention = "<@" + user + ">";
    surroundings.background().run(answer, () -> {
      Optional<Customer> customer =
          surroundings.relay().store().read(queries -> queries.customer(Players.CHANNEL, user));
      if (customer.isEmpty()) {
        answer.say("block.unknown", "user", mention);
        return;
      }
      answer.when(surroundings.relay().customers().block(customer.get().id(), block), changed -> {
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
