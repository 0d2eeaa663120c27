package dev.relay.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfile.Attribute;
import dev.relay.core.workspace.Workspace.SiteProfiles;
import dev.relay.jdbc.file.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code site_profile}. */
final class JdbcSiteProfiles implements SiteProfiles {
  private static final String SAVE =
      "insert into site_profile (address, at, data) values (?, ?, ?) on conflict (address)"
          + " do update set at = excluded.at, data = excluded.data";
  private static final String FIND =
      "select address, at, data from site_profile where address = ? limit ?";

  private static final String REMOVE_OLD = "delete from site_profile where address in"
      + " (select address from site_profile where at < ? order by at limit 1000)";

  private final Writer writer;
  private final Readers readers;
  private final ReadableRows readable;

  JdbcSiteProfiles(Writer writer, Readers readers, ReadableRows readable) {
    this.writer = writer;
    this.readers = readers;
    this.readable = readable;
  }

  @Override
  public void save(SiteProfile profile) {
    String data = Json.object(json -> {
      json.writeStringField("subject", profile.subject());
      Json.optionalText(json, "email", profile.email());
      json.writeArrayFieldStart("attributes");
      for (Attribute attribute : profile.attributes()) {
        json.writeStartObject();
        json.writeStringField("name", attribute.name());
        json.writeStringField("type", attribute.type().name());
        json.writeStringField("value", attribute.value());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
    writer.write(session -> session.update(SAVE, profile.address(), profile.at(), data));
  }

  @Override
  public Optional<SiteProfile> find(String address) {
    return readers.read(session -> readable.first(session, FIND, JdbcSiteProfiles::read, address));
  }

  @Override
  public int removeStatedBefore(Instant moment) {
    return writer.write(session -> session.update(REMOVE_OLD, moment));
  }

  private static SiteProfile read(ResultSet row) throws SQLException {
    try {
      JsonNode data = Json.read(row.getString(3));
      List<Attribute> attributes = new ArrayList<>();
      for (JsonNode each : data.path("attributes")) {
        attributes.add(new Attribute(
            Json.text(each, "name"),
            Json.name(each, "type", Attribute.Type.class),
            Json.text(each, "value")));
      }
      return new SiteProfile(
          row.getString(1),
          Json.text(data, "subject"),
          Json.optionalText(data, "email"),
          attributes,
          Columns.time(row, 2));
    } catch (RuntimeException e) {
      throw Columns.unreadable("a site's profile of", row.getLong(2), e);
    }
  }
}
