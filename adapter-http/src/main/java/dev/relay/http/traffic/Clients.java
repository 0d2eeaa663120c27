package dev.relay.http.traffic;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Connections of clients: those to be closed, and those that the client has closed. */
public final class Clients {
  private static final int MAX_CAUSES = 20;

  private Clients() {}

  /** Returns a transfer that closes the request's connection when it is cut off. */
  public static HeldBytes.Transfer connection(HttpServletRequest request) {
    return connection(ServletContextRequest.getServletContextRequest(request));
  }

  /** As {@link #connection(HttpServletRequest)}. Looks the connection up now: a request that has ended no longer knows it. */
  static HeldBytes.Transfer connection(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    return endPoint::close;
  }

  /**
   * Checks whether a request failed because its client went away, was too slow, or sent no valid HTTP: nothing that Relay could do
   * better, and nobody is left to answer.
   */
  public static boolean areToBlame(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (isOfConnection(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Checks whether a request failed because its client was too slow. */
  public static boolean isTooSlow(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (isIdle(cause) || (cause instanceof HttpException http && http.getCode() == 408)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isOfConnection(Throwable cause) {
    return cause instanceof EOFException
        || cause instanceof ClosedChannelException
        || cause instanceof QuietException
        || (cause instanceof HttpException http && http.getCode() < 500)
        || isReset(cause)
        || isIdle(cause);
  }

  /** Java has no type for a connection that the other side has reset; the texts are the operating system's. */
  private static boolean isReset(Throwable cause) {
    String message = cause instanceof IOException ? text(cause.getMessage()) : "";
    return message.contains("Connection reset") || message.contains("Broken pipe");
  }

  /** Jetty reports an idle connection, and one below the least rate, as a timeout with one of these texts. */
  private static boolean isIdle(Throwable cause) {
    String message = cause instanceof TimeoutException ? text(cause.getMessage()) : "";
    return message.startsWith("Idle timeout") || message.contains("data rate");
  }

  private static String text(@Nullable String message) {
    return message == null ? "" : message;
  }
}
