package dev.relay.app.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a question to a solved case, with the customer's window beside the agent's, served by the runnable jar. */
class WholeStoryIT extends BrowserTest {

  @Override
  RelayServer startServer(Path data, Map<String, String> settings) {
    return RelayProcess.start(data, settings);
  }

  static Stream<String> windows() {
    return Pattern.compile(",")
        .splitAsStream(System.getProperty("relay.tests.windows", "desk,phone"));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void a_customer_asks_is_answered_talks_to_an_agent_and_is_helped(String windows)
      throws IOException {
    boolean onPhones = windows.equals("phone");
    WindowShape customerShape = onPhones ? WindowShape.PHONE : WindowShape.CUSTOMER;
    WindowShape agentShape = onPhones ? WindowShape.PHONE : WindowShape.AGENT;
    String prefix = onPhones ? "phone-" : "";
    Path report = Files.writeString(folder.resolve("report.txt"), "what the customer saw");
    Path picture = Pictures.chart(folder.resolve("chart.png"));

    DeskPage desk = DeskPage.setUp(open(agentShape), relay().setUpLink(), "Ada Lovelace", PASSWORD);
    desk.window().awaitText("#list-rest", "Nobody is waiting");
    ChatPage chat = customer(customerShape);
    picture(chat.window(), prefix + "chat-welcome");
    chat.introduce("Mara Lindqvist");

    chat.say("I cannot log in to my account any more");
    chat.window().awaitVisible("#messages .article");
    chat.awaitStatus("The virtual agent is answering");
    chat.awaitDelivered();
    picture(chat.window(), prefix + "chat-answer");

    chat.talkToAPerson();
    chat.awaitStatus("Waiting for a person");
    chat.window().awaitText("#banner", "You are next");
    chat.window().awaitText("#banner", "Case #");
    String caseNumber = caseNumber(chat.window());
    chat.awaitMessage("system", caseNumber);
    picture(chat.window(), prefix + "chat-waiting");

    anotherCustomerWaits("jorge_92", "How do I move my account to another e-mail address?");
    anotherCustomerWaits("Tess Okafor", "My guild's banner disappeared after the update");
    desk.window().await("the title counts", () -> desk.window().title().startsWith("(3)"));
    desk.window().awaitText("#conversations", "Mara Lindqvist");
    picture(desk.window(), prefix + "desk-waiting");
    desk.openFirst();
    desk.awaitMessage("customer", "I cannot log in to my account any more");
    desk.accept();
    chat.awaitStatus("You are talking with Ada Lovelace");
    chat.awaitMessage("system", "Ada Lovelace");

    desk.say("Hello Mara, I am looking into it. What do you see after you log in?");
    chat.awaitMessage("agent", "Hello Mara, I am looking into it.");
    chat.send(report, "It looks like this.");
    desk.awaitMessage("customer", "It looks like this.");
    desk.awaitMessage("customer", "report.txt");
    desk.window().click("#messages .file");
    desk.window().awaitDownload("report.txt", Files.readAllBytes(report));
    desk.send(picture, "Thank you. Your account is open again, as the chart shows.");
    chat.awaitMessage("agent", "chart.png");
    chat.window().awaitText("#announcer", "as the chart shows. chart.png");
    chat.window().awaitVisible("#messages .file-picture");
    chat.window().click("#messages [data-author=agent] .file");
    chat.window().awaitDownload("chart.png", Files.readAllBytes(picture));
    chat.say("Wonderful, I am in again. Thank you!");
    desk.awaitMessage("customer", "Wonderful, I am in again.");
    chat.awaitDelivered();
    desk.window().awaitHidden(".toast");
    picture(chat.window(), prefix + "chat-live");
    picture(desk.window(), prefix + "desk-live");

    desk.endSolved();
    chat.awaitStatus("This conversation has ended");
    chat.awaitMessage("system", caseNumber);
    picture(chat.window(), prefix + "chat-ended");
    chat.window().click("#menu-button");
    chat.window().click("#show-cases");
    chat.window().awaitText("#case-list", "Solved");
    chat.window().awaitText("#case-list", caseNumber);
    picture(chat.window(), prefix + "chat-cases");
  }

  private static String caseNumber(BrowserWindow window) {
    return window.text("#banner").replaceAll("(?s).*(#\\d+).*", "$1");
  }
}
