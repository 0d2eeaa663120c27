/** The bounded model of the lane protocol: every order of steps of a few instances, one lane and a few messages. */
@NullMarked
package dev.relay.testkit.model;

import org.jspecify.annotations.NullMarked;
