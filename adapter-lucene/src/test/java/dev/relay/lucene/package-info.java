/**
 * The knowledge base on Lucene: Markdown articles in a folder, and their search. Start with {@link
 * dev.relay.lucene.LuceneKnowledgeBase}. Only this package is for users of the module.
 */
@NullMarked
package dev.relay.lucene;

import org.jspecify.annotations.NullMarked;
