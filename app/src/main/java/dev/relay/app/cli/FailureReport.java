package dev.relay.app.cli;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells what went wrong in a few lines, without a stack trace. */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine line, ParseResult parseResult) {
    if (exception instanceof CommandFailure failure) {
      failure.lines().forEach(text -> line.getErr().println(text));
      return failure.exitCode();
    }
    if (exception instanceof StoreException || exception instanceof IOException) {
      line.getErr().println(told(exception).lines().findFirst().orElse(""));
      return ExitCode.FAILED;
    }
    line.getErr().println("This should not have happened: " + exception);
    return ExitCode.FAILED;
  }

  /** Java names only the file where one is missing or closed. */
  private static String told(Exception exception) {
    if (exception instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file or folder";
    }
    if (exception instanceof AccessDeniedException closed) {
      return closed.getFile() + ": this user may not read or write it";
    }
    return String.valueOf(exception.getMessage());
  }
}
