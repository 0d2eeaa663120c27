-- What the desk keeps for its agents. Conversations and cases do not depend on it.
-- autoincrement: an id is never given again, so that an open menu cannot apply another macro than it shows.
create table saved_reply (
  id integer primary key autoincrement,
  owner text not null,
  shortcut text not null,
  version bigint not null,
  data text not null
);
create unique index saved_reply_shortcut on saved_reply (owner, shortcut);

create table draft (
  agent text not null,
  subject text not null,
  at bigint not null,
  data text not null,
  primary key (agent, subject)
) without rowid;
create index draft_at on draft (at);

create table read_mark (
  agent text not null,
  conv_id bigint not null,
  entry_id bigint not null,
  primary key (agent, conv_id)
) without rowid;

create table agent_settings (
  agent text not null primary key,
  data text not null
) without rowid;
