package dev.relay.discord.text;

import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import dev.relay.core.text.Wording;
import java.util.List;
import java.util.Locale;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The buttons below a message. Their ids name the conversation, so that they still work after a restart. */
final class Buttons {
  private static final int ROW = 1;
  private static final int BUTTON = 2;
  private static final int PRIMARY = 1;
  private static final int SECONDARY = 2;
  private static final int SUCCESS = 3;

  private final Wording texts;

  Buttons(Wording texts) {
    this.texts = texts;
  }

  /** Returns rows of buttons in Discord's JSON format; empty if there are none. */
  DataArray rows(List<Button> buttons, ConversationId conversation, Locale locale) {
    DataArray words = DataArray.empty();
    DataArray scores = DataArray.empty();
    for (Button button : buttons) {
      if (button == Button.RATE) {
        for (int score = CustomerRated.WORST; score <= CustomerRated.BEST; score++) {
          String label = texts.get(locale, "button.rate." + score);
          scores.add(button(label, SECONDARY, ButtonId.ofScore(conversation, score)));
        }
      } else {
        String label = texts.get(locale, "button." + ButtonId.actionOf(button));
        words.add(button(label, style(button), ButtonId.of(button, conversation)));
      }
    }
    DataArray rows = DataArray.empty();
    for (DataArray row : List.of(words, scores)) {
      if (!row.isEmpty()) {
        rows.add(DataObject.empty().put("type", ROW).put("components", row));
      }
    }
    return rows;
  }

  private static int style(Button button) {
    return switch (button) {
      case TALK_TO_PERSON, STILL_NEED_HELP -> PRIMARY;
      case THAT_HELPED, IT_IS_SOLVED -> SUCCESS;
      case DID_NOT_HELP, RATE, ADD_COMMENT, STOP_CASE_NOTICES, RESUME_CASE_NOTICES -> SECONDARY;
    };
  }

  private static DataObject button(String label, int style, String id) {
    return DataObject.empty()
        .put("type", BUTTON)
        .put("style", style)
        .put("label", label)
        .put("custom_id", id);
  }
}
