package dev.relay.core.virtualagent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The correction of single typing errors in the words by which people request a live agent. */
final class Spelling {
  private static final int SHORTEST = 4;
  private static final int SHORTEST_SUM = 9;

  private static final List<String> WORDS = List.of(
      "talk",
      "speak",
      "human",
      "person",
      "agent",
      "representative",
      "operator",
      "someone",
      "somebody",
      "support",
      "transfer",
      "connect",
      "customer",
      "service",
      "please",
      "want",
      "need",
      "hablar",
      "alguien",
      "persona",
      "humano",
      "agente",
      "operador",
      "representante",
      "asesor",
      "quiero",
      "necesito",
      "soporte",
      "atencion",
      "cliente",
      "comunicarme",
      "pasame");

  /** Real words that are one typing error away from one of those. */
  private static final Set<String> REAL = Set.of(
      "stalk",
      "walk",
      "talks",
      "argent",
      "argente",
      "gente",
      "persons",
      "persona",
      "personal",
      "personas",
      "humans",
      "humane",
      "humana",
      "humanos",
      "agents",
      "agente",
      "agentes",
      "speaks",
      "speaker",
      "operate",
      "operated",
      "operators",
      "transfers",
      "connects",
      "connected",
      "services",
      "customers",
      "wants",
      "needs",
      "needed",
      "wanted",
      "want",
      "wand",
      "went",
      "wait",
      "weed",
      "reed",
      "feed",
      "seed",
      "head",
      "knead",
      "supports",
      "pleased",
      "hablara",
      "hablaras",
      "hablare",
      "habla",
      "hablan",
      "hablas",
      "operadora",
      "operadores",
      "asesora",
      "asesores",
      "clientes",
      "clienta",
      "necesita",
      "necesitó",
      "quieres",
      "quiere",
      "ajeno",
      "urgente",
      "regente",
      "resort",
      "tall",
      "tank",
      "task",
      "taken",
      "talking",
      "speck",
      "sneak",
      "chalk",
      "balk",
      "urgent",
      "sales",
      "pasare",
      "pasate",
      "soportes",
      "humus");

  private Spelling() {}

  static String corrected(String words) {
    List<String> corrected = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      corrected.add(correct(word));
    }
    return String.join(" ", corrected);
  }

  private static String correct(String word) {
    if (word.length() < SHORTEST || REAL.contains(word) || WORDS.contains(word)) {
      return word;
    }
    for (String candidate : WORDS) {
      boolean longEnough = word.length() + candidate.length() >= SHORTEST_SUM;
      if ((longEnough && isOneSlipAway(word, candidate)) || hasSwappedMiddle(word, candidate)) {
        return candidate;
      }
    }
    return word;
  }

  /** Returns whether two adjacent letters of a word of four letters are transposed: "tlak". */
  private static boolean hasSwappedMiddle(String word, String meant) {
    return word.length() == SHORTEST
        && meant.length() == SHORTEST
        && word.charAt(0) == meant.charAt(0)
        && word.charAt(1) == meant.charAt(2)
        && word.charAt(2) == meant.charAt(1)
        && word.charAt(3) == meant.charAt(3);
  }

  /** Returns whether one letter is missing, added, wrong or transposed with its neighbour. */
  static boolean isOneSlipAway(String word, String meant) {
    int difference = word.length() - meant.length();
    if (difference < -1 || difference > 1) {
      return false;
    }
    int same = 0;
    int shorter = Math.min(word.length(), meant.length());
    while (same < shorter && word.charAt(same) == meant.charAt(same)) {
      same++;
    }
    String restOfWord = word.substring(same);
    String restMeant = meant.substring(same);
    if (difference == 1) {
      return restOfWord.substring(1).equals(restMeant);
    }
    if (difference == -1) {
      return restMeant.substring(1).equals(restOfWord);
    }
    boolean wrong =
        restOfWord.length() >= 1 && restOfWord.substring(1).equals(restMeant.substring(1));
    boolean swapped = restOfWord.length() >= 2
        && restOfWord.charAt(0) == restMeant.charAt(1)
        && restOfWord.charAt(1) == restMeant.charAt(0)
        && restOfWord.substring(2).equals(restMeant.substring(2));
    return wrong || swapped;
  }
}
