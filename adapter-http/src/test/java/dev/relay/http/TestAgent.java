package dev.relay.http;

import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Repeats the question, with an article; hands over if the word "person" occurs. */
final class TestAgent implements VirtualAgent {

  @Override
  public String displayName(Locale locale) {
    return "Relay assistant";
  }

  @Override
  public Answer answer(Turn turn) {
    if (turn.text().contains("person")) {
      return new Answer.HandOver(Answer.HandOverReason.ASKED, List.of());
    }
    MessageBody reply = new MessageBody(
        "You said: " + turn.text().substring(0, Math.min(100, turn.text().length())),
        List.of(),
        List.of(
            new ArticleLink("reset-password", "Password reset", "How it goes", Optional.empty())),
        List.of(Button.THAT_HELPED, Button.DID_NOT_HELP, Button.TALK_TO_PERSON));
    return new Answer.Replied(List.of(reply), Answer.Outcome.ANSWERED, 0.9);
  }
}
