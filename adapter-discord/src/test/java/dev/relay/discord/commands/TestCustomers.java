package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.discord.customer.InteractionOrigins;
import dev.relay.discord.customer.Profiles;
import dev.relay.discord.extension.CustomerAccess;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.Interaction;

/** A connection to customers that submits events once and writes direct messages. Thread-safe. */
final class TestCustomers implements CustomerAccess {
  private static final int CLOSED = 50007;

  private final InteractionOrigins origins = new InteractionOrigins(new Profiles(Locale.ENGLISH));
  private final Intake intake;
  private final Supplier<JDA> connection;

  TestCustomers(Intake intake, Supplier<JDA> connection) {
    this.intake = intake;
    this.connection = connection;
  }

  @Override
  public Origin origin(Interaction interaction, Optional<String> command) {
    return origins.of(interaction, command, Optional.empty());
  }

  @Override
  public CompletableFuture<IntakeResult> submit(CustomerEvent event) {
    return intake.submit(event);
  }

  @Override
  public Said say(long customer, Locale locale, String nonce, String text) {
    try {
      var channel = connection.get().openPrivateChannelById(customer).complete();
      var unused = channel.sendMessage(text).setNonce(nonce).complete();
      return new Shown("https://discord.com/channels/@me/" + channel.getId());
    } catch (ErrorResponseException refused) {
      return refused.getErrorCode() == CLOSED
          ? new Closed(NoThread.NO_HELP_CHANNEL)
          : new Failed("Discord answered " + refused.getErrorCode());
    }
  }
}
