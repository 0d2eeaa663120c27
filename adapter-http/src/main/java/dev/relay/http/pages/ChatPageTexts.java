package dev.relay.http.pages;

import dev.relay.core.text.Wording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the chat's page. They are part of its scripts, one name and text per line, English first; here they are read as the files of a
 * {@link Wording}. Stateless.
 */
public final class ChatPageTexts {
  private static final String ASSETS = "/dev/relay/http/pages/assets/";
  /** Later files replace texts of earlier ones, as in the page. */
  private static final List<String> SCRIPTS = List.of("common-texts.js", "chat-texts.js");

  private static final Pattern TEXT =
      Pattern.compile("^\\s*\"([\\w.-]+)\": \"(.*)\",$", Pattern.MULTILINE);

  private ChatPageTexts() {}

  /** Returns the texts, in English and Spanish. */
  public static Wording wording() {
    return Wording.of(ChatPageTexts::open, "chat");
  }

  private static @Nullable InputStream open(String file) {
    boolean isEnglish = file.equals("chat.properties");
    if (!isEnglish && !file.equals("chat_es.properties")) {
      return null;
    }
    StringBuilder properties = new StringBuilder();
    for (String script : SCRIPTS) {
      String source = source(script);
      int spanish = source.indexOf("\n  es: {");
      Matcher text =
          TEXT.matcher(isEnglish ? source.substring(0, spanish) : source.substring(spanish));
      while (text.find()) {
        // A property file and a script escape quotation marks and backslashes in the same way.
        properties.append(text.group(1)).append('=').append(text.group(2)).append('\n');
      }
    }
    return new ByteArrayInputStream(properties.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String source(String script) {
    try (InputStream stream = ChatPageTexts.class.getResourceAsStream(ASSETS + script)) {
      if (stream == null) {
        throw new IllegalStateException("there is no script " + script);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the script " + script, e);
    }
  }
}
