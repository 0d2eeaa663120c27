package dev.relay.discord.rest;

import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * A message to send to Discord. It never mentions (pings) anybody.
 *
 * @param nonce up to 25 characters; Discord shows messages of the same nonce once within some minutes
 * @param text up to 2,000 characters of Discord's Markdown; may be empty if there are files or an embed
 * @param rows rows of buttons in Discord's JSON format
 * @param embed a card in Discord's JSON format
 * @param files up to 10, up to 25 MiB together
 */
public record OutgoingMessage(
    String nonce,
    String text,
    DataArray rows,
    Optional<DataObject> embed,
    List<OutgoingFile> files) {

  /** Copies the files, so that the message cannot change. */
  public OutgoingMessage {
    files = List.copyOf(files);
  }

  DataObject toJson() {
    DataObject json = edit(text).put("nonce", nonce).put("enforce_nonce", true);
    if (!rows.isEmpty()) {
      json.put("components", rows);
    }
    embed.ifPresent(card -> json.put("embeds", DataArray.empty().add(card)));
    if (!files.isEmpty()) {
      DataArray names = DataArray.empty();
      for (int i = 0; i < files.size(); i++) {
        names.add(DataObject.empty().put("id", i).put("filename", files.get(i).name()));
      }
      json.put("attachments", names);
    }
    return json;
  }

  static DataObject edit(String text) {
    return DataObject.empty()
        .put("content", text)
        .put("allowed_mentions", DataObject.empty().put("parse", DataArray.empty()));
  }
}
