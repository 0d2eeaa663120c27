package dev.relay.core.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.relay.core.workspace.Workspace.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PictureTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void a_picture_is_recognized_by_its_content(String format) throws IOException {
    Picture picture = Picture.of(drawn(format, 256, 1_024));

    assertThat(picture.mediaType()).isEqualTo("image/" + format);
    assertThat(picture.content()).isEqualTo(drawn(format, 256, 1_024));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void a_picture_with_too_many_pixels_is_refused_however_few_bytes_it_has(String format)
      throws IOException {
    byte[] wide = drawn(format, 1_025, 2);
    byte[] high = drawn(format, 2, 1_025);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Picture.of(wide))
        .withMessage("has 1025 × 2 pixels; expected at most 1024 × 1024");
    assertThatIllegalArgumentException().isThrownBy(() -> Picture.of(high));
  }

  @Test
  void a_size_that_overflows_is_refused() throws IOException {
    byte[] png = drawn("png", 2, 2);
    Arrays.fill(png, 16, 20, (byte) 0xff);

    assertThatIllegalArgumentException().isThrownBy(() -> Picture.of(png));
  }

  @Test
  void a_file_with_too_many_bytes_is_refused() throws IOException {
    byte[] most = Arrays.copyOf(drawn("png", 2, 2), Picture.MAX_BYTES);
    byte[] more = Arrays.copyOf(most, Picture.MAX_BYTES + 1);

    assertThatCode(() -> Picture.of(most)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Picture.of(more))
        .withMessage("has 65537 bytes; expected at most 65536");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GIF89a\u0001\u0000\u0001\u0000",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<!doctype html><script>alert(1)</script>",
        "\u0089PNG\r\n\u001a\n",
        "\u00ff\u00d8\u00ff"
      })
  void anything_else_is_refused(String content) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Picture.of(content.getBytes(StandardCharsets.ISO_8859_1)))
        .withMessage("is neither a PNG nor a JPEG picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void a_file_that_ends_early_or_is_damaged_never_fails_otherwise(String format)
      throws IOException {
    byte[] whole = drawn(format, 16, 16);
    for (int length = 0; length < whole.length; length++) {
      check(Arrays.copyOf(whole, length));
      byte[] damaged = whole.clone();
      damaged[length] = (byte) ~damaged[length];
      check(damaged);
    }
  }

  private static void check(byte[] content) {
    try {
      assertThat(Picture.of(content).content()).isEqualTo(content);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void the_id_is_that_of_the_content_which_nobody_can_change() throws IOException {
    byte[] content = drawn("png", 4, 4);
    Picture picture = Picture.of(content);
    String id = picture.id();

    assertThat(id)
        .matches("[0-9a-f]{32}")
        .isEqualTo(Picture.of(drawn("png", 4, 4)).id());
    assertThat(id).isNotEqualTo(Picture.of(drawn("png", 5, 4)).id());
    content[30]++;
    picture.content()[30]++;
    assertThat(picture.id()).isEqualTo(id);
  }

  private static byte[] drawn(String format, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }
}
