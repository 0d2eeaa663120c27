package dev.relay.app.plugin;

/** A plug-in that cannot be used. The message names the plug-in and states on one line what to do. */
public final class PluginException extends Exception {
  private static final long serialVersionUID = 1;

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
