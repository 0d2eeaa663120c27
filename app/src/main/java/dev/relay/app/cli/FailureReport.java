package dev.relay.app.cli;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints the reason of a failed command in a few lines, without a stack trace. */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine line, ParseResult parseResult) {
    if (exception instanceof UncheckedIOException unchecked) {
      IOException cause = unchecked.getCause();
      if (cause != null) {
        return handleExecutionException(cause, line, parseResult);
      }
    }
    if (exception instanceof CommandFailure failure) {
      failure.lines().forEach(text -> line.getErr().println(text));
      return failure.exitCode();
    }
    if (exception instanceof StoreException
        || exception instanceof StoreException.BadData
        || exception instanceof IOException) {
      line.getErr().println(describe(exception).lines().findFirst().orElse(""));
      return ExitCode.FAILED;
    }
    line.getErr().println("Internal error: " + exception);
    return ExitCode.FAILED;
  }

  /** Describes a failure. If a file is missing or not accessible, Java's own message contains only its name. */
  private static String describe(Exception exception) {
    if (exception instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (exception instanceof AccessDeniedException closed) {
      return closed.getFile() + ": access denied";
    }
    return String.valueOf(exception.getMessage());
  }
}
