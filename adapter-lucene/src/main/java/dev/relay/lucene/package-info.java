/**
 * The knowledge base on Lucene: Markdown articles in a folder, and their search. The way in is {@link
 * dev.relay.lucene.LuceneKnowledgeBase}.
 */
@NullMarked
package dev.relay.lucene;

import org.jspecify.annotations.NullMarked;
