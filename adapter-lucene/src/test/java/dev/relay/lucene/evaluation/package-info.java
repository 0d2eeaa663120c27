/** Tests of the measuring of knowledge bases. */
@NullMarked
package dev.relay.lucene.evaluation;

import org.jspecify.annotations.NullMarked;
