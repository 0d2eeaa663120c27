package dev.relay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that a port must accept: input that people and machines send by accident or on purpose. */
final class HostileTexts {
  /** Seed of the random texts, printed with every failure so that they can be reproduced. */
  static final long SEED = 20_261_122L;

  private HostileTexts() {}

  static List<String> all() {
    List<String> texts = new ArrayList<>(
        List.of(
            "",
            " ",
            "\n\t\u0000\u0001",
            "???!!!",
            "\"unclosed AND (title:* OR -[a TO z]^99999~ \\",
            "*:* /.*/ {!func} <script>alert(1)</script>",
            "\ud83d\ude80\ud83d\ude80 \ud83d",
            "\udc00 lone surrogates \ud800",
            "\u202eright to left\u202c \u0645\u0631\u062d\u0628\u0627",
            "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a",
            "\ufdfa".repeat(4_000),
            "a".repeat(200_000),
            "a ".repeat(100_000),
            "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u4e2d\u6587\u5b57\u7b26 \u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22"));
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      words.append("word").append(i).append(' ');
    }
    texts.add(words.toString());
    Random random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      StringBuilder noise = new StringBuilder();
      for (int length = random.nextInt(400); length > 0; length--) {
        noise.append((char) random.nextInt(0x10000));
      }
      texts.add(noise.toString());
    }
    return texts;
  }

  /** Returns the text shortened for a failure message. */
  static String shown(String text) {
    return text.length() + " characters, seed " + SEED + ": "
        + text.substring(0, Math.min(40, text.length()));
  }
}
