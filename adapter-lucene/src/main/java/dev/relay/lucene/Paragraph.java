package dev.relay.lucene;

/**
 * A paragraph, list item, table row or heading of an article as plain text.
 *
 * @param text one line without markup, never blank
 * @param heading whether it is a heading, which is a poor answer on its own
 */
record Paragraph(String text, boolean heading) {}
