package dev.relay.discord.rest;

import net.dv8tion.jda.api.requests.Response;

/** Parses the body of a successful response. */
@FunctionalInterface
interface ResponseParser<T> {

  /** Returns the parsed result. */
  T parse(Response response);
}
