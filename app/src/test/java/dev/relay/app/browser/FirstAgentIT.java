package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The first agent, who uses the one-time link, sees the user name for later log-ins. */
class FirstAgentIT extends BrowserTest {

  @Test
  void sees_the_user_name_while_setting_the_password_and_in_the_settings() throws IOException {
    BrowserWindow window = open(WindowShape.AGENT);
    String link = relay().setUpLink();
    window.go(link);
    window.awaitVisible("#setup-form");
    assertThat(window.script("return document.querySelector('#username').value;"))
        .isEqualTo("admin");
    assertThat(window.script("return window.location.href;"))
        .as("the secret is taken out of the address")
        .doesNotContain("#");

    window.paste("#display-name", "Ada Lovelace");
    window.paste("#password", PASSWORD);
    window.paste("#repeat", PASSWORD);
    window.click("#setup-submit");
    window.awaitVisible("#desk");

    // Until the page knows that there is no channel, it offers the form.
    window.holdAnswers("/planned-announcements$");
    window.script("window.location.hash = '#/settings'; return '';");
    window.awaitText("#settings-who", "Signed in as Ada Lovelace, user name admin");

    window.expect(" 409 ");
    window.paste("#announce-headline", "The lanterns are back");
    window.click("#announce-form [type=submit]");
    window.click("#question-yes");
    window.awaitText("#announce-error", "no channel for announcements is configured");
    assertThat(window.script("return document.querySelector('#announce-headline').value;"))
        .as("what was refused is kept")
        .isEqualTo("The lanterns are back");

    window.releaseAnswers();
    window.awaitText("#announce-impossible", "There is no channel for announcements yet.");
    window.awaitHidden("#announce-form");

    BrowserWindow later = openPrivately(WindowShape.AGENT);
    later.expect(" 401 ");
    later.go(link);
    later.awaitVisible("#setup-form");
    later.paste("#password", PASSWORD);
    later.paste("#repeat", PASSWORD);
    later.click("#setup-submit");
    later.awaitText("#setup-elsewhere", "Do you have a password? Sign in to the desk");
    later.click("#to-desk");
    later.awaitVisible("#login-form");
  }
}
