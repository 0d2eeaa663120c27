package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A received request.
 *
 * @param route its route, such as {@code POST /channels/{channel}/messages}, or method and path if it is unknown
 * @param path its path below the API's version, with the query
 * @param body its JSON body (of a multipart request the part {@code payload_json}); a missing node if it had none
 * @param files the names of the files of a multipart request
 * @param status the status of the answer; 0 if the connection was broken instead
 */
public record LoggedRequest(
    String route, String path, JsonNode body, List<String> files, int status) {}
