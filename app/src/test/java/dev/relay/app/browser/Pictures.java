package dev.relay.app.browser;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures to send. */
final class Pictures {

  private Pictures() {}

  /** A small chart, as a PNG file. */
  static Path chart(Path file) throws IOException {
    BufferedImage image = new BufferedImage(480, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0xF4F5F8));
    pen.fillRect(0, 0, 480, 240);
    int[] heights = {60, 110, 80, 150, 190, 130, 170};
    for (int i = 0; i < heights.length; i++) {
      pen.setColor(i == 4 ? new Color(0x4149BF) : new Color(0xAAB1FF));
      pen.fillRect(40 + i * 60, 215 - heights[i], 36, heights[i]);
    }
    pen.dispose();
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
