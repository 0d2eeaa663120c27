package dev.relay.core.virtualagent;

import java.util.Optional;
import java.util.regex.Pattern;

/** The recognition of messages that are nothing but politeness, in English and Spanish. */
enum SmallTalk {
  /** A greeting. */
  GREETING(
      "greeting",
      "(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|sup|heya"
          + "|hola|buenas|buenos dias|buenas (?:tardes|noches)|que tal|saludos|holi|ola)",
      "(?:there|all|everyone|bot|team|again|guys|relay|a todos|todos|amigos?|de nuevo|equipo|\\|)"),
  /** Thanks, also for help. */
  THANKS(
      "thanks",
      "(?:thanks|thank you|thx|ty|tysm|thank u|cheers|much appreciated|great|perfect|awesome|nice|cool"
          + "|got it|that helped|it helped|that worked|it works(?: now)?|that works|solved"
          + "|gracias|muchas gracias|mil gracias|genial|perfecto|estupendo|vale|me ha servido|me sirvio"
          + "|funciona|ya funciona|solucionado|resuelto|listo)",
      "(?:so much|very much|a lot|you|ok|okay|yes|yeah|si|all|everyone|for (?:the|your) help|for helping(?: me)?"
          + "|for everything|bot|again|much|now|ya|por (?:la|tu|su) ayuda|por todo|de nuevo|bye|adios|\\|)"),
  /** A farewell. */
  GOODBYE(
      "goodbye",
      "(?:bye|goodbye|good bye|bye bye|see you|see ya|cya|good night|adios|hasta luego|hasta pronto|chao|chau|nos vemos)",
      "(?:later|all|everyone|for now|then|bot|\\|)"),
  /** A question about the virtual agent itself. */
  WHO_ARE_YOU(
      "whoAmI",
      "(?:who are you|what are you|are you (?:a |an )?(?:real )?(?:bot|robot|human|person|ai|machine|real|chatbot)"
          + "|(?:are you|is this) (?:a |an )?(?:bot|robot|ai) or (?:a |an )?(?:human|person|real person)"
          + "|is this (?:a |an )?(?:bot|robot|ai|chatbot)|am i (?:talking|speaking) (?:to|with) (?:a |an )?"
          + "(?:bot|robot|human|real person|person|ai)|quien eres|que eres|eres (?:un |una )?"
          + "(?:bot|robot|humano|humana|persona|maquina|persona real|ia))",
      "(?:or (?:a |an )?(?:bot|robot|human|person|real person|ai)|o (?:un |una )?(?:bot|robot|humano|persona|persona real)"
          + "|there|\\|)");

  private final String textName;
  private final Pattern pattern;

  SmallTalk(String textName, String core, String around) {
    this.textName = textName;
    String any = "(?:" + core + "|" + around + ")";
    this.pattern = Pattern.compile("(?:" + around + " )*+" + core + "(?: " + any + ")*+");
  }

  /** Returns the name of the text that answers it. */
  String textName() {
    return textName;
  }

  /** Returns the kind of small talk, if a message is nothing else. */
  static Optional<SmallTalk> in(String text) {
    String words = Words.of(text);
    for (SmallTalk kind : values()) {
      if (kind.pattern.matcher(words).matches()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
