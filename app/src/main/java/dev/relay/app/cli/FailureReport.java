package dev.relay.app.cli;

import dev.relay.core.store.StoreException;
import java.io.IOException;
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
      line.getErr()
          .println(String.valueOf(exception.getMessage()).lines().findFirst().orElse(""));
      return ExitCode.FAILED;
    }
    line.getErr().println("This should not have happened: " + exception);
    return ExitCode.FAILED;
  }
}
