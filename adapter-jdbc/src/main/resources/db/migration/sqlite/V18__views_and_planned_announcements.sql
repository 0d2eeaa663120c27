-- Saved views of the desk's list. A view of the team has an empty owner.
-- autoincrement: an id is never given again, so that an open menu cannot remove another view than it shows.
create table saved_view (
  id integer primary key autoincrement,
  owner text not null,
  name text not null,
  data text not null
);
create unique index saved_view_name on saved_view (owner, name);

-- Announcements that are published later, or were to be. publish_at is set only while an announcement waits for its time.
create table planned_announcement (
  id integer primary key autoincrement,
  publish_at bigint,
  data text not null
);
create index planned_announcement_due on planned_announcement (publish_at) where publish_at is not null;
