package dev.relay.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The check of request bodies against Discord's description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DocumentedShapesTest {
  private final DocumentedShapes shapes = new DocumentedShapes();

  @Test
  void a_message_as_documented_passes() {
    assertThat(errors(Routes.SEND_MESSAGE, "{'content':'Hello','nonce':'n1','enforce_nonce':true}"))
        .isEmpty();
  }

  @Test
  void an_unknown_field_a_wrong_kind_and_a_wrong_choice_are_found_where_they_are() {
    assertThat(errors(Routes.SEND_MESSAGE, "{'colour':'red'}"))
        .containsExactly("body.colour is no field that Discord documents");
    assertThat(errors(Routes.SEND_MESSAGE, "{'tts':'loud'}"))
        .containsExactly("body.tts is STRING, wanted [\"boolean\",\"null\"]");
    assertThat(errors(Routes.SEND_MESSAGE, "{'allowed_mentions':{'parse':['nobody']}}"))
        .singleElement()
        .asString()
        .startsWith("body.allowed_mentions.parse[0] is \"nobody\"");
  }

  @Test
  void limits_of_nested_parts_are_kept() {
    String label = "x".repeat(81);
    String button = "{'type':2,'style':1,'label':'" + label + "','custom_id':'a'}";
    assertThat(errors(
            Routes.SEND_MESSAGE, "{'components':[{'type':1,'components':[" + button + "]}]}"))
        .singleElement()
        .asString()
        .contains("body.components[0].components[0].label's length is 81.0, at most 80 is allowed");
  }

  @Test
  void a_command_needs_a_name_and_every_described_route_is_checked() {
    assertThat(errors(Routes.UPSERT_COMMAND, "{'description':'Help'}"))
        .containsExactly("body.name is missing");
    for (String route : List.of(
        Routes.EDIT_MESSAGE,
        Routes.OPEN_DIRECT_MESSAGE,
        Routes.INTERACTION_CALLBACK,
        Routes.FOLLOW_UP,
        Routes.EDIT_ANSWER,
        Routes.CREATE_CHANNEL,
        Routes.CHANGE_CHANNEL,
        Routes.CREATE_THREAD,
        Routes.UPSERT_GUILD_COMMAND)) {
      assertThat(errors(route, "{'surely_unknown':1}")).as(route).isNotEmpty();
    }
  }

  private List<String> errors(String route, String json) {
    return shapes.errors(route, Json.parse(json.replace('\'', '"')));
  }
}
