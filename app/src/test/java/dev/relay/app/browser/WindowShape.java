package dev.relay.app.browser;

/**
 * The window and preferences of a reader.
 *
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 * @param phone true for a phone: touch, two device pixels per CSS pixel
 * @param dark true if the reader prefers dark pages
 * @param language a language tag such as {@code en-US}
 */
record WindowShape(int width, int height, boolean phone, boolean dark, String language) {
  static final WindowShape CUSTOMER = new WindowShape(1024, 768, false, false, "en-US");
  static final WindowShape AGENT = new WindowShape(1440, 900, false, false, "en-US");
  static final WindowShape PHONE = new WindowShape(390, 844, true, false, "en-US");

  WindowShape inTheDark() {
    return new WindowShape(width, height, phone, true, language);
  }

  WindowShape speaking(String newLanguage) {
    return new WindowShape(width, height, phone, dark, newLanguage);
  }

  WindowShape wide(int newWidth) {
    return new WindowShape(newWidth, height, phone, dark, language);
  }
}
