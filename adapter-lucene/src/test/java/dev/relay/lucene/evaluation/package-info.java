/** Tests of the evaluation of knowledge bases. */
@NullMarked
package dev.relay.lucene.evaluation;

import org.jspecify.annotations.NullMarked;
