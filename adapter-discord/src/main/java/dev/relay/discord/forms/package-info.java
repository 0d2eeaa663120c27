/** The forms behind {@code /bug} and {@code /new_feature}: shown, checked, filed. Not an API. */
@NullMarked
package dev.relay.discord.forms;

import org.jspecify.annotations.NullMarked;
