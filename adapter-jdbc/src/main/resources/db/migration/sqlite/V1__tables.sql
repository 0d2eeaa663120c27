-- Time is milliseconds since 1970, flags are 0 or 1, JSON is text. Columns hold what is asked for; the rest stands in "data".
-- "integer primary key" is SQLite's row id: another type would make a second b-tree.

create table counter (
  name text not null primary key,
  value bigint not null
) without rowid;
insert into counter (name, value) values ('conversation', 0), ('customer', 0), ('case', 1000), ('note', 0), ('probe', 0);

create table customer (
  id integer primary key,
  channel text not null,
  external_id text not null,
  data text not null
);
create unique index customer_person on customer (channel, external_id);

create table conversation (
  id integer primary key,
  channel text not null,
  address_key text not null,
  customer_id bigint not null,
  state text not null,
  queue text,
  waiting_since bigint,
  agent_id text,
  opened_at bigint not null,
  wake_at bigint,
  version bigint not null,
  data text not null
);
create unique index conversation_active on conversation (channel, address_key) where state <> 'CLOSED';
create index conversation_address on conversation (channel, address_key);
create index conversation_customer on conversation (customer_id);
create index conversation_state on conversation (state);
create index conversation_queue on conversation (queue, waiting_since) where queue is not null;
create index conversation_agent on conversation (agent_id) where agent_id is not null;
create index conversation_wake on conversation (wake_at) where wake_at is not null;

-- How far a channel has read at an address.
create table channel_position (
  channel text not null,
  address_key text not null,
  position text not null,
  primary key (channel, address_key)
) without rowid;

-- The transcript, which is also what the lanes deliver. Append-only, so it stays in the order of arrival.
create table message (
  id integer primary key,
  conv_id bigint not null,
  destination smallint not null,
  seq bigint not null,
  at bigint not null,
  kind text not null,
  body text not null,
  source_id text,
  external_id text
);
create index message_conversation on message (conv_id);
create unique index message_lane on message (conv_id, destination, seq) where destination <> 0;
create index message_source on message (conv_id, source_id) where source_id is not null;

-- One row per conversation and destination: the hot table. The lease is ready_at; who does not hold the epoch is fenced.
create table lane (
  conv_id bigint not null,
  destination smallint not null,
  port text not null,
  last_seq bigint not null,
  done_seq bigint not null,
  ready_at bigint,
  head_at bigint,
  epoch bigint not null,
  owner text,
  in_doubt smallint not null,
  attempts integer not null,
  last_error text,
  parked_at bigint,
  primary key (conv_id, destination)
) without rowid;
create index lane_ready on lane (port, ready_at, conv_id, destination) where ready_at is not null;
create index lane_parked on lane (conv_id, destination) where parked_at is not null;

create table delivery_failure (
  conv_id bigint not null,
  destination smallint not null,
  seq bigint not null,
  number integer not null,
  at bigint not null,
  outcome text not null,
  reason text not null,
  primary key (conv_id, destination, seq, number)
) without rowid;

-- The events that were applied, for deduplication.
create table seen (
  source text not null,
  key text not null,
  at bigint not null,
  conv_id bigint not null,
  entry_id bigint,
  case_number bigint,
  primary key (source, key)
) without rowid;
create index seen_at on seen (at);

create table support_case (
  number integer primary key,
  customer_id bigint not null,
  kind text not null,
  status text not null,
  assignee_id text,
  updated_at bigint not null,
  wake_at bigint,
  version bigint not null,
  searchable text not null,
  data text not null
);
create index support_case_customer on support_case (customer_id, updated_at);
create index support_case_status on support_case (status, number);
create index support_case_wake on support_case (wake_at) where wake_at is not null;

create table case_note (
  id integer primary key,
  number bigint not null,
  at bigint not null,
  author_role text not null,
  author_id text not null,
  author_name text not null,
  text text not null
);
create index case_note_number on case_note (number);

create table case_history (
  id integer primary key,
  number bigint not null,
  at bigint not null,
  actor_role text not null,
  actor_id text not null,
  actor_name text not null,
  field text not null,
  value_before text not null,
  value_after text not null
);
create index case_history_number on case_history (number);

create table attachment (
  id text not null primary key,
  owner text not null,
  file_name text not null,
  media_type text not null,
  size bigint not null,
  kept_at bigint not null,
  complete smallint not null
) without rowid;
create index attachment_incomplete on attachment (kept_at) where complete = 0;
create table attachment_chunk (
  attachment_id text not null,
  number integer not null,
  content blob not null
);
create unique index attachment_chunk_place on attachment_chunk (attachment_id, number);

create table agent_account (
  username text not null primary key,
  display_name text not null,
  password_hash text,
  created_at bigint not null,
  disabled smallint not null
) without rowid;

create table access_token (
  hash text not null primary key,
  kind text not null,
  subject text not null,
  attributes text not null,
  created_at bigint not null,
  last_used_at bigint not null,
  expires_at bigint not null
) without rowid;
create index access_token_subject on access_token (kind, subject);
create index access_token_expiry on access_token (expires_at);
