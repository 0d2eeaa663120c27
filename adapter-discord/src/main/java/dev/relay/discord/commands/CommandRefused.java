package dev.relay.discord.commands;

import java.util.ArrayList;
import java.util.List;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.ErrorResponseException.ErrorCode;
import net.dv8tion.jda.api.exceptions.ErrorResponseException.SchemaError;

/** Reports which commands Discord refused, and why: {@code Discord refused /name: path: message}. */
public final class CommandRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int INVALID_FORM = 50_035;

  private CommandRefused(String message) {
    super(message, null, false, false);
  }

  static CommandRefused of(String name, ErrorResponseException refusal) {
    List<String> faults = new ArrayList<>();
    for (SchemaError fault : refusal.getSchemaErrors()) {
      for (ErrorCode error : fault.getErrors()) {
        faults.add(fault.getLocation() + ": " + error.getMessage());
      }
    }
    String why = faults.isEmpty()
        ? refusal.getMeaning() + " (" + refusal.getErrorCode() + ")"
        : String.join("; ", faults);
    return new CommandRefused("Discord refused /" + name + ": " + why);
  }

  static CommandRefused all(List<CommandRefused> refusals) {
    return new CommandRefused(String.join(
        "; ", refusals.stream().map(it -> String.valueOf(it.getMessage())).toList()));
  }

  /** Checks whether a refusal concerns one definition, so that others may be accepted. */
  static boolean isOfOneDefinition(ErrorResponseException refusal) {
    return refusal.getErrorCode() == INVALID_FORM;
  }
}
