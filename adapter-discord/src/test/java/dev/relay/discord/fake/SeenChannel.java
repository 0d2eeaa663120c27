package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A channel of a guild or a thread as it is now.
 *
 * @param id its id
 * @param type Discord's number of its kind: 0 text, 4 category, 5 announcement, 11 public thread, 12 private thread
 * @param name its name
 * @param parentId the category, or a thread's channel; 0 for none
 * @param topic its topic; empty for none
 * @param overwrites the permissions that differ from those of the guild
 * @param members the user ids of the thread's members; empty for channels
 * @param archived whether the thread is archived
 * @param archiveMinutes the minutes without a message after which a thread is archived; 0 for channels
 * @param locked whether only moderators may write into the thread
 * @param messages its messages, oldest first
 */
public record SeenChannel(
    long id,
    int type,
    String name,
    long parentId,
    String topic,
    List<Overwrite> overwrites,
    Set<Long> members,
    boolean archived,
    int archiveMinutes,
    boolean locked,
    List<SeenMessage> messages) {

  /** The permissions that a role (type 0) or a member (type 1) has or lacks in a channel, in Discord's bits. */
  public record Overwrite(long id, int type, long allow, long deny) {}

  static SeenChannel of(FakeChannel channel, Messages messages) {
    List<Overwrite> overwrites = new ArrayList<>();
    for (JsonNode overwrite : channel.settings.path("permission_overwrites")) {
      overwrites.add(new Overwrite(
          Json.id(overwrite.path("id")),
          overwrite.path("type").asInt(),
          overwrite.path("allow").asLong(),
          overwrite.path("deny").asLong()));
    }
    return new SeenChannel(
        channel.id,
        channel.type,
        channel.name(),
        channel.parentId(),
        channel.settings.path("topic").asText(""),
        List.copyOf(overwrites),
        Set.copyOf(channel.members.keySet()),
        channel.isThread() && Threads.isArchived(channel),
        channel.settings.path("thread_metadata").path("auto_archive_duration").asInt(0),
        channel.isThread() && Threads.isLocked(channel),
        channel.written().stream().map(messages::shown).map(SeenMessage::of).toList());
  }

  @Override
  public String toString() {
    return "#" + name;
  }
}
