/** Measures the search on public sets of questions; runs only if these are present. */
@NullMarked
package dev.relay.lucene.retrieval;

import org.jspecify.annotations.NullMarked;
