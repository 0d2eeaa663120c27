/** Measures how well a knowledge base answers a list of questions whose right articles are known. */
@NullMarked
package dev.relay.lucene.evaluation;

import org.jspecify.annotations.NullMarked;
