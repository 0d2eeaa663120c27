/** The brand's knowledge base: articles and their search. */
@NullMarked
package dev.relay.core.knowledge;

import org.jspecify.annotations.NullMarked;
