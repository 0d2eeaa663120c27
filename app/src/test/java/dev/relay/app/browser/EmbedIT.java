package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The chat embedded in another site whose security policy forbids inline styles and scripts. */
class EmbedIT extends BrowserTest {
  private static final String SHADOW = "return document.querySelector('body > div').shadowRoot";
  private static final String FRAME =
      "return document.querySelector('body > div').shadowRoot.querySelector('iframe');";

  /** Counts the sounds that the chat plays, in place of a loudspeaker. */
  private static final String COUNT_TONES = """
      window.tones = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) {
        window.tones += 1;
        return start.apply(this, when);
      };
      return '';""";

  private final Site site = Site.open();

  @Override
  Map<String, String> settings() {
    return Map.of("RELAY_HTTP_EMBED_ORIGINS", site.address(), "RELAY_CHAT_IDENTITY_KEY", Site.KEY);
  }

  @BeforeEach
  void embed() {
    site.embed(relay().address());
  }

  @AfterEach
  void stopSite() {
    site.close();
  }

  @Test
  void opens_by_its_button_chats_and_closes_by_escape() throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.go(site.address());
    window.await(
        "the button is there",
        () -> window
            .script("return document.querySelector('body > div')?.shadowRoot.textContent ?? '';")
            .contains("Help"));
    window.press(Keys.TAB, Keys.ENTER);
    window.await("the frame is there", () -> !window.script(FRAME).equals("null"));
    window.enterFrame(FRAME);
    window.awaitVisible("#close-window");
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");
    picture(window, "chat-embedded");
    window.type("#text", Keys.ESCAPE);
    window.leaveFrame();
    window.await(
        "the frame is hidden",
        () -> window
            .script("return String(document.querySelector('body > div').shadowRoot"
                + ".querySelector('iframe').hidden);")
            .equals("true"));
    assertThat(window.script("return document.activeElement.shadowRoot.activeElement.tagName;"))
        .isEqualTo("BUTTON");
  }

  @Test
  @Tag("soak")
  void unread_answers_are_shown_on_the_next_page_of_the_site() throws IOException {
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow window = open(WindowShape.CUSTOMER);
    openChat(window, site.address());
    window.enterFrame(FRAME);
    window.awaitVisible("#close-window");
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.click("#messages [data-action=talk_to_person]");
    window.awaitText("#status", "Waiting for a person");
    window.type("#text", Keys.ESCAPE);
    window.leaveFrame();

    window.go(site.address() + "/basket");
    desk.openFirst();
    desk.accept();
    desk.say("Which game is it?");

    window.await(
        "the unread messages are counted",
        () -> window
            .script(SHADOW + ".querySelector('.count:not([hidden])')?.textContent ?? '';")
            .matches("[1-9]"));
  }

  @Test
  @Tag("soak")
  void a_frame_that_cannot_be_opened_says_so_and_can_be_closed_and_tried_again()
      throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.expect("frame-ancestors");
    // Another origin than the one that may embed the chat.
    openChat(window, site.address().replace("127.0.0.1", "localhost"));

    window.await("the reason is told", () -> lost(window).contains("cannot be opened"));
    assertThat(lost(window)).contains("Try again", "Close");
    window.press(Keys.ESCAPE);
    window.await("it is closed", () -> lost(window).isEmpty());
    assertThat(window.script(SHADOW + ".activeElement.textContent;")).contains("Help");
  }

  @Test
  void a_customer_of_the_site_has_one_conversation_on_every_device() throws IOException {
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow laptop = open(WindowShape.CUSTOMER);
    openChat(laptop, site.addressFor("ana"));
    enterChat(laptop);
    assertThat(laptop.isVisible("#name")).as("the site knows the name").isFalse();
    laptop.type("#text", "I want to talk to a person please", Keys.ENTER);
    laptop.awaitText("#status", "Waiting for a person");

    BrowserWindow phone = open(WindowShape.PHONE);
    openChat(phone, site.addressFor("ana"));
    enterChat(phone);
    phone.awaitText("#messages", "I want to talk to a person please");

    desk.openFirst();
    desk.window().awaitText(".site-profile", "Stated by the web site");
    assertThat(desk.window().text(".site-profile"))
        .contains("ana@shop.example", "plan", "gold", "vip", "yes");
    desk.window().awaitText(".customer__name", "ana of the shop");
    desk.accept();
    desk.say("Which game is it?");
    laptop.awaitText("#messages", "Which game is it?");
    phone.awaitText("#messages", "Which game is it?");
  }

  @Test
  @Tag("soak")
  void customers_on_one_computer_never_see_or_send_what_is_anothers() throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    openChat(window, site.address());
    enterChat(window);
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");
    window.type("#text", "half written by the guest");
    window.leaveFrame();

    window.go(site.addressFor("ana"));
    enterChat(window);
    window.awaitVisible("#welcome");
    assertThat(window.script("return document.querySelector('#text').value;")).isEmpty();
    window.type("#text", "I am Ana", Keys.ENTER);
    window.awaitText("#messages", "I am Ana");
    window.leaveFrame();
    identify(window, Site.token("ben", Instant.now().plusSeconds(600)));
    window.enterFrame(FRAME);
    window.awaitVisible("#welcome");
    assertThat(window.text("#messages")).doesNotContain("I am Ana");
    window.leaveFrame();

    window.go(site.addressFor("ana"));
    enterChat(window);
    window.awaitText("#messages", "I am Ana");
    window.leaveFrame();
    window.script("Relay.reset(); return '';");
    window.await("everything is forgotten", () -> window.script(FRAME).equals("null"));
    window.go(site.address());
    openByButton(window);
    enterChat(window);
    window.awaitVisible("#welcome");
    assertThat(window.text("#messages")).isEmpty();
    assertThat(window.script("return Object.keys(localStorage).filter((name) =>"
            + " name.startsWith('relay.chat.') && name.endsWith('token')).join();"))
        .isEmpty();
  }

  @Test
  @Tag("soak")
  void a_token_that_is_not_valid_is_named_in_the_console_and_the_chat_works_for_a_guest()
      throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.expect("the customer's token was refused: identity: the token expired at");
    window.expect("the customer's token was refused: identity: the token's signature");
    window.expect("status of 400");
    openChat(window, site.address());
    window.script(
        "window.refusals = []; Relay.on('refused', (reason) => refusals.push(reason)); return '';");
    identify(window, Site.token("ana", Instant.now().minusSeconds(600)));
    awaitRefusal(window, "the token expired at");
    identify(
        window,
        Site.signed("{\"sub\":\"ana\",\"exp\":9999999999}", "a key that is not the shop's at all"));
    awaitRefusal(window, "signature");

    enterChat(window);
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");
  }

  @Test
  @Tag("soak")
  void a_customer_of_the_site_is_known_on_each_page_although_nothing_can_be_stored()
      throws IOException {
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.forbidStorage();
    openChat(window, site.addressFor("ana"));
    enterChat(window);
    window.type("#text", "I cannot log in", Keys.ENTER);
    window.awaitVisible("#messages .article");
    window.leaveFrame();

    openChat(window, site.addressFor("ana"));
    enterChat(window);
    window.awaitText("#messages", "I cannot log in");
  }

  @Test
  @Tag("soak")
  void scripts_of_the_page_open_and_close_the_chat_and_hear_of_unread_answers() throws IOException {
    DeskPage desk = agent(WindowShape.AGENT, "ada", "Ada Lovelace");
    BrowserWindow window = open(WindowShape.CUSTOMER);
    window.go(site.address());
    window.await(
        "the script is there", () -> window.script("return typeof Relay;").equals("object"));
    window.script("window.heard = []; ['open', 'close', 'unread'].forEach((name) =>"
        + " Relay.on(name, (detail) => heard.push(detail ? name + ' ' + detail : name)));"
        + " Relay.open(); return '';");
    enterChat(window);
    window.type("#text", "I want to talk to a person please", Keys.ENTER);
    window.awaitText("#status", "Waiting for a person");
    window.leaveFrame();
    window.enterFrame(FRAME);
    window.script(COUNT_TONES);
    window.leaveFrame();
    window.script("Relay.close(); return '';");
    desk.openFirst();
    desk.accept();
    desk.say("Which game is it?");

    window.await(
        "the page hears of the answer",
        () -> window.script("return heard.join();").matches("open,close,unread .*"));
    window.enterFrame(FRAME);
    // What the page has heard of may be Relay's line that Ada has come, which makes no sound.
    window.await(
        "the sound of the answer",
        () -> Integer.parseInt(window.script("return String(window.tones);")) > 0);
  }

  private static void identify(BrowserWindow window, String token) {
    window.script("Relay.identify(arguments[0]); return '';", token);
  }

  private static void awaitRefusal(BrowserWindow window, String reason) {
    window.await(
        "the refusal is reported",
        () -> window.script("return refusals.at(-1) ?? '';").contains(reason));
  }

  /** Enters the chat once it is ready. */
  private static void enterChat(BrowserWindow window) {
    window.await(
        "the chat is shown",
        () -> window
            .script(SHADOW + "?.querySelector('iframe:not([hidden])') ? 'yes' : '';")
            .equals("yes"));
    window.enterFrame(FRAME);
    window.awaitVisible("#close-window");
  }

  private static void openChat(BrowserWindow window, String address) {
    window.go(address);
    openByButton(window);
  }

  private static void openByButton(BrowserWindow window) {
    window.await(
        "the button is there",
        () -> window
            .script("return document.querySelector('body > div')?.shadowRoot.textContent ?? '';")
            .contains("Help"));
    window.press(Keys.TAB, Keys.ENTER);
    window.await("the frame is there", () -> !window.script(FRAME).equals("null"));
  }

  private static String lost(BrowserWindow window) {
    return window.script(SHADOW + ".querySelector('.lost')?.textContent ?? '';");
  }
}
