package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parser of multipart/form-data bodies: the part {@code payload_json} and the files. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*(.+?)\\s*$");

  JsonNode json = MissingNode.getInstance();
  final List<RestRequest.FilePart> files = new ArrayList<>();

  /** Parses a body, whose content type names the boundary. */
  static Multipart read(String contentType, byte[] body) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new IOException("multipart without a boundary");
    }
    Multipart multipart = new Multipart();
    String whole = new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "--" + boundary.group(1);
    int start = whole.indexOf(delimiter);
    while (start >= 0) {
      int next = whole.indexOf("\r\n" + delimiter, start);
      if (next < 0) {
        break;
      }
      multipart.readPart(whole.substring(start + delimiter.length() + 2, next));
      start = next + 2;
    }
    return multipart;
  }

  private void readPart(String part) throws IOException {
    int end = part.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("a part without headers");
    }
    String headers = utf8(part.substring(0, end));
    byte[] content = part.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    String name = found(NAME, headers, "");
    String file = found(FILE_NAME, headers, "");
    if (name.equals("payload_json")) {
      json = Json.parse(content);
    } else if (file.isEmpty()) {
      throw new IOException("a part that is neither payload_json nor a file: " + name);
    } else {
      String type = found(TYPE, headers, "application/octet-stream");
      files.add(new RestRequest.FilePart(name, new FileContent(file, type, content)));
    }
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String found(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
