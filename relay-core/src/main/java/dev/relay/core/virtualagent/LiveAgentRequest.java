package dev.relay.core.virtualagent;

import java.util.regex.Pattern;

/**
 * The recognition of a customer's request for a live agent, in English and in Spanish, whatever the customer's language is. It
 * recognises phrases, not words: "report a person" and "my agent character" request nobody. Stateless, thread-safe.
 */
final class LiveAgentRequest {
  /** The number of characters in which a preceding "not" is looked for. */
  private static final int BEFORE = 40;

  /** The number of lines that are read one by one, so that a long text costs no more than a short one. */
  private static final int MOST_LINES = 50;

  // ---- English
  private static final String EN_LEAD =
      "(?:(?:a|an|the|one of|some|your|any|another|actual|real|live|human|genuine|proper|living"
          + "|support|service|customer|help|breathing|responsible|competent|qualified) ){0,5}";
  /** Words that mean staff on their own. */
  private static final String EN_STRONG = "(?:human(?: being)?s?|persons?|agents?|representatives?"
      + "|reps?|operators?|advis[eo]rs?|(?:support|service) (?:team|staff|desk)|staff(?: members?)?"
      + "|employees?|customer (?:service|support|care)|help ?desk|supervisor|manager"
      + "|(?:live|human|real) (?:chat|support|help|assistance|people))";
  /** Words that mean staff only after "talk to" and the like. */
  private static final String EN_WEAK =
      "(?:someone|somebody|anyone|anybody|people|moderators?|mods?"
          + "|admins?|administrators?|support|the team|game ?masters?|gms?)";

  private static final String EN_ANY = EN_LEAD + "(?:" + EN_STRONG + "|" + EN_WEAK + ")";

  private static final String EN_TALK =
      "(?:talk|talking|speak|speaking|chat|chatting|write|communicate|converse)"
          + "(?: (?:directly|live|now|personally|in person|right now)){0,2} (?:to|too|with)";
  /** Phrases after a word that show that no staff is meant: "talk to someone in my clan", "talk to an agent npc". */
  private static final String EN_NOT_STAFF =
      "(?! (?:else|characters?|npcs?|skins?|class(?:es)?|quests?|cards?|missions?|race|heroe?s?"
          + "|vendors?|players?|traders?|(?:who|that) (?:is|was|has|stole|scammed|blocked|muted|hacked|keeps?)"
          + "|to (?:play|trade|join|team|duel|raid|fight|recruit)"
          + "|(?:in|on|from|of|inside|across|over|near|at) (?:(?:the|my|our|another|other|a|an|his|her|their|different|same) ){0,2}"
          + "(?:games?|voice|chat|clans?|guilds?|party|parties|squads?|teams?|match(?:es)?|lobby|groups?"
          + "|friends?|servers?|worlds?|raids?|platforms?|consoles?|regions?|maps?|village|town|tavern"
          + "|city|camp|channels?|discord))\\b)";

  private static final String EN_WANT =
      "(?:want|need|wanna|prefer|demand|request|require|gimme|give me"
          + "|get me|find me|bring me|send me|would like|id like|d like|can i (?:have|get)"
          + "|could i (?:have|get)|may i have|i can (?:have|get)|help (?:from|by)"
          + "|is there|are there|looking for)";
  /** Phrases that may follow "I want an agent" without "talk to": the end, or the purpose. */
  private static final String EN_THEN =
      "(?= \\||$| (?:please|pls|plz|now|here|there|instead|asap|immediately"
          + "|available|right|today|urgently|quickly|so|because|but|and|not|this|already|ok|thanks|thank"
          + "|on the (?:line|phone)|from (?:the )?(?:support|staff|team)|for (?:this|help|support|my)"
          + "|about|with this|to (?:talk|speak|chat|help|assist|answer|look|fix|solve|handle|contact|call"
          + "|review|check|explain|deal)|(?:who|that) (?:can|could|will|would|knows|speaks|understands)"
          + "|i can (?:talk|speak|chat))\\b)";

  private static final String EN_TRANSFER =
      "(?:connect|transfer|put|pass|hand|switch|redirect|forward|escalate|direct|patch|link|get|send|take)"
          + " (?:me|this|us|it|my (?:case|ticket|issue|problem|chat))"
          + "(?: (?:over|through|thru|in touch|in contact|onto|directly|straight|on|now)){0,2} (?:to|with)";

  // ---- Spanish
  private static final String ES_LEAD =
      "(?:(?:un|una|unos|el|la|los|las|algun|alguna|otro|otra|vuestro"
          + "|vuestra|su|tu|sus|tus|ser|verdadero|verdadera|buen|agente de) ){0,4}";
  private static final String ES_STRONG =
      "(?:ser humano|seres humanos|humanos?|humana|personas?|agentes?"
          + "|operador(?:a|es)?|representantes?|asesor(?:a|es)?|ejecutiv[oa]s?|atencion al (?:cliente|usuario)"
          + "|servicio (?:al|de atencion al) cliente|(?:soporte|servicio) (?:tecnico|humano|en vivo)"
          + "|atencion humana|ayuda humana|equipo de soporte|emplead[oa]s?|supervisor(?:a)?|encargad[oa])";
  private static final String ES_WEAK =
      "(?:alguien|moderador(?:a|es)?|administrador(?:a|es)?|admins?|mods?"
          + "|soporte|tecnico|responsable|staff|gente|equipo|gms?)";
  private static final String ES_REAL =
      "(?: (?:real|reales|humano|humana|de verdad|en vivo|fisica|de carne y hueso))?";
  private static final String ES_ANY = ES_LEAD + "(?:" + ES_STRONG + "|" + ES_WEAK + ")" + ES_REAL;
  private static final String ES_SURE = ES_LEAD + ES_STRONG + ES_REAL;

  private static final String ES_TALK = "(?:hablar|hable|hablo|charlar|chatear|conversar|platicar"
      + "|comunicar(?:me|nos)?|comunico|contactar(?:me)?|contacto|escribirle|escribir)"
      + "(?: (?:directamente|ya|ahora|en vivo|por favor)){0,2} (?:con|kon|a)";
  private static final String ES_NOT_STAFF =
      "(?! (?:mas|npcs?|jugador(?:es)?|enemig[oa]s?|secreto|de nivel"
          + "|que (?:me|esta|no|se|ha|juega|jugaba) (?:insult|estaf|rob|bloque|jug|haya|juegue|acos|escrib)?\\w*"
          + "|para (?:jugar|comerciar|unirme|una? (?:incursion|partida|raid|duelo))"
          + "|(?:de|del|en|por|desde|dentro de) (?:(?:el|la|los|las|mi|mis|tu|su|un|una|otro|otra|este|esta) ){0,2}"
          + "(?:juego|voz|chat|clan|clanes|gremio|grupo|equipo(?! de (?:soporte|ayuda))|partida|escuadron|amigos?|servidor(?:es)?|mundo"
          + "|plataforma|consola|region|mapa|pueblo|ciudad|taberna|campamento|canal|discord|mision))\\b)";

  private static final String ES_WANT =
      "(?:quiero|quisiera|necesito|necesitamos|queremos|deseo|prefiero|exijo"
          + "|solicito|pido|dame|denme|deme|dadme|busco|mandame|envienme|me gustaria|podria tener|puedo tener"
          + "|hay|ayuda de|atienda|atender|atiendame|ayude|ayudarme)(?: (?:a|con|tener|la ayuda de|ayuda de|por)){0,2}";
  private static final String ES_THEN =
      "(?= \\||$| (?:por favor|porfa|porfavor|pls|ya|ahora|aqui|ahi|gracias"
          + "|disponible|urgente|cuanto antes|inmediatamente|y|no|pero|porque|en lugar|en vez"
          + "|para (?:hablar|que|esto|ayudarme|resolver|solucionar|mi)"
          + "|que (?:me )?(?:ayude|atienda|pueda|puede|conteste|responda|hable|sepa|entienda|resuelva))\\b)";

  private static final String ES_TRANSFER =
      "(?:(?:pasa|pase|pasen|pasad|conecta|conecte|conecten|comunica|comunique|comuniquen|transfiere|transfiera"
          + "|transfieran|transferir|transferid|deriva|derive|deriven|derivar|pon|ponga|pongan|poned|enlaza|enlace"
          + "|redirige|contacta|pasar|poner|conectar|comunicar)(?:me|nos)"
          + "|me (?:(?:puede|pueden|puedes|podria|podrian|podrias) )?(?:pasas?|pasan?|pasar|conectas?|conectar"
          + "|comunicas?|comunicar|pones?|poner|transfieres?|transferir|derivar?|atiende|atienda|atender))"
          + "(?: (?:ya|ahora|directamente|en contacto|por favor)){0,2} (?:con|a|por)";

  /** Words around a request that change nothing: "hi, agent please". */
  private static final String POLITE =
      "(?:please|pls|plz|hi|hello|hey|now|ok|okay|yes|no|i said|just|thanks"
          + "|thank you|help|hola|por favor|porfa|porfavor|ya|ahora|si|gracias|ayuda|buenas|con|to|ahorita|mejor|no bots?|bot|sin bot|\\|)";

  private static final Pattern NEGATED = Pattern.compile(
      "\\b(?:do not|dont|doesnt|does not|not|never|no need to|without|no|sin|nunca|am i|are you|is this|eres|estoy)"
          + "(?: (?:really|even|necessarily))? ?"
          + "(?:want(?: to)?|need(?: to)?|have to|wish to|like to|quiero|necesito|hace falta|deseo|hay)?"
          + "(?: (?:to|que))? ?$");

  /** "I can't talk to anyone" describes a broken voice chat; "why can't I talk to a human" does not. */
  private static final Pattern MUTED =
      Pattern.compile("\\b(?:cant|cannot|can not|unable to|not able to|couldnt)\\b[a-z ]*$");

  private static final Pattern ANYONE =
      Pattern.compile("(?:someone|somebody|anyone|anybody|people)$");

  private static final Pattern REQUESTS = Pattern.compile("\\b(?:"
      + String.join(
          "|",
          EN_TALK + " " + EN_ANY + "\\b" + EN_NOT_STAFF,
          EN_TRANSFER + " " + EN_ANY + "\\b" + EN_NOT_STAFF,
          "(?:contact|reach|call|message|ping|get (?:in touch|in contact) with|get hold of|escalate to) "
              + EN_LEAD + "(?:" + EN_STRONG + "|support|moderators?|admins?|staff)\\b"
              + "(?=(?: (?:in|via|by|through|regarding|at|when|if|with)\\b)|" + EN_THEN + ")",
          EN_WANT + " " + EN_LEAD + EN_STRONG + "\\b" + EN_THEN,
          "(?:is|are) (?:there )?(?:someone|somebody|anyone|anybody)(?: (?:real|human))?"
              + " (?:here|there|available|real|i can (?:talk|speak|chat)|to (?:talk|speak|chat)|who can help|that can help)",
          "(?:someone|somebody) (?:real|human)\\b",
          "(?:transfer|connect|switch|escalate|redirect|forward) to " + EN_LEAD + EN_STRONG + "\\b"
              + EN_THEN,
          "(?:can|could|would|will) " + EN_LEAD + EN_STRONG
              + " (?:please )?(?:help|assist|answer|call|contact)",
          "where (?:can|do) i (?:find|get) " + EN_LEAD + EN_STRONG + "\\b" + EN_THEN,
          "let (?:a|an|some|the) " + EN_LEAD + EN_STRONG + " (?:help|answer|handle|do|look|take)",
          ES_TALK + " " + ES_ANY + "\\b" + ES_NOT_STAFF,
          ES_TRANSFER + " " + ES_ANY + "\\b" + ES_NOT_STAFF,
          ES_WANT + " " + ES_SURE + ES_THEN,
          "(?:puede|pueden|podria|podrian) (?:atenderme|contestarme) " + ES_ANY + "\\b",
          ES_LEAD + "(?:alguien|" + ES_STRONG + ") (?:que )?me (?:puede|pueda|podria) atender",
          "llamar a " + ES_SURE + ES_THEN,
          "(?:quiero|necesito|pido|que) (?:ser atendid[oa] por|me (?:atienda|ayude|conteste|responda)) "
              + ES_ANY + "\\b",
          "hay (?:alguien|algun humano|alguna persona)(?: (?:real|humano))?"
              + " (?:ahi|aqui|disponible|real|con quien|con el que|que (?:me )?(?:atienda|ayude|pueda))")
      + ")");

  private static final Pattern ALONE = Pattern.compile("(?:" + POLITE + " )*+(?:"
      + String.join(
          "|", EN_LEAD + EN_STRONG, "(?:transfer|connect) me", "escalate(?: (?:this|it))?", ES_SURE)
      + ")(?: "
      + POLITE + ")*");

  private static final Pattern NO_ROBOT = Pattern.compile("\\b(?:"
      + String.join(
          "|",
          "(?:dont|do not|not|wont|stop|hate|tired of|sick of|no more|done with|instead of|rather than)"
              + "(?: (?:want|wanna|like|going|to|with|talk|talking|speak|speaking|chat|chatting|keep)){1,5}"
              + " (?:a |an |the |this |your |some |stupid ){0,2}(?:bots?|robots?|machines?|ai|chatbots?|virtual assistant)",
          "(?:sick|tired) of (?:this |the |your |these )?(?:bots?|robots?|chatbots?)",
          "no quiero (?:hablar con |hablar a )?(?:un |una |el |este |la )?(?:bots?|robots?|maquina|ia|chatbot|asistente virtual)",
          "(?:hart[oa]|cansad[oa]) de (?:hablar con )?(?:un |una |el |este |la )?(?:bots?|robots?|maquina|ia|chatbot)")
      + ")\\b");

  private LiveAgentRequest() {}

  /**
   * Returns whether the customer requests a live agent in these words, or in one line of them: messages that were written in one go are
   * the lines of one question. Accepts any text; of a long one, both ends are read. For every virtual agent: such a request takes
   * precedence over any other answer.
   */
  public static boolean isIn(String text) {
    return isInLine(text)
        || (text.indexOf('\n') >= 0
            && text.lines().limit(MOST_LINES).anyMatch(LiveAgentRequest::isInLine));
  }

  private static boolean isInLine(String text) {
    String words = Spelling.corrected(Words.of(text));
    if (ALONE.matcher(words).matches() || NO_ROBOT.matcher(words).find()) {
      return true;
    }
    var request = REQUESTS.matcher(words);
    while (request.find()) {
      String before = words.substring(Math.max(0, request.start() - BEFORE), request.start());
      boolean muted =
          MUTED.matcher(before).find() && ANYONE.matcher(request.group()).find();
      if (!muted && !NEGATED.matcher(before).find()) {
        return true;
      }
    }
    return false;
  }
}
