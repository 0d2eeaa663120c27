/** Tests of the knowledge base on Lucene. */
@NullMarked
package dev.relay.lucene;

import org.jspecify.annotations.NullMarked;
