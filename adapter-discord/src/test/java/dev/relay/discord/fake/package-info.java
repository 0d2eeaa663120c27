/**
 * A Discord to test against: gateway and REST on loopback, as far as Relay uses them. Start at
 * {@link dev.relay.discord.fake.FakeDiscord}:
 *
 * <pre>{@code
 * try (FakeDiscord discord = FakeDiscord.start()) {
 *   JDA jda = JdaConnection.connect(discord, listener);
 *   Customer ada = discord.customer("ada");
 *   ada.writes("I am stuck");
 *   Eventually.holds("an answer", () -> ada.textsFromBot().equals(List.of("Have you tried …")));
 *   discord.assertNothingOdd();
 * }
 * }</pre>
 *
 * <p>Written from Discord's documentation, its OpenAPI description and JDA's source; not checked against the real service. Not
 * included: voice, forums, polls, selects' options, automatic moderation, shards, pages of more than one answer other than
 * messages, and a private thread's invitations by mention.
 */
@NullMarked
package dev.relay.discord.fake;

import org.jspecify.annotations.NullMarked;
