/** Laws of the architecture, checked on the class files of all modules. */
@NullMarked
package dev.relay.app.architecture;

import org.jspecify.annotations.NullMarked;
