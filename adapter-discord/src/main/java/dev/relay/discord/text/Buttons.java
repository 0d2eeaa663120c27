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
      switch (button) {
        case TALK_TO_PERSON -> words.add(named("person", PRIMARY, conversation, locale));
        case THAT_HELPED -> words.add(named("helped", SUCCESS, conversation, locale));
        case DID_NOT_HELP -> words.add(named("nothelped", SECONDARY, conversation, locale));
        case IT_IS_SOLVED -> words.add(named("solved", SUCCESS, conversation, locale));
        case STILL_NEED_HELP -> words.add(named("needhelp", PRIMARY, conversation, locale));
        case STOP_CASE_NOTICES -> words.add(named("quiet", SECONDARY, conversation, locale));
        case RESUME_CASE_NOTICES -> words.add(named("tell", SECONDARY, conversation, locale));
        case RATE -> {
          for (int score = CustomerRated.WORST; score <= CustomerRated.BEST; score++) {
            scores.add(button(
                label(score, locale), SECONDARY, "relay:rate:" + conversation + ":" + score));
          }
        }
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

  /** Returns the label of a score; both ends have a word, because a number alone does not say which end is good. */
  private String label(int score, Locale locale) {
    String text = switch (score) {
      case CustomerRated.WORST -> "button.rate.worst";
      case CustomerRated.BEST -> "button.rate.best";
      default -> "button.rate";
    };
    return texts.get(locale, text, "score", Integer.toString(score));
  }

  private DataObject named(String action, int style, ConversationId conversation, Locale locale) {
    return button(
        texts.get(locale, "button." + action), style, "relay:" + action + ":" + conversation);
  }

  private static DataObject button(String label, int style, String id) {
    return DataObject.empty()
        .put("type", BUTTON)
        .put("style", style)
        .put("label", label)
        .put("custom_id", id);
  }
}
