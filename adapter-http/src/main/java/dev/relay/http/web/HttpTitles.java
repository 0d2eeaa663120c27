package dev.relay.http.web;

import org.eclipse.jetty.http.HttpStatus;

/** The reason phrases of status codes. */
final class HttpTitles {
  private HttpTitles() {}

  static String of(int status) {
    return HttpStatus.getMessage(status);
  }
}
