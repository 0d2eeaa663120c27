package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile texts run nothing, reverse nothing and break no layout, wherever they are shown. */
@Order(2)
@Tag("soak")
class HostileTextIT extends BrowserTest {
  private static final String MARKUP =
      "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\">"
          + "<svg onload=window.hacked=1></svg>\"><iframe srcdoc=\"<script>parent.hacked=1</script>\">"
          + "</iframe><a href=\"javascript:window.hacked=1\">x</a>&lt;b&gt;{{7*7}}${7*7}";
  private static final String LINKS =
      "[x](javascript:window.hacked=1) javascript:window.hacked=1 data:text/html,x"
          + " https://user:secret@example.com/ https://example.com/\"onmouseover=\"x";
  private static final String MARKDOWN = """
      **bold and *italic*** and `<b>code</b>`
      > quoted <img src=x onerror=window.hacked=1>
      - one
      - two
      7. seven
      ```html
      **not bold**
      ```
      [https://bank.example](https://evil.example/x)
      2*3*4 snake_case_name ![pic](https://evil.example/pixel.png)
      [x](javascript:window.hacked=1) <b onclick=window.hacked=1>**
      ```
      open""";
  private static final String TURNED = "\u202Etxt.exe\u202C \u2067\u202B\u0627\u0644\u0639 \u2066";
  private static final String INVISIBLE =
      "pay\u200Bpal\u200D \u2060\uFEFF\u00AD \u0301\u0301\u0301";
  private static final String HUGE = "W".repeat(16_000);
  private static final String MANY_LINES = "line\n".repeat(2_000) + "end";
  private static final List<String> ALL =
      List.of(MARKUP, LINKS, TURNED + "end", INVISIBLE + "end", HUGE, MANY_LINES);

  private static final String ELEMENTS_OF_TEXTS =
      "return String(document.querySelectorAll('.message-text :not(a, strong, em, code, pre, ul, ol, li, blockquote), .prose *, bdi *, #messages script,"
          + " #messages img, #messages iframe, #messages a:not([href^=\"https://\"])').length);";

  /** Articles may also come from an attacker, or be copied from a place where anybody can write. */
  @Override
  Map<String, String> settings() {
    try {
      Path articles = Files.createDirectories(folder.resolve("articles"));
      Files.writeString(
          articles.resolve("lanterns.md"),
          "---\nid: lanterns\ntitle: 'Lanterns <img src=x onerror=\"window.hacked = 1\">'\nlang: en\nquestions:\n  - where are my lanterns\n"
              + "url: https://example.com/a\n---\n"
              + "Your lanterns are in the harbour. " + MARKUP + " " + LINKS + " " + TURNED + "\n");
      return Map.of("RELAY_KNOWLEDGE_DIR", articles.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void in_articles() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("where are my lanterns");
    chat.window().awaitText("#messages .article", "harbour");
    inertArticles(chat.window());
    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();
    window.awaitText("#messages .article", "harbour");
    inertArticles(window);

    window.click("#insert-article");
    window.paste("#article-query", "lanterns");
    window.awaitText("#article-results .article", "harbour");
    inertArticles(window);
    window.click("#article-results .article .button");
    window.awaitVisible("#chosen-articles .upload");
    window.click("#send");
    chat.window().awaitVisible("#messages [data-author=agent] .article");
    inertArticles(chat.window());
    inertArticles(window);
  }

  private static void inertArticles(BrowserWindow window) {
    assertThat(
            window.script(
                "return String([...document.querySelectorAll("
                    + "'.article__title, .article__passage')].filter((one) => one.children.length > 0).length);"))
        .as("elements inside of an article's texts")
        .isEqualTo("0");
    assertThat(window.script("return String(document.querySelectorAll("
            + "'.article a:not([href^=\"https://example.com/a\"])').length);"))
        .as("links that the article's own address is not")
        .isEqualTo("0");
    inert(window);
  }

  @Test
  void in_messages_of_both_sides_and_names_of_files() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, cut(MARKUP));
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.introduce(cut(MARKUP));
    chat.say("let me talk to a person");
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();
    for (String text : ALL) {
      chat.sayPasted(text);
      desk.window().paste("#text", text);
      desk.window().click("#send");
    }
    for (String text : ALL) {
      chat.window().await("the customer's own text", () -> chat.count("customer", text) == 1);
      chat.window().await("the agent's text", () -> chat.count("agent", text) == 1);
      desk.window().await("both texts at the desk", () -> countAtDesk(desk, text) == 2);
    }
    // The first letters of both are Cyrillic.
    chat.sayPasted("https://аррӏе.com/a?b=ü#c and https://www.раураӏ.com.");
    for (BrowserWindow window : List.of(chat.window(), desk.window())) {
      window.awaitText("#messages", "https://xn--80ak6aa92e.com/a?b=ü#c and");
      window.awaitText("#messages", "https://www.xn--");
      assertThat(window.script("return document.querySelector('#messages').textContent;"))
          .doesNotContain("аррӏе");
    }
    chat.awaitDelivered();
    chat.sayPasted("to be changed");
    chat.awaitMessage("customer", "to be changed");
    chat.awaitDelivered();
    chat.window().click("#messages .message:last-child .message__change");
    chat.window().click(".message .menu .button:first-child");
    chat.window().paste(".editor textarea", MARKUP + "changed");
    chat.window().click(".editor .button:last-child");
    desk.window().await("the changed text", () -> countAtDesk(desk, MARKUP + "changed") == 1);

    Path file = Files.writeString(
        folder.resolve("\u202Egpj.exe<img src=x onerror=window.hacked=1>.txt"), "content");
    chat.send(file, "a file");
    desk.awaitMessage("customer", "<img src=x onerror=window.hacked=1>.txt");
    assertThat(desk.window().allTexts(".file__name")).doesNotContain("\u202E");

    inert(chat.window());
    inert(desk.window());
    String direction =
        "return getComputedStyle(document.querySelector('.message-text')).unicodeBidi;";
    assertThat(chat.window().script(direction)).isEqualTo("isolate");
    assertThat(desk.window().script(direction)).isEqualTo("isolate");
  }

  @Test
  void in_markdown_which_is_shown_by_a_few_elements_without_attributes_of_the_text()
      throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada");
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.say("let me talk to a person");
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();

    chat.sayPasted(MARKDOWN);

    for (BrowserWindow window : List.of(chat.window(), desk.window())) {
      window.awaitText("#messages .message-text strong", "bold and ");
      String html = window.script(
          "return [...document.querySelectorAll('#messages .message-text')].at(-1).innerHTML;");
      assertThat(html)
          .contains("<strong>bold and <em>italic</em></strong>")
          .contains("<code>&lt;b&gt;code&lt;/b&gt;</code>")
          .contains("<blockquote>quoted &lt;img src=x onerror=window.hacked=1&gt;</blockquote>")
          .contains("<ul><li>one</li><li>two</li></ul>")
          .contains("<li value=\"7\">seven</li>")
          .contains("<pre><code>**not bold**</code></pre>")
          .contains("https://bank.example</a> (evil.example)")
          .contains("2*3*4 snake_case_name ![pic](")
          .contains("[x](javascript:window.hacked=1)")
          .contains("```\nopen");
      assertThat(window.script("return [...document.querySelectorAll('.message-text *')]"
              + ".flatMap((one) => [...one.attributes].map((it) => it.name)).sort()"
              + ".filter((name, at, all) => name !== all[at - 1]).join(' ');"))
          .isEqualTo("class href rel target value");
      inert(window);
    }
    // A preview and what is read out have the words without their marks.
    desk.window()
        .await(
            "the preview",
            () -> desk.window()
                .text("#conversations .conversation-row__text")
                .startsWith("bold and italic and <b>code</b> quoted <img"));
    desk.say("We found **2*3*4 of them**, _really_");
    chat.window().awaitText("#messages .message-text strong", "2*3*4 of them");
    chat.window().awaitText("#announcer", "We found 2*3*4 of them, really");
  }

  @Test
  void in_cases_notes_tags_and_tokens() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.sayPasted(MARKUP + " let me talk to a person");
    chat.awaitStatus("Waiting for a person");
    desk.openFirst();
    desk.accept();
    int number = 1001;
    for (String text : List.of(MARKUP, TURNED + "end", INVISIBLE + "end")) {
      number++;
      window.click("#add-case");
      window.paste("#new-case-subject", text.substring(0, Math.min(200, text.length())));
      window.paste("#new-case-description", text);
      window.paste("#new-case-tags", cutTo(text, 50).replace(",", ""));
      window.click("#new-case-form [type=submit]");
      // Until it is drawn, the page shows the case before.
      window.awaitText("#case-detail .case-head__number", "#" + number);
      window.paste("#case-detail-note", text);
      window.click("#case-detail form:has(#case-detail-note) [type=submit]");
      window.awaitVisible("#case-detail .note .prose");
      assertThat(window.script(
              "return document.querySelector('#case-detail .note .prose').textContent;"))
          .isEqualTo(text);
      inert(window);
      window.script("location.hash = '#/conversations/mine'; return '';");
      desk.openFirst();
      window.awaitVisible("#add-case");
    }
    window.script("location.hash = '#/settings'; return '';");
    window.paste("#token-label", cut(MARKUP));
    window.click("#token-form [type=submit]");
    window.awaitText("#tokens", "<script>");
    inert(window);
    chat.window().click("#menu-button");
    chat.window().click("#show-cases");
    chat.window().awaitText("#case-list", "<script>");
    inert(chat.window());
  }

  private static void inert(BrowserWindow window) {
    assertThat(window.script("return String(window.hacked);")).isIn("undefined", "null");
    assertThat(window.script(ELEMENTS_OF_TEXTS)).as("elements inside of texts").isEqualTo("0");
    assertThat(window.overflow()).as("overflow in pixels").isZero();
  }

  private static long countAtDesk(DeskPage desk, String text) {
    return Long.parseLong(desk.window()
        .script(
            "return String([...document.querySelectorAll('#messages .message-text')]"
                + ".filter((one) => one.textContent === arguments[0]).length);",
            text));
  }

  private static String cut(String text) {
    return cutTo(text, 100);
  }

  private static String cutTo(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }
}
