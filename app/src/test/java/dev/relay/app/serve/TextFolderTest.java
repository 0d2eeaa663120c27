package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's folder of texts, {@code texts.dir}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextFolderTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_text_of_each_subject_can_be_replaced_in_a_shipped_language_and_in_a_new_one()
      throws IOException {
    file("notices_en.properties", "AGENT_JOINED={agent} is with you.");
    file("faq_es.properties", "greeting=¡Buenas!");
    file("commands_pt_BR.properties", "command.helpme=ajuda");
    file("channel_fr.properties", "button.helped=Ça m'a aidé");
    file("chat_es.properties", "chat.end=Adiós");

    TextFolder texts = read();

    assertThat(texts.faults()).isEmpty();
    assertThat(texts.of(TextFolder.NOTICES))
        .isEqualTo(Map.of("en.AGENT_JOINED", "{agent} is with you."));
    assertThat(texts.of(TextFolder.FAQ)).isEqualTo(Map.of("es.greeting", "¡Buenas!"));
    assertThat(texts.of(TextFolder.COMMANDS)).isEqualTo(Map.of("pt_BR.command.helpme", "ajuda"));
    assertThat(texts.of(TextFolder.CHANNEL)).isEqualTo(Map.of("fr.button.helped", "Ça m'a aidé"));
    assertThat(texts.byLanguage(TextFolder.CHAT))
        .isEqualTo(Map.of("es", Map.of("chat.end", "Adiós")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      notices_de.properties  | AGENT_JIONED=x           | AGENT_JIONED: unknown text; did you mean AGENT_JOINED?
      notices_de.properties  | AGENT_JOINED={agnet} da  | AGENT_JOINED: {agnet} is not filled in; known here: {agent}
      notices_de.properties  | ENDED_IDLE={case} zu     | ENDED_IDLE: {case} is not filled in; known here: none
      faq_de.properties      | greeting=                | greeting: empty; remove the line to keep the shipped text
      faq_de.properties      | greeting=\\u12           | not a properties file
      faq_de.properties      | greeting.de=Moin         | greeting.de: unknown text
      chat_de.properties     | chat.end=Ende            | the page of the web chat exists in en and es only
      chat_en.properties     | chat.ende=End            | chat.ende: unknown text; did you mean chat.end?
      chat_en.properties     | chat.end={name} ends     | chat.end: {name} is not filled in; known here: none
      commands_de.properties | command.helpme=Hilfe     | command.helpme: a command's or option's name has 1 to 32 lower-case
      commands_de.properties | command.bug=zwei worte   | command.bug: a command's or option's name has 1 to 32 lower-case
      """)
  void a_wrong_text_is_refused_with_file_name_and_reason(String file, String line, String fault)
      throws IOException {
    file(file, line);

    TextFolder texts = read();

    assertThat(texts.faults())
        .singleElement()
        .asString()
        .startsWith(folder.resolve(file) + ": " + fault);
    assertThat(texts.of(TextFolder.NOTICES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notice_de.properties",
        "notices.properties",
        "notices_deutsch.properties",
        "notices_xx.properties",
        "notices_pt-BR.properties",
        "notices_DE.properties"
      })
  void a_file_of_an_unknown_subject_or_language_is_refused(String name) throws IOException {
    file(name, "");

    assertThat(read().faults())
        .singleElement()
        .asString()
        .contains(name + ": unknown file; expected");
  }

  @Test
  void a_file_in_another_character_set_and_a_text_that_is_too_long_are_refused()
      throws IOException {
    Files.write(
        folder.resolve("faq_de.properties"),
        "greeting=Schön".getBytes(StandardCharsets.ISO_8859_1));
    file("commands_de.properties", "command.bug.description=" + "x".repeat(101));

    assertThat(read().faults())
        .containsExactly(
            folder.resolve("commands_de.properties")
                + ": command.bug.description: it has 101 characters; at most 100 are allowed",
            folder.resolve("faq_de.properties") + ": not UTF-8");
  }

  @Test
  void missing_placeholders_and_missing_texts_of_a_new_language_are_warned_about()
      throws IOException {
    file("notices_en.properties", "AGENT_JOINED=Somebody is with you.");
    file("faq_de.properties", "\uFEFFgreeting=Moin!");
    file("readme.txt", "no texts");

    assertThat(read().faults()).isEmpty();
    assertThat(read().warnings())
        .containsExactly(
            folder.resolve("faq_de.properties")
                + " lacks 16 texts, which appear in English: displayName, foundOne, foundSeveral,"
                + " goodbye, goodbyeAgain and 11 more.",
            folder.resolve("notices_en.properties") + " does not use {agent} in AGENT_JOINED.");
  }

  @Test
  void a_customer_of_the_running_jar_reads_the_operators_language() throws Exception {
    file("faq_de.properties", "greeting=Moin! Was kann ich tun?");
    RunningRelay relay = start();
    try {
      String address = relay.summary().get(relay.summary().size() - 1).replaceAll(".* at ", "");
      HttpClient http = HttpClient.newHttpClient();
      String opened = http.send(
              request(address, "sessions")
                  .POST(BodyPublishers.ofString("{\"displayName\":\"Bo\",\"locale\":\"de\"}"))
                  .build(),
              BodyHandlers.ofString())
          .body();
      String token = opened.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
      http.send(
          request(address, "messages")
              .header("Authorization", "Bearer " + token)
              .POST(BodyPublishers.ofString("{\"text\":\"hello\",\"clientMessageId\":\"1\"}"))
              .build(),
          BodyHandlers.discarding());
      InputStream events = http.send(
              request(address, "events")
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofInputStream())
          .body();
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
        assertThat(lines
                .lines()
                .filter(line -> line.contains("Moin! Was kann ich tun?"))
                .findFirst())
            .isPresent();
      }
    } finally {
      relay.stop();
    }
  }

  private RunningRelay start() throws ConfigurationException, NotStarted {
    Map<String, String> environment = Map.of(
        "RELAY_HTTP_PORT", "0",
        "RELAY_DATA_DIR", folder.resolve("data").toString(),
        "RELAY_TEXTS_DIR", folder.toString());
    return RunningRelay.start(
        new ConfigurationSource(Map.of(), environment, Optional.empty()).load().configuration(),
        InstantSource.system(),
        new EndOfService());
  }

  private static HttpRequest.Builder request(String address, String resource) {
    return HttpRequest.newBuilder(URI.create(address + "/api/v1/chat/" + resource))
        .header("Content-Type", "application/json");
  }

  private TextFolder read() {
    return TextFolder.read(Optional.of(folder));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
